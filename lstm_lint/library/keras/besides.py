"""Weights that a layer keeps beside its own: Keras 2 those of layers for activations, Keras 3 the thin ones of LoRA."""

from lstm_lint.library.keras.checking import is_layer
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.weights import Weight, weights_of
from lstm_lint.library.registry import Registry
from lstm_lint.values.value import Thing, number, truth

FUNCTIONS = ("activation", "recurrent_activation")


def with_functions(registry: Registry, held: Thing, own: list[Weight]) -> list[Weight] | None:
    several = {id(each): each for name in FUNCTIONS if isinstance(each := argument(held, name), Thing)}
    parts = [weights_of(registry, each) for each in several.values() if is_layer(registry, each) is not False]
    return None if None in parts else [*own, *(weight for part in parts for weight in part or ())]


def with_thin(held: Thing, own: list[Weight]) -> list[Weight] | None:
    """A kernel is kept as it is, and what is learnt is a product; what counts as False asks for none."""
    asked, (kernel, *rest) = truth(argument(held, "lora_rank")), own
    if not asked:
        return None if asked is None else own
    rank = number(argument(held, "lora_rank"))
    thin = (Weight("lora_kernel_a", (*kernel.shape[:-1], rank)), Weight("lora_kernel_b", (rank, kernel.shape[-1])))
    return [Weight(kernel.name, kernel.shape, False), *rest, *thin]
