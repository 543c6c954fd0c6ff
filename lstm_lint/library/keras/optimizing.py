"""Optimizers: the one that a model was compiled with, and what those of old had besides."""

from typing import Any

from lstm_lint.library.keras.compiling import COMPILED
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import attribute
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Thing, Value

HOME = "keras.optimizers."
OLD = ("get_weights", "weights", "get_updates", "get_gradients", "decay")
OLDER = ("lr", "minimize", "compute_gradients", "aggregate_gradients")


@attribute("keras.Model.optimizer")
def optimizer(registry: Registry, model: Thing, engine: Any) -> Value:
    held = model.get(COMPILED)
    given = held.get("optimizer") if isinstance(held, dict) else None
    if isinstance(given, Thing) and given.type.startswith(HOME):
        return given
    name = given.value.lower() if isinstance(given, Const) and isinstance(given.value, str) else ""
    found = (path for path in registry.knowledge.data["callables"] if path.lower() == HOME + name)
    return next((Thing(path) for path in found), Unknown("an optimizer"))


def _gone(name: str) -> Any:
    def read(registry: Registry, owner: Thing, engine: Any) -> Value:
        if not owner.type.startswith(HOME) or owner.type.startswith(f"{HOME}legacy."):
            return Unknown(f"{name} of an optimizer")
        takes = registry.knowledge.parameters(owner.type) or ()
        facts = {"owner": owner, "name": name, "type": owner.type, "known": {"learning_rate", *(p.name for p in takes)}}
        raise Clash("attribute", ("AttributeError",), ("has no attribute", name), facts)

    return read


for _name in OLD:
    attribute(f"keras.Optimizer.{_name}", f"{HOME}Optimizer.{_name}")(_gone(_name))
for _name in OLDER:
    attribute(f"keras.Optimizer.{_name}", since="keras3")(_gone(_name))
