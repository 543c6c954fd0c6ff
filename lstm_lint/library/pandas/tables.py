"""Tables: how they are made, and what they tell of themselves."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, shape_value
from lstm_lint.library.arrays.axes import flattened
from lstm_lint.library.arrays.spelling import NDARRAY
from lstm_lint.library.tables import attribute, op
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.heap import ABSENT
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Either, Many, Shape, Tensor, Thing, Tuple, Value, from_dim

FRAME, SERIES, INDEX = "pandas.DataFrame", "pandas.Series", "pandas.Index"
DATA = "data"
Names = tuple[Any, ...] | None


def frame(rows: Dim, columns: Dim, names: Names = None, dtype: str | None = None, cells: bool = True) -> Thing:
    return Thing(FRAME, {DATA: Tensor((rows, columns), FRAME, dtype, names, cells=cells and dtype is None)})


def series(rows: Dim, dtype: str | None = None, cells: bool = True) -> Tensor:
    return Tensor((rows,), SERIES, dtype, cells=cells and dtype is None)


def cells_of(*values: Value | None, axes: int = 1) -> bool:
    """May a cell hold more than a number or a text? Those of files don't; what a program puts there may, by its axes."""
    return not all(_plain(each, axes) for each in values)


def _plain(value: Any, axes: int) -> bool:
    """Numbers and texts, and lists, dicts and arrays of them that have so many axes."""
    match value:
        case Const() | Size():
            return True
        case Thing(type=kind, fields={"data": Tensor() as data}) if kind == FRAME:
            return not data.cells
        case Tensor(rank=int() as rank):
            return rank <= max(axes, 2 if axes else 0) and not value.cells and value.dtype != "object"
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return axes > 0 and all(_plain(item, axes - 1) for item in items)
        case Thing(type="list", fields={"items": Many(element=element)}):
            return axes > 0 and _plain(element, axes - 1)
        case Thing(type="dict", fields={"items": dict() as items}):
            return axes > 1 and all(_plain(item, axes - 1) for item in items.values())
    return False


def size_of(table: Value) -> tuple[Dim, Dim]:
    shape = array_shape(table)
    if isinstance(shape, tuple) and len(shape) == 2:
        return shape
    return Unknown("the rows of a table"), Unknown("the columns of a table")


def names_of(table: Value) -> Names:
    """The columns' names, where they are written in the program."""
    data = table.get(DATA) if isinstance(table, Thing) else None
    if isinstance(table, Thing) and ("set", "columns") in table.fields:
        return names_in(table.fields["set", "columns"])
    return data.content if isinstance(data, Tensor) else None


def names_in(value: Value) -> Names:
    """Names in a list, tuple or index."""
    if isinstance(value, Tensor):
        return value.content if isinstance(value.content, tuple) else None
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    if not isinstance(items, tuple) or not all(isinstance(item, Const) for item in items):
        return None
    return tuple(item.value for item in items if isinstance(item, Const))


def change(call: Call, table: Thing, rows: Dim, columns: Dim, names: Names = None, put: Value = NONE) -> None:
    """In place; `put` is what comes in."""
    cells = cells_of(table, put)
    call.engine.heap.put(table, DATA, Tensor((rows, columns), FRAME, None, names, cells=cells))
    if ("set", "columns") in table.fields:  # the names that were set by hand have had their time
        call.engine.heap.put(table, ("set", "columns"), ABSENT)


NESTING = ("json", "json_normalize", "parquet", "feather")
READERS = "csv excel table fwf parquet json html feather hdf pickle sql sql_query sql_table clipboard stata"


@op(*(f"pandas.read_{name}" for name in READERS.split()), "pandas.io.json.json_normalize", "pandas.json_normalize")
def read(_: Any, call: Call) -> Value:
    """A file from outside: rows and columns open, unless columns are named here."""
    if call.callee.endswith(("html", "hdf", "pickle")) or call.find("squeeze") or call.find("chunksize"):
        return Unknown(f"{call.callee} reads from outside", "table", object())
    cells = call.find("converters") is not None or call.callee.endswith(NESTING)
    asked, given, index = (call.value(name, 99, NONE) for name in ("usecols", "names", "index_col"))
    chosen = asked if asked != NONE else given
    names = names_in(chosen)
    if names is None or index not in (NONE, Const(False)) or call.open:
        return frame(dims.symbol("rows"), dims.symbol("columns"), cells=cells)
    every = names if all(isinstance(n, str) for n in names) else None
    return frame(dims.symbol("rows"), len(names), every, cells=cells)


@op(FRAME)
def dataframe(_: Any, call: Call) -> Value:
    """Of a dict of columns, of rows, of an array, of another table."""
    data, columns = call.value("data", 0, NONE), call.value("columns", 2, NONE)
    rows, count, names = _contents(data, call)
    asked = array_shape(columns, call.engine) if columns != NONE else None
    if isinstance(asked, tuple) and len(asked) == 1:
        count, names = shapes.agreed(count, asked[0]) if data != NONE else asked[0], names_in(columns)
    elif columns != NONE:
        names = None
    if data == NONE or isinstance(data, Thing) and data.type == "dict" and call.find("index") is not None:
        index = array_shape(call.value("index", 1, Tuple(())), call.engine)
        rows = index[0] if isinstance(index, tuple) and index else Unknown("the rows of a table")
    return frame(rows, count, names, cells=cells_of(data, axes=2))


def _contents(data: Value, call: Call) -> tuple[Dim, Dim, Names]:
    shape = array_shape(data, call.engine)
    items = data.get("items") if isinstance(data, Thing) and data.type == "dict" else None
    if isinstance(items, dict):
        return _rows_of(items, call), len(items), tuple(items)
    if isinstance(data, Thing) and data.type == FRAME:
        return (*size_of(data), names_of(data))
    if isinstance(shape, tuple) and len(shape) in (1, 2) and not _of_dicts(data):
        return shape[0], shape[1] if len(shape) == 2 else 1, None
    rows = _length(data)
    return rows, Unknown("the columns of a table"), None


def _of_dicts(data: Value) -> bool:
    items = data.get("items") if isinstance(data, Thing) else None
    first = items.element if isinstance(items, Many) else items[0] if isinstance(items, tuple) and items else None
    return isinstance(first, Thing) and first.type != "list"


def _length(data: Value) -> Dim:
    items = data.get("items") if isinstance(data, Thing) else None
    return items.length if isinstance(items, Many) else len(items) if isinstance(items, tuple) else Unknown("rows")


def _rows_of(items: dict[Any, Value], call: Call) -> Dim:
    """The length of the first column that has one; numbers stretch."""
    for value in items.values():
        shape = array_shape(value, call.engine)
        if isinstance(shape, tuple) and shape:
            return shape[0]
    return Unknown("the rows of a table")


@op(SERIES)
def make_series(_: Any, call: Call) -> Value:
    data = call.value("data", 0, NONE)
    shape = array_shape(data, call.engine)
    items = data.get("items") if isinstance(data, Thing) and data.type == "dict" else None
    if isinstance(items, dict):
        return series(len(items), cells=cells_of(data))
    plain = call.find("index") is None and isinstance(shape, tuple) and len(shape) == 1
    size = shape[0] if plain else Unknown("the length of a series")  # type: ignore[index]
    return series(size, cells=cells_of(data))


@op("pandas.date_range", "pandas.bdate_range", "pandas.period_range")
def dates(_: Any, call: Call) -> Value:
    from lstm_lint.values.value import number

    given = call.value("periods", 2, NONE)
    return Tensor((dims.symbol("dates") if given == NONE else number(given),), INDEX)


@op("pandas.to_datetime", "pandas.to_numeric", "pandas.to_timedelta", "pandas.isnull", "pandas.isna", "pandas.notnull")
def converted(_: Any, call: Call) -> Value:
    """What it is given, element by element."""
    value = call.value("arg", 0)
    kind = "bool" if "null" in call.callee or call.callee.endswith("isna") else None
    if isinstance(value, Thing) and value.type == FRAME:
        return frame(*size_of(value), names_of(value), kind, cells=False)
    return Tensor(value.shape, value.type, kind) if isinstance(value, Tensor) else Unknown("a converted value")


@op("pandas.concat")
def concat(_: Any, call: Call) -> Value:
    """Rows below each other, or columns beside each other."""
    given, axis = call.value("objs", 0), call.value("axis", 1, Const(0))
    parts = call.engine.elements(given)
    beside = axis in (Const(1), Const("columns"))
    if not parts or not all(_is_table(part) for part in parts):
        return _many(given, beside)
    if all(isinstance(part, Tensor) for part in parts):
        rows = [_height(part) for part in parts]
        cells = cells_of(*parts)
        return frame(_common(rows), len(parts), cells=cells) if beside else series(_sum(rows), cells=cells)
    tables = [part if isinstance(part, Thing) else frame(_height(part), 1, cells=cells_of(part)) for part in parts]
    return _of_tables(tables, beside)


def _height(part: Value) -> Dim:
    shape = array_shape(part)
    return shape[0] if isinstance(shape, tuple) and shape else Unknown("the length of a series")


def _is_table(part: Value) -> bool:
    shape = array_shape(part)
    return isinstance(shape, tuple) and (isinstance(part, Thing) and part.type == FRAME or len(shape) == 1)


def _of_tables(parts: list[Thing], beside: bool) -> Value:
    rows, columns = ([size_of(part)[axis] for part in parts] for axis in (0, 1))
    names = [names_of(part) for part in parts]
    if beside:
        several = tuple(name for each in names for name in each or ()) if None not in names else None
        return frame(_common(rows), _sum(columns), several, cells=cells_of(*parts))
    same = all(each == names[0] and names[0] is not None for each in names)
    alike = same or all(column == columns[0] for column in columns) and not isinstance(columns[0], int)
    width = columns[0] if alike else dims.symbol("columns")
    return frame(_sum(rows), width, names[0] if same else None, cells=cells_of(*parts))


def _many(given: Value, beside: bool) -> Value:
    """A list filled in a loop."""
    items = given.get("items") if isinstance(given, Thing) else None
    element = items.element if isinstance(items, Many) else None
    if not isinstance(element, Thing) or element.type != FRAME:
        return Unknown("a concatenation of something unknown")
    rows, columns = size_of(element)
    width = dims.symbol("columns") if beside else columns
    return frame(rows if beside else dims.symbol("rows"), width, cells=cells_of(element))


def _sum(sizes: list[Dim]) -> Dim:
    total: Dim = 0
    for size in sizes:
        total = dims.add(total, size)
    return total


def _common(sizes: list[Dim]) -> Dim:
    """Rows beside rows: as many as each has, if all have as many."""
    return sizes[0] if all(size == sizes[0] for size in sizes) else dims.symbol("rows")


@op("pandas.get_dummies")
def dummies(_: Any, call: Call) -> Value:
    """As many columns as there are classes."""
    shape = array_shape(call.value("data", 0), call.engine)
    return frame(
        shape[0] if isinstance(shape, tuple) and shape else dims.symbol("rows"), dims.symbol("classes"), cells=False
    )


@op("pandas.merge", "pandas.pivot_table", "pandas.crosstab", "pandas.melt", "pandas.merge_asof")
def merged(_: Any, call: Call) -> Value:
    return frame(dims.symbol("rows"), dims.symbol("columns"))


@op("pandas.factorize")
def factorize(_: Any, call: Call) -> Value:
    shape = array_shape(call.value("values", 0), call.engine)
    return Tuple((Tensor(shape, NDARRAY, "int64"), Tensor((dims.symbol("classes"),), INDEX)))


@op("pandas.cut", "pandas.qcut")
def cut(_: Any, call: Call) -> Value:
    value = call.value("x", 0)
    return Tensor(array_shape(value), SERIES) if isinstance(value, Tensor) and value.type == SERIES else Unknown("bins")


# What a table and a column tell of themselves.


def as_array(value: Value) -> Tensor:
    data = value.get(DATA) if isinstance(value, Thing) else value
    return Tensor(array_shape(value), NDARRAY, getattr(data, "dtype", None), cells=cells_of(value))


@attribute(f"{FRAME}.values", f"{SERIES}.values", f"{SERIES}.array", f"{INDEX}.values")
def values(_: Any, owner: Value, engine: Any) -> Value:
    return as_array(owner)


@op(*(f"{kind}.{name}" for kind in (FRAME, SERIES, INDEX) for name in ("to_numpy", "__array__", "as_matrix")))
def to_numpy(_: Any, call: Call) -> Value:
    return as_array(call.receiver or NONE)


@attribute(*(f"{kind}.shape" for kind in (FRAME, SERIES, INDEX)))
def shape(_: Any, owner: Value, engine: Any) -> Value:
    return shape_value(array_shape(owner))


@attribute(f"{FRAME}.ndim", f"{SERIES}.ndim")
def ndim(_: Any, owner: Value, engine: Any) -> Value:
    return Const(2 if isinstance(owner, (Thing, Either)) else 1)


@attribute(f"{FRAME}.size", f"{SERIES}.size")
def size(_: Any, owner: Value, engine: Any) -> Value:
    found: Shape | Unknown = array_shape(owner)
    return found if isinstance(found, Unknown) else from_dim(flattened(found))


@attribute(f"{FRAME}.columns")
def columns(_: Any, owner: Value, engine: Any) -> Value:
    return Tensor((size_of(owner)[1],), INDEX, "str", names_of(owner))


@attribute(f"{FRAME}.index", f"{SERIES}.index")
def index(_: Any, owner: Value, engine: Any) -> Value:
    found = array_shape(owner)
    return Tensor(found[:1] if isinstance(found, tuple) else NO_RANK, INDEX)


@attribute(f"{FRAME}.T")
def transposed(_: Any, owner: Value, engine: Any) -> Value:
    rows, count = size_of(owner)
    return frame(count, rows)


@attribute(f"{SERIES}.T")
def itself(_: Any, owner: Value, engine: Any) -> Value:
    return owner
