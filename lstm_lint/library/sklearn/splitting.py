"""train_test_split and the folds: sizes as scikit-learn computes them, or one symbol that all parts of a call share."""

from math import ceil, floor
from typing import Any

from lstm_lint.library.arguments import array_shape
from lstm_lint.library.arrays.spelling import NDARRAY
from lstm_lint.library.pandas.tables import FRAME, SERIES, cells_of, frame, names_of, size_of
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Tensor, Thing, Tuple, Value, number


@op("sklearn.model_selection.train_test_split")
def train_test_split(_: Any, call: Call) -> Value:
    """Each array in two parts: the same trailing axes, first axes that agree."""
    arrays = [a.value for a in call.positional()]
    if call.open or not arrays:
        return Unknown("a split of unknown arrays")
    lengths = [_length(array, call) for array in arrays]
    _refuse_unequal(lengths)
    whole = next((n for n in lengths if isinstance(n, int)), lengths[0])
    train, test = sizes(whole, call.value("train_size", None, NONE), call.value("test_size", None, NONE))
    return Thing("list", {"items": tuple(part for array in arrays for part in (_cut(array, train), _cut(array, test)))})


def _length(array: Value, call: Call) -> Dim:
    shape = array_shape(array, call.engine)
    if isinstance(shape, tuple) and shape:
        return shape[0]
    items = array.get("items") if isinstance(array, Thing) else None
    return items.length if isinstance(items, Many) else len(items) if isinstance(items, tuple) else Unknown("samples")


def _refuse_unequal(lengths: list[Dim]) -> None:
    known = {length for length in lengths if isinstance(length, int)}
    if len(known) > 1:
        words = ("Found input variables with inconsistent numbers of samples",)
        raise Clash("sample-counts", ("ValueError",), words, {"lengths": lengths})


def sizes(whole: Dim, train: Value, test: Value) -> tuple[Dim, Dim]:
    """sklearn.model_selection._split._validate_shuffle_split."""
    if train == NONE and test == NONE:
        test = Const(0.25)
    given = [each.value if isinstance(each, Const) else "?" for each in (train, test)]
    if not isinstance(whole, int) or "?" in given:
        return _symbolic(whole, *given)
    n_train = _part(whole, given[0], floor)
    n_test = _part(whole, given[1], ceil)
    if n_test is None:
        n_test = whole - (n_train or 0)
    return whole - n_test if n_train is None else n_train, n_test


def _symbolic(whole: Dim, train: Any, test: Any) -> tuple[Dim, Dim]:
    """A number of samples that is written stays; the rest is a symbol."""
    if isinstance(test, int) and not isinstance(test, bool):
        return dims.subtract(whole, test) if train is None else dims.symbol("n_train"), test
    n_test = dims.symbol("n_test")
    return (dims.subtract(whole, n_test) if train is None or test is None else dims.symbol("n_train")), n_test


def _part(whole: int, share: Any, rounded: Any) -> int | None:
    if share is None:
        return None
    return int(rounded(share * whole)) if isinstance(share, float) else int(share)


def _cut(array: Value, length: Dim) -> Value:
    """The same kind of array with another first axis."""
    if isinstance(array, Thing) and array.type == FRAME:
        return frame(length, size_of(array)[1], names_of(array), cells=cells_of(array))
    if isinstance(array, Thing) and array.type == "list":
        items = array.get("items")
        element = items.element if isinstance(items, Many) else items[0] if isinstance(items, tuple) and items else None
        return Thing("list", {"items": Many(element or Unknown("an element of a list"), length)})
    shape = array_shape(array)
    if isinstance(shape, Unknown) or not shape:
        return Tensor(Unknown("a split of something unknown"), NDARRAY)
    kind = array.type if isinstance(array, Tensor) and array.type in (NDARRAY, SERIES) else NDARRAY
    return Tensor((length, *shape[1:]), kind, getattr(array, "dtype", None), cells=getattr(array, "cells", False))


FOLDS = "KFold StratifiedKFold TimeSeriesSplit GroupKFold RepeatedKFold ShuffleSplit StratifiedShuffleSplit LeaveOneOut"


@op(*(f"sklearn.model_selection.{name}" for name in FOLDS.split()))
def folds(_: Any, call: Call) -> Value:
    default = Const(10) if "Shuffle" in call.callee else Const(5)
    several = call.callee.endswith(("RepeatedKFold", "LeaveOneOut"))
    count = Unknown("a number of folds") if several else number(call.value("n_splits", 0, default))
    return Thing(call.callee, {"count": Many(NONE, count)})


@op(*(f"sklearn.model_selection.{name}.split" for name in FOLDS.split()))
def split(_: Any, call: Call) -> Value:
    """(train indices, test indices), so many times."""
    assert isinstance(call.receiver, Thing)
    train, test = (Tensor((Unknown(f"the size of a {name} fold"),), NDARRAY, "int64") for name in ("train", "test"))
    return Many(Tuple((train, test)), call.receiver.fields["count"].length)


@op("sklearn.utils.shuffle", "sklearn.utils.resample")
def shuffled(_: Any, call: Call) -> Value:
    arrays = [a.value for a in call.positional()]
    asked = call.value("n_samples", None, NONE)
    parts = tuple(_cut(array, _length(array, call) if asked == NONE else number(asked)) for array in arrays)
    return parts[0] if len(parts) == 1 else Thing("list", {"items": parts})
