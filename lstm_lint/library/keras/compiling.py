"""What methods of models take, and what `compile` was given."""

from typing import Any

from lstm_lint.library.keras.making import GIVEN
from lstm_lint.library.keras.models import GRAPH_KINDS, layers_of
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.records import dataclass, field
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Symbol, Thing, Tuple, UserClass, Value

COMPILED = "compiled"
"""The field that holds what `compile` was given, by name."""

ADDED = "added loss"
TRAINING = "keras.Model"
BEHIND_KWARGS = {
    ("keras2", "compile"): (
        ("TypeError",),
        ("Invalid keyword argument(s) in `compile()`",),
        ("cloning", "experimental_run_tf_function", "distribute", "target_tensors", "sample_weight_mode"),
    ),
    ("keras2", "evaluate"): (("TypeError",), ("Invalid keyword arguments",), ("_use_cached_eval_dataset",)),
    ("keras3", "evaluate"): (("ValueError",), ("Arguments not recognized",), ("_use_cached_eval_dataset",)),
}
"""Where `**kwargs` of a method is judged by hand: what is raised, in which words, and what it takes."""


@dataclass(frozen=True, eq=False)
class Asked:
    """One call of a model's method, with its arguments by name."""

    registry: Registry
    model: Thing
    call: Call
    given: dict[str, Value] = field(default_factory=dict)

    @property
    def keras2(self) -> bool:
        return self.registry.target == "keras2"

    def value(self, name: str) -> Value:
        return self.given.get(name, Unknown(f"argument {name}") if self.call.open else NONE)

    def clash(
        self, kind: str, raises: tuple[str, ...], words: tuple[str, ...] = (), at: str = "", **facts: Any
    ) -> Clash:
        about = {"model": self.model, "method": self.call.callee, **facts}
        return Clash(kind, raises, words, about, at=at if self.call.find(at) is not None else "")


def ask(registry: Registry, call: Call) -> Asked:
    """Raises Clash for arguments that the method does not take."""
    assert isinstance(call.receiver, Thing)
    asked = Asked(registry, call.receiver, call)
    takes = registry.knowledge.method(TRAINING, call.callee)
    if takes is None:
        return Asked(registry, call.receiver, call, {a.name: a.value for a in call.arguments if a.name})
    places = [p.name for p in takes if p.kind == "pos"]
    names = frozenset(p.name for p in takes if p.kind in ("pos", "kw"))
    if len(call.positional()) > len(places) and not any(p.kind == "args" for p in takes):
        raise asked.clash("too-many-arguments", ("TypeError",), ("positional argument",), callee=_callee(call))
    found = {name: a.value for name, a in zip(places, call.positional(), strict=False)}
    for argument in call.arguments:
        if argument.name in found:
            words = ("multiple values for argument",)
            raise asked.clash("repeated-argument", ("TypeError",), words, name=argument.name, callee=_callee(call))
        if argument.name:
            _check_name(asked, argument.name, names, any(p.kind == "kwargs" for p in takes))
            found[argument.name] = argument.value
    return Asked(registry, call.receiver, call, found)


def _callee(call: Call) -> str:
    return f"{TRAINING}.{call.callee}"


def _check_name(asked: Asked, name: str, names: frozenset[str], kwargs: bool) -> None:
    if name in names:
        return
    raises, words, more = BEHIND_KWARGS.get(
        (asked.registry.target, asked.call.callee), (("TypeError",), ("unexpected keyword argument",), ())
    )
    if name in more or kwargs and not more:
        return
    facts = {"name": name, "callee": _callee(asked.call), "known": names}
    raise asked.clash("argument-refused", raises, (*words, name), at=name, **facts)


def own(model: Thing, method: str) -> bool:
    """Did the user write this method of the model?"""
    if model.type != "instance":
        return False
    lineage = model.fields["__class__"].lineage()
    return any(isinstance(c, UserClass) and isinstance(c.scope.fields.get(method), Function) for c in lineage)


def compile_(registry: Registry, call: Call) -> Asked:
    """Optimizers are looked up at once, losses and metrics in the first step."""
    assert isinstance(call.receiver, Thing)
    call.engine.heap.put(call.receiver, COMPILED, Unknown("after a clash"))
    asked = ask(registry, call)
    _check_optimizer(asked)
    metrics = asked.value("metrics")
    if not asked.keras2 and _is_one(metrics):
        words = ("Expected `metrics` argument to be a list, tuple, or dict",)
        raise asked.clash("metrics-not-a-list", ("ValueError",), words, at="metrics", value=metrics)
    for name in ("metrics", "weighted_metrics") if not asked.keras2 else ():
        value = asked.value(name)
        if isinstance(value, Const) and value.value and not (name == "metrics" and isinstance(value.value, str)):
            words = (f"Expected `{name}` argument to be a list, tuple, or dict",)
            raise asked.clash("argument-value", ("ValueError",), words, at=name, name=name, value=value)
    known = {name: asked.value(name) for name in ("optimizer", "loss", "metrics", "loss_weights", "run_eagerly")}
    known["more"] = Const(asked.value("weighted_metrics") != NONE or call.open)
    call.engine.heap.put(call.receiver, COMPILED, known)
    return asked


def _is_one(metrics: Value) -> bool:
    """A name or an object where several are wanted."""
    if isinstance(metrics, Const):
        return isinstance(metrics.value, str) and bool(metrics.value)
    return isinstance(metrics, Thing) and metrics.type.startswith("keras.metrics.")


def _check_optimizer(asked: Asked) -> None:
    value = asked.value("optimizer")
    if isinstance(value, Const) and isinstance(value.value, str):
        known = identifiers(asked.registry, "optimizer")
        if known and value.value.lower() not in {name.lower() for name in known}:
            words = ("Unknown optimizer",) if asked.keras2 else ("Could not interpret optimizer identifier",)
            facts = {"value": value.value, "known": known}
            raise asked.clash("unknown-optimizer", ("ValueError",), words, at="optimizer", **facts)
    if isinstance(value, Const) and isinstance(value.value, (int, float)) or not asked.keras2 and _listed(value):
        words = ("Could not interpret optimizer identifier",)
        raise asked.clash("argument-value", ("ValueError",), words, at="optimizer", name="optimizer", value=value)
    if isinstance(value, Symbol) and value.path.startswith("keras.optimizers.") and _is_class(asked, value):
        words = ("Could not interpret optimizer identifier",)
        raise asked.clash("class-for-instance", ("ValueError",), words, at="optimizer", value=value)


def _is_class(asked: Asked, value: Symbol) -> bool:
    return asked.registry.knowledge.kind(value.path) == "class"


def identifiers(registry: Registry, kind: str) -> frozenset[str]:
    """The names that Keras knows of this kind."""
    return frozenset(registry.knowledge.data.get("identifiers", {}).get(kind, ()))


@op("keras.layers.Layer.add_loss")
def add_loss(registry: Registry, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    call.engine.heap.put(call.receiver, ADDED, True)
    return NONE


def check_compiled(asked: Asked) -> None:
    """Was the model compiled, with a loss and metrics that Keras knows?"""
    held = asked.model.get(COMPILED)
    if held is None:
        if asked.call.engine.follows(asked.model) and asked.model.type in GRAPH_KINDS:
            raises = ("RuntimeError",) if asked.keras2 else ("ValueError",)
            words = ("You must compile your model before",) if asked.keras2 else ("You must call `compile()`",)
            raise asked.clash("not-compiled", raises, words)
        return
    if isinstance(held, dict):
        _check_loss(asked, held.get("loss", NONE))
        _check_metrics(asked, held.get("metrics", NONE))
        _check_loss_weights(asked, _listed(held.get("loss", NONE)), _listed(held.get("loss_weights", NONE)))


def _listed(value: Value) -> tuple[Value, ...] | None:
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    return items if isinstance(items, tuple) else None


def _check_loss_weights(asked: Asked, losses: tuple[Value, ...] | None, weights: tuple[Value, ...] | None) -> None:
    if not asked.keras2 and losses is not None and weights is not None and len(losses) != len(weights):
        words = ("`loss_weights` must match the number of losses",)
        raise asked.clash("loss-weights", ("ValueError",), words, expected=len(losses), found=len(weights))


def _check_loss(asked: Asked, loss: Value) -> None:
    if isinstance(loss, Const) and isinstance(loss.value, str):
        known = identifiers(asked.registry, "loss")
        if known and loss.value not in known:
            words = ("Unknown loss function",) if asked.keras2 else ("Could not interpret loss identifier",)
            raise asked.clash("unknown-loss", ("ValueError",), words, value=loss.value, known=known)
    if asked.keras2 and isinstance(loss, Symbol) and loss.path.startswith("keras.losses.") and _is_class(asked, loss):
        raise asked.clash("class-for-instance", ("TypeError", "ValueError"), (), value=loss)
    trains = asked.call.callee in ("fit", "train_on_batch") or asked.call.callee == "evaluate" and not asked.keras2
    if loss == NONE and trains and not asked.call.open and _without_loss(asked):
        words = ("No loss found",) if asked.keras2 else ("No loss to compute",)
        raise asked.clash("no-loss", ("ValueError",), words)


def _without_loss(asked: Asked) -> bool:
    """Does surely nothing in the model add a loss?"""
    several = layers_of(asked.registry, asked.model) if asked.model.type in GRAPH_KINDS else None
    if several is None or asked.model.get(ADDED):
        return False
    plain = (layer.type != "instance" and layer.type not in GRAPH_KINDS and not layer.get("open") for layer in several)
    added = any("regularizer" in name or name == "layer" for layer in several for name in layer.get(GIVEN, ()))
    return all(plain) and not added


def _check_metrics(asked: Asked, metrics: Value) -> None:
    known = identifiers(asked.registry, "metric") | {"accuracy", "acc", "crossentropy", "ce"}
    for item in _listed(metrics) or () if len(known) > 4 else ():
        if isinstance(item, Const) and isinstance(item.value, str) and item.value not in known:
            raises = ("ValueError", "TypeError") if asked.keras2 else ("ValueError",)
            words = () if asked.keras2 else ("Could not interpret metric identifier",)
            raise asked.clash("unknown-metric", raises, words, value=item.value, known=known)


def introduce(asked: Asked) -> None:
    """Callbacks of the user's learn their model."""
    given = asked.value("callbacks")
    for each in _listed(given) or (given,):
        if not isinstance(each, Thing) or each.type != "instance" or CALLBACK not in asked.registry.types(each):
            continue
        known = each.get("model", asked.model)
        model = asked.model if known is asked.model else Unknown("the model of a callback")
        asked.call.engine.heap.put(each, "model", model)


CALLBACK = "keras.callbacks.Callback"
