"""What `dataclasses` makes of an instance: its fields as a dict or a tuple, a copy with some of them changed."""

from typing import Any

from lstm_lint.library.tables import op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Thing, Tuple, UserClass, Value

CLASS, FIELDS = "__class__", "__fields__"


def fields_of(value: Value) -> dict[str, Value] | None:
    """The fields that the classes of an instance annotate, in order."""
    if not isinstance(value, Thing) or value.type != "instance":
        return None
    classes = [base for base in value.fields[CLASS].lineage() if isinstance(base, UserClass)]
    names = dict.fromkeys(name for base in reversed(classes) for name in base.scope.fields.get(FIELDS, ()))
    return {name: value.fields.get(name, Unknown(f"field {name}", name)) for name in names}


@op("dataclasses.asdict", "dataclasses.astuple")
def plain(registry: Any, call: Call) -> Value:
    fields = fields_of(call.value("obj", 0))
    if fields is None:
        return Unknown(f"{call.callee} of something unknown")
    if call.callee.endswith("astuple"):
        return Tuple(tuple(map(_plain, fields.values())))
    return Thing("dict", {"items": {name: _plain(value) for name, value in fields.items()}})


def _plain(value: Value) -> Value:
    """A field that is such an instance itself is turned too."""
    inner = fields_of(value)
    return value if inner is None else Thing("dict", {"items": {name: _plain(each) for name, each in inner.items()}})


@op("dataclasses.replace")
def replaced(registry: Any, call: Call) -> Value:
    held = call.value("obj", 0)
    fields = fields_of(held)
    if fields is None or call.open or not isinstance(held, Thing):
        return Unknown("a copy of something unknown")
    changed = {argument.name: argument.value for argument in call.arguments if argument.name}
    return call.engine.run(held.fields[CLASS], (), {**fields, **changed})


@op("dataclasses.fields")
def named(registry: Any, call: Call) -> Value:
    fields = fields_of(call.value("class_or_instance", 0))
    if fields is None:
        return Unknown("the fields of something unknown")
    return Tuple(tuple(Thing("dataclasses.Field", {("set", "name"): Const(name)}) for name in fields))
