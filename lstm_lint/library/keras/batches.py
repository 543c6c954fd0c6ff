"""One batch of what gives batches: a generator of the user's, his `Sequence`, Keras' own windows over a series."""

from lstm_lint.library.keras.compiling import Asked
from lstm_lint.library.keras.feeding import mapped
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import GAVE, Const, Function, Many, Method, Symbol, Tensor, Thing, Tuple, UserClass, Value

SEQUENCES = ("keras.utils.Sequence", "keras.utils.PyDataset")


def one_batch(asked: Asked, data: Value) -> Value | None:
    """The first batch that it gives; None for data that are no such thing. Keras 2 takes a list for a pair."""
    found = _first(asked, data)
    return Unknown("a batch in a list") if isinstance(found, Thing) and found.type == "list" else found


def _first(asked: Asked, data: Value) -> Value | None:
    match data:
        case Tuple(items=items, kind="generator"):
            return items[0] if items else Unknown("an empty generator")
        case Many():
            return mapped(data.first if data.first is not None else data.element, _of_any_size)
        case Thing(type="keras.preprocessing.sequence.TimeseriesGenerator", fields={"element": element}):
            return element  # type: ignore[no-any-return]
        case Thing(type="instance", fields={"__class__": UserClass() as cls}):
            return _item(asked, data, cls)
    return None


def _of_any_size(value: Value) -> Value:
    """A yield in a loop may be reached with batches of other sizes than that of the first round."""
    if not isinstance(value, Tensor) or isinstance(value.shape, Unknown) or not value.shape:
        return value
    return Tensor((None, *value.shape[1:]), value.type, value.dtype, origin=value.origin)


def _item(asked: Asked, data: Thing, cls: UserClass) -> Value | None:
    """What the `__getitem__` of a Sequence gives for the first batch."""
    lineage = list(cls.lineage())
    if not any(isinstance(each, Symbol) and each.path in SEQUENCES for each in lineage):
        return None
    owners = (each for each in lineage if isinstance(each, UserClass))
    method = next((f for each in owners if isinstance(f := each.scope.get("__getitem__"), Function)), None)
    if method is None:
        return Unknown("the batches of a Sequence")
    batch: Value = asked.call.engine.run(Method(data, method), (Const(0),))
    asked.call.engine.heap.put(data, GAVE, Tuple((Tuple(()), batch)))
    return batch
