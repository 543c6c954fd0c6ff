"""Columns and rows by name, by place, by mask; and what is put in place of them."""

from typing import Any

from lstm_lint.library.arguments import array_shape
from lstm_lint.library.arrays.spelling import NDARRAY, cell_of
from lstm_lint.library.indexing import indexed, tensor_item
from lstm_lint.library.pandas.tables import (
    FRAME,
    INDEX,
    SERIES,
    cells_of,
    change,
    frame,
    names_in,
    names_of,
    series,
    size_of,
)
from lstm_lint.library.tables import attribute, op
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Slice, Tensor, Thing, Tuple, Value

MASKED = "rows that a mask picks"


@op(f"{FRAME}.__getitem__")
def choose(_: Any, call: Call) -> Value:
    """One name gives a column, several a table; a mask or a slice picks rows."""
    table, index = call.receiver, call.value("index", 0)
    assert isinstance(table, Thing)
    rows, columns = size_of(table)
    match index:
        case Const(value=str() | int()):
            return series(rows, cells=cells_of(table))
        case Slice():
            shape = indexed((rows, columns), [index])
            return frame(shape[0] if shape else Unknown("a slice"), columns, names_of(table), cells=cells_of(table))
        case Thing(type=kind) if kind == FRAME:
            return frame(rows, columns, names_of(table), cells=cells_of(table))
        case Tensor(dtype="bool"):
            return frame(Unknown(MASKED), columns, names_of(table), cells=cells_of(table))
        case Tuple():
            return Unknown("a column of several levels")
    chosen = array_shape(index)
    if isinstance(chosen, tuple) and len(chosen) == 1 and not _flags(index):
        return frame(rows, chosen[0], names_in(index), cells=cells_of(table))
    return (
        frame(Unknown(MASKED), columns, names_of(table), cells=cells_of(table))
        if _flags(index)
        else Unknown("columns chosen by unknown names")
    )


def _flags(index: Value) -> bool:
    names = names_in(index)
    return bool(names) and all(isinstance(name, bool) for name in names or ())


@op(f"{FRAME}.__setitem__", f"{FRAME}.insert")
def put(_: Any, call: Call) -> Value:
    """A name that is there keeps the columns; another adds one; where the names are not known, either."""
    table, index = call.receiver, call.value("column" if call.callee == "insert" else "index", call.callee == "insert")
    assert isinstance(table, Thing)
    rows, columns = size_of(table)
    held = call.value("value", 2 if call.callee == "insert" else 1)
    if rows == 0 or isinstance(rows, Unknown):
        value = array_shape(held)
        rows = value[0] if isinstance(value, tuple) and value else rows
    names, new = names_of(table), (index.value,) if isinstance(index, Const) else names_in(index)
    if isinstance(index, (Tensor, Slice)) and not isinstance(
        index.content if isinstance(index, Tensor) else None, tuple
    ):
        return NONE
    if names is None or new is None:
        change(call, table, rows, dims.symbol("columns"), put=held)
        return NONE
    added = tuple(name for name in dict.fromkeys(new) if name not in names)
    change(call, table, rows, dims.add(columns, len(added)), (*names, *added), held)
    return NONE


@op(f"{FRAME}.__delitem__", f"{FRAME}.pop")
def remove(_: Any, call: Call) -> Value:
    table, name = call.receiver, call.value("item", 0)
    assert isinstance(table, Thing)
    rows, columns = size_of(table)
    names = names_of(table)
    left = tuple(each for each in names if Const(each) != name) if names is not None else None
    cells = cells_of(table)
    change(call, table, rows, dims.subtract(columns, 1), left)
    return series(rows, cells=cells)


@op(f"{FRAME}.__getattr__")
def column(_: Any, call: Call) -> Value:
    """`table.name` is the column of that name, if it is none of the methods."""
    names, name = names_of(call.receiver or NONE), call.value("name", 0)
    if names is not None and isinstance(name, Const) and name.value not in names:
        return Unknown(f"{name.value} of a table")
    return series(size_of(call.receiver or NONE)[0], cells=cells_of(call.receiver))


@op(f"{FRAME}.__iter__")
def iterate(_: Any, call: Call) -> Value:
    """The names of the columns."""
    names = names_of(call.receiver or NONE)
    if names is not None:
        return Tuple(tuple(map(Const, names)))
    return Many(Unknown("a column's name"), size_of(call.receiver or NONE)[1])


@op(f"{FRAME}.iterrows", f"{FRAME}.itertuples", f"{FRAME}.items", f"{FRAME}.iteritems")
def rows_of(_: Any, call: Call) -> Value:
    rows, columns = size_of(call.receiver or NONE)
    if call.callee == "itertuples":
        return Many(Unknown("a row of a table"), rows)
    if call.callee == "iterrows":
        return Many(Tuple((dims.symbol("i"), series(columns, cells=cells_of(call.receiver)))), rows)
    return Many(Tuple((Unknown("a column's name"), series(rows, cells=cells_of(call.receiver)))), columns)


INDEXERS = ("iloc", "loc", "iat", "at", "ix")


def _indexer(name: str) -> Any:
    def read(_: Any, owner: Value, engine: Any) -> Value:
        return Thing(f"pandas.{name}", {"table": owner})

    return read


for _name in INDEXERS:
    attribute(f"{FRAME}.{_name}", f"{SERIES}.{_name}")(_indexer(_name))


@op("pandas.iloc.__getitem__", "pandas.loc.__getitem__", "pandas.ix.__getitem__")
def locate(_: Any, call: Call) -> Value:
    """Rows, or rows and columns; each axis by itself."""
    assert isinstance(call.receiver, Thing)
    table, index = call.receiver.fields["table"], call.value("index", 0)
    parts: list[Value] = list(index.items) if isinstance(index, Tuple) else [index]
    pick = _by_place if call.receiver.type == "pandas.iloc" else _by_label
    if isinstance(table, Tensor):
        return _of_series(table, parts, pick)
    left = [pick(size, part) for size, part in zip(size_of(table), [*parts, Slice(NONE, NONE, NONE)], strict=False)]
    if len(parts) > 2 or any(each is None for each in left):
        return Unknown("a part of a table")
    kept = [dim for each in left for dim in each or ()]
    if len(kept) == 2:
        return frame(kept[0], kept[1], _names_left(table, parts, pick is _by_place), cells=cells_of(table))
    return series(kept[0], cells=cells_of(table)) if kept else cell(table)


def cell(table: Value | None) -> Value:
    return cell_of(Tensor((), NDARRAY, cells=cells_of(table)))


def _of_series(table: Tensor, parts: list[Value], pick: Any) -> Value:
    size = table.shape[0] if isinstance(table.shape, tuple) and table.shape else Unknown("a series")
    left = pick(size, parts[0])
    if left is None or len(parts) > 1:
        return Unknown("a part of a series")
    return series(left[0], table.dtype, table.cells) if left else cell(table)


def _by_place(size: Dim, part: Value) -> tuple[Dim, ...] | None:
    return indexed((size,), [part])


def _by_label(size: Dim, part: Value) -> tuple[Dim, ...] | None:
    """Slices of labels hold what they hold; one label is taken to stand once."""
    match part:
        case Slice(start=start, stop=stop):
            return (size,) if start == NONE and stop == NONE and part.step == NONE else (Unknown("a slice of labels"),)
        case Tensor(dtype="bool"):
            return (Unknown(MASKED),)
        case Const():
            return ()
        case Unknown():
            return None
    if _flags(part):
        return (Unknown(MASKED),)
    shape = array_shape(part)
    return None if isinstance(shape, Unknown) else shape


def _names_left(table: Value, parts: list[Value], by_place: bool) -> tuple[Any, ...] | None:
    names = names_of(table)
    if names is None or len(parts) < 2:
        return names
    if not by_place:
        return names_in(parts[1]) if not isinstance(parts[1], Slice) else None
    chosen = tensor_item(Tensor((len(names),), INDEX, None, names), parts[1])
    return names_in(chosen)


@op(*(f"pandas.{name}.__setitem__" for name in INDEXERS))
def put_located(_: Any, call: Call) -> Value:
    """By label, a new row or column may come; by place none."""
    assert isinstance(call.receiver, Thing)
    table, index = call.receiver.fields["table"], call.value("index", 0)
    if call.receiver.type in ("pandas.iloc", "pandas.iat") or not isinstance(table, Thing):
        return NONE
    parts = list(index.items) if isinstance(index, Tuple) else [index]
    rows, columns = size_of(table)
    held = call.value("value", 1)
    new_row = not isinstance(parts[0], Slice) and not isinstance(parts[0], Tensor)
    known = len(parts) < 2 or isinstance(parts[1], Const) and parts[1].value in (names_of(table) or ())
    if new_row or not known:
        names = names_of(table) if known else None
        height, width = dims.symbol("rows") if new_row else rows, columns if known else dims.symbol("columns")
        change(call, table, height, width, names, held)
    elif cells_of(held):
        change(call, table, rows, columns, names_of(table), held)
    return NONE


@op("pandas.iat.__getitem__", "pandas.at.__getitem__")
def one(_: Any, call: Call) -> Value:
    return cell(call.receiver.get("table") if isinstance(call.receiver, Thing) else None)
