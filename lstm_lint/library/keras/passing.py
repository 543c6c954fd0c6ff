"""What is passed when a layer is called: is it a tensor, and does `call` take so many arguments, and these names?"""

from collections.abc import Sequence

from lstm_lint.library.keras.checking import is_layer, kind_of
from lstm_lint.library.keras.making import argument
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import LAYERS, LEAST_RANKS, RANKS
from lstm_lint.library.versions import Parameter
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.value import NONE, Symbol, Tensor, Thing, Tuple, UserClass, Value

ANYTHING = ("Lambda", "StringLookup", "IntegerLookup", "TextVectorization", "Hashing", "HashedCrossing", "InputLayer")
TAKES_ANYTHING = frozenset(
    f"keras.layers.{name}" for name in (*ANYTHING, "CategoryEncoding", "RandomFlip", "RandomCrop")
)
"""Layers that make tensors of what they are given."""

ALONE = frozenset(
    f"keras.layers.{name}"
    for name in [
        "Dense",
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "BatchNormalization",
        "LayerNormalization",
        "Embedding",
        "Flatten",
        "Reshape",
        "TimeDistributed",
        "Masking",
    ]
)
"""Layers that no list will do for, not even of one tensor."""

LISTS = frozenset(
    f"keras.layers.{name}"
    for name in [
        "Concatenate",
        "Add",
        "Subtract",
        "Multiply",
        "Average",
        "Maximum",
        "Minimum",
        "Dot",
        "Attention",
        "AdditiveAttention",
    ]
)
"""Layers of several tensors; Keras 2 looks at these before it looks at the names."""

RECURRENT = "keras.layers.RNN"


def check_passed(registry: Registry, layer: Thing, call: Call) -> None:
    """Raises Clash for what a layer of Keras' own surely does not take."""
    if call.open:
        return
    if registry.target == "keras3" and layer.type not in TAKES_ANYTHING:
        _positional_tensors(registry, layer, call)
    if layer.type == "instance" or registry.knowledge.kind(layer.type) != "layer":
        return
    _names_and_number(registry, layer, call)
    first = call.find("inputs", 0)
    if first is not None:
        _first(registry, layer, first)


def _positional_tensors(registry: Registry, layer: Thing, call: Call) -> None:
    """Keras 3 wants tensors and nothing else without a name."""
    for given in call.positional():
        for value in _flat(given.value):
            if _no_tensor(registry, value):
                facts = {"layer": layer, "value": value, "place": given.place}
                raise Clash("input-not-a-tensor", ("ValueError",), ("Only input tensors may be passed as",), facts)


def _flat(value: Value) -> list[Value]:
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    if isinstance(items, tuple) and (isinstance(value, Tuple) or value.type == "list"):  # type: ignore[union-attr]
        return [each for item in items for each in _flat(item)]
    return [value]


def _no_tensor(registry: Registry, value: Value) -> bool:
    if value == NONE or isinstance(value, Tensor):
        return False
    if isinstance(value, Thing):
        return bool(is_layer(registry, value)) and value.type != "instance"
    return kind_of(value) in ("int", "float", "bool", "str", "callable")


def _names_and_number(registry: Registry, layer: Thing, call: Call) -> None:
    """Arguments bound against the signature of `call`."""
    takes = registry.knowledge.call(layer.type)
    if takes is None or any(p.kind == "args" for p in takes):
        return
    if registry.target == "keras2":
        takes = _as_keras2(registry, layer, takes)
    places = [p for p in takes if p.kind in ("pos", "posonly")]
    given, named = call.positional(), [a.name for a in call.arguments if a.name]
    if len(given) > len(places):
        if registry.target == "keras3":
            raise _refused("too-many-arguments", layer, "too many positional arguments")
        raise Clash("too-many-arguments", ("TypeError", "ValueError"), (), {"layer": layer, "callee": layer.type})
    if registry.target == "keras3" and given[1:] and _trains_twice(places, given):
        raise _refused("too-many-arguments", layer, "multiple values for argument 'training'", name="training")
    bound = {p.name for p in places[: len(given)]} | set(named)
    if not any(p.kind == "kwargs" for p in takes):
        known = {p.name for p in takes} | {"training"}
        for name in named:
            if name not in known:
                raise _unexpected(layer, name, takes, bound)
    for parameter in takes:
        if parameter.required and parameter.name not in bound:
            raise _missing(registry, layer, parameter, first=parameter is takes[0])


def _trains_twice(places: list[Parameter], given: Sequence[Argument]) -> bool:
    """Keras 3 gives `training` by its name, whatever is passed in its place."""
    index = next((i for i, p in enumerate(places) if p.name == "training"), len(given))
    return index < len(given) and isinstance(given[index].value, (Tensor, Tuple, Thing))


def _unexpected(layer: Thing, name: str, takes: tuple[Parameter, ...], bound: set[str]) -> Clash:
    """Where something is missing too, the real call may say either."""
    missing = any(p.required and p.name not in bound for p in takes)
    if layer.type in LISTS:
        return Clash("argument-unexpected", ("TypeError", "ValueError"), (), {"layer": layer, "name": name}, at=name)
    words = () if missing else ("got an unexpected keyword argument", name)
    return _refused("argument-unexpected", layer, words, name=name)


def _as_keras2(registry: Registry, layer: Thing, takes: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    """Its recurrent layers are called with (inputs, initial_state, constants, ...)."""
    kinds = list(registry.types(layer))
    if RECURRENT not in kinds and "keras.layers.Bidirectional" not in kinds:
        return takes
    own = [Parameter(name, "pos", name == "inputs") for name in ("inputs", "initial_state", "constants")]
    rest = [Parameter(p.name, "kw", False) for p in takes if p.name not in ("inputs", "initial_state", "constants")]
    return (*own, *rest)


def _missing(registry: Registry, layer: Thing, parameter: Parameter, first: bool) -> Clash:
    if registry.target == "keras3":
        return _refused("missing-argument", layer, ("missing a required argument", parameter.name), name=parameter.name)
    if first and RECURRENT not in registry.types(layer) and layer.type != "keras.layers.Bidirectional":
        words = "The first argument to `Layer.call` must always be passed"
        return _refused("missing-argument", layer, words, "ValueError", name=parameter.name)
    return _refused("missing-argument", layer, ("missing", parameter.name), name=parameter.name)


def _refused(kind: str, layer: Thing, words: str | Sequence[str], raises: str = "TypeError", name: str = "") -> Clash:
    facts = {"layer": layer, "name": name, "callee": layer.type}
    return Clash(kind, (raises,), (words,) if isinstance(words, str) else tuple(words), facts, at=name)


MANY = ("ValueError", "TypeError", "AttributeError", "InvalidArgumentError")


def _first(registry: Registry, layer: Thing, first: Argument) -> None:
    """A layer or a class where a tensor is wanted; a list for a layer that takes one tensor."""
    value = first.value
    if registry.target == "keras2" and layer.type not in TAKES_ANYTHING and _surely_no_input(registry, value):
        asks = any(
            (kind, registry.target) in LAYERS and (kind in RANKS or kind in LEAST_RANKS)
            for kind in registry.types(layer)
        )
        raises, words = (("TypeError",), ("Inputs to a layer should be tensors",)) if asks else (MANY, ())
        raise Clash("input-not-a-tensor", raises, words, {"layer": layer, "value": value})
    numbers = isinstance(value, (Tuple, Thing)) and all(kind_of(each) in ("int", "float") for each in _flat(value))
    if registry.target == "keras2" and numbers and RECURRENT in registry.types(layer):
        raise Clash("input-not-a-tensor", MANY, (), {"layer": layer, "value": value})
    alone = (
        layer.type in ALONE
        and not _hands_on(registry, layer)
        or registry.target == "keras3"
        and RECURRENT in registry.types(layer)
    )
    flat = _flat(value)
    if alone and len(flat) == 1 and flat[0] is not value and isinstance(flat[0], Tensor):
        raise Clash("input-in-a-list", MANY, (), {"layer": layer, "value": value})


def _hands_on(registry: Registry, layer: Thing) -> bool:
    """Keras 2's TimeDistributed gives a list to the layer inside, which may take one."""
    held = argument(layer, "layer") if layer.type == "keras.layers.TimeDistributed" else None
    return registry.target == "keras2" and isinstance(held, Thing) and held.type not in ALONE


def _surely_no_input(registry: Registry, value: Value) -> bool:
    if isinstance(value, (Symbol, UserClass)):
        return True
    return isinstance(value, Thing) and bool(is_layer(registry, value))
