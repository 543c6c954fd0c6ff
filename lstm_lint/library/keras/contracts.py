"""What Keras asks of the classes that a user derives from its own: that they begin as it does, and have a `call`."""

from typing import Any

from lstm_lint.library.keras.keys import EAGERLY, FITTING
from lstm_lint.library.registry import Registry
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.value import ANY_NAME, BEGUN, MADE_IN_CALL, Function, Symbol, Thing, UserClass, Value

LAYER, MODEL = "keras.layers.Layer", "keras.Model"
NO_SUPER = {"keras2": "super().__init__()", "keras3": "you forgot to call `super().__init__()`"}
BOTH = (
    "layers weights losses metrics variables trainable_weights non_trainable_weights trainable_variables "
    "non_trainable_variables dtype input output distribute_strategy"
)
READ_ONLY = {
    "keras2": frozenset(f"{BOTH} input_shape output_shape updates name".split()),
    "keras3": frozenset(f"{BOTH} path".split()),
}
"""Attributes that no instance can set."""

OF_MODELS = frozenset(["layers", "distribute_strategy"])


def base_of(thing: Thing) -> str | None:
    """Keras' plain Layer or Model, if the class is derived from that and from the user's own classes alone."""
    lineage = [each for each in thing.fields["__class__"].lineage() if not isinstance(each, UserClass)]
    paths = {each.path for each in lineage if isinstance(each, Symbol)} - {"builtins.object"}
    known = all(isinstance(each, Symbol) for each in lineage)
    return paths.pop() if known and len(paths) == 1 and paths <= {LAYER, MODEL} else None


def check_class(registry: Registry, thing: Thing, engine: Engine) -> None:
    """Raises Clash for an instance that Keras surely refuses to call."""
    base = base_of(thing)
    if base is None:
        return
    facts = {"cls": thing.fields["__class__"].name, "base": base.rpartition(".")[2], "layer": thing}
    early = registry.target == "keras2" and base == MODEL  # it stopped before
    if not thing.get(BEGUN) and not early and _own_init(thing) and _ran(thing):
        raise Clash("no-super-init", ("RuntimeError",), (NO_SUPER[registry.target],), facts)


def check_set(registry: Registry, thing: Thing, name: str, value: Value, engine: Any) -> None:
    """Raises Clash for an attribute that no instance can set; Keras 2 wants a model to begin before it holds layers."""
    base = base_of(thing)
    if base is None or _own(thing, "__setattr__"):
        return
    facts = {"cls": thing.fields["__class__"].name, "base": base.rpartition(".")[2], "name": name}
    if name in READ_ONLY[registry.target] and not (base == LAYER and name in OF_MODELS):
        raise Clash("read-only-attribute", ("AttributeError",), (name,), facts)
    early = registry.target == "keras2" and base == MODEL and not thing.get(BEGUN)
    active = engine.active[-1].function if getattr(engine, "active", ()) else None
    begins = isinstance(active, Function) and active.name == "__init__"
    if early and begins and isinstance(value, Thing) and value.type.startswith("keras.layers."):
        words = ("you forgot to call `super().__init__()`",)
        raise Clash("no-super-init", ("RuntimeError",), words, facts)


def check_call(registry: Registry, thing: Thing) -> None:
    """Raises Clash for a class without a `call`; in Keras 2 a layer without one hands on its input."""
    base = base_of(thing)
    if base is None or _own(thing, "call") or _own(thing, "__call__") or thing.get(BEGUN) is not True:
        return
    if base == MODEL or registry.target == "keras3":
        facts = {"cls": thing.fields["__class__"].name, "base": base.rpartition(".")[2], "layer": thing}
        raise Clash("no-call", ("NotImplementedError",), (), facts)


def _own_init(thing: Thing) -> bool:
    """Has it an `__init__` of the user's, and none that a decorator wraps?"""
    cls = thing.fields["__class__"]
    return bool(cls.inits()) and not cls.wraps_init()


def _own(thing: Thing, name: str) -> bool:
    lineage = thing.fields["__class__"].lineage()
    return any(isinstance(each, UserClass) and {name, ANY_NAME} & each.scope.fields.keys() for each in lineage)


def _ran(thing: Thing) -> bool:
    """Did its `__init__` set something?"""
    return len([name for name in thing.fields if isinstance(name, str) and not name.startswith("__")]) > 0


# Layers that each call makes anew.


def note_made(thing: Thing, engine: Any) -> None:
    """A layer that is made within the `call` of a layer or model of the user's."""
    active = engine.active[-1].function if getattr(engine, "active", ()) else None
    owner = active.owner if isinstance(active, Function) and active.name == "call" else None
    lineage = owner.lineage() if isinstance(owner, UserClass) else ()
    if owner is not None and any(isinstance(each, Symbol) and each.path in (LAYER, MODEL) for each in lineage):
        thing.fields[MADE_IN_CALL] = owner.name


def check_made(registry: Registry, thing: Thing, engine: Engine) -> None:
    """Variables made while TensorFlow traces a step of training make it stop."""
    traced = FITTING.get("of") is engine.heap and FITTING.get("traced")
    if thing.get(MADE_IN_CALL) and traced and EAGERLY.get("of") is not engine.heap:
        words = ("tf.function only supports singleton tf.Variables created on the first call",)
        facts = {"layer": thing, "cls": thing.get(MADE_IN_CALL)}
        raise Clash("layer-made-in-call", ("ValueError",), words if registry.target == "keras3" else (), facts)
