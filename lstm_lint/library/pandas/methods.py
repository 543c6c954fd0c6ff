"""Methods of tables and columns: what they leave of the rows and the columns."""

from typing import Any

from lstm_lint.library.arguments import array_shape, flag, integer
from lstm_lint.library.arrays.spelling import NDARRAY, NUMBER
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
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Value, number

SAME = [
    "fillna",
    "ffill",
    "bfill",
    "pad",
    "backfill",
    "interpolate",
    "astype",
    "copy",
    "round",
    "abs",
    "clip",
    "replace",
    "sort_values",
    "sort_index",
    "rename_axis",
    "shift",
    "diff",
    "pct_change",
    "cumsum",
    "cumprod",
    "cummax",
    "cummin",
    "rank",
    "infer_objects",
    "convert_dtypes",
    "where",
    "mask",
    "add",
    "sub",
    "mul",
    "div",
    "truediv",
    "pow",
    "mod",
    "subtract",
    "multiply",
    "divide",
    "applymap",
    "tz_localize",
    "tz_convert",
    "add_prefix",
    "add_suffix",
]
MASKS = ["isnull", "isna", "notnull", "notna", "isin", "duplicated", "between", "eq", "ne", "lt", "le", "gt", "ge"]
FEWER = ["drop_duplicates", "query", "nlargest", "nsmallest", "truncate", "between_time", "first", "last"]


def both(*names: str) -> list[str]:
    return [f"{kind}.{name}" for kind in (FRAME, SERIES) for name in names]


def given(call: Call, table: Thing | Tensor, rows: Dim, columns: Dim, names: Any = None) -> Value:
    """The result; with `inplace=True` the table itself becomes it."""
    inplace = flag(call.value("inplace", 99, Const(False)))
    if isinstance(table, Tensor):
        if inplace is not False:
            table.shape = (rows,)
        return NONE if inplace else series(rows, table.dtype, table.cells)
    if inplace is False:
        return frame(rows, columns, names, cells=cells_of(table))
    change(call, table, rows, columns, names)
    return NONE


def subject(call: Call) -> tuple[Any, Dim, Dim]:
    table = call.receiver
    if isinstance(table, Tensor):
        return table, table.shape[0] if isinstance(table.shape, tuple) and table.shape else Unknown("a length"), 1
    return (table, *size_of(table or NONE))


@op(*both(*SAME))
def same(_: Any, call: Call) -> Value:
    table, rows, columns = subject(call)
    if isinstance(table, Tensor):
        return NONE if flag(call.value("inplace", 99, Const(False))) else series(rows, None, table.cells)
    return given(call, table, rows, columns, names_of(table))


@op(*both(*MASKS))
def masks(_: Any, call: Call) -> Value:
    table, rows, columns = subject(call)
    if isinstance(table, Tensor) or call.callee == "duplicated":
        return series(rows, "bool")
    return frame(rows, columns, names_of(table), "bool")


@op(*both("rename", "set_axis"))
def rename(_: Any, call: Call) -> Value:
    table, rows, columns = subject(call)
    return given(call, table, rows, columns)


@op(*both("dropna", *FEWER, "filter"))
def fewer(_: Any, call: Call) -> Value:
    """Rows that nobody counted; `axis=1` drops columns."""
    table, rows, columns = subject(call)
    if (
        call.callee == "filter"
        or call.callee == "dropna"
        and call.value("axis", 0, Const(0)) in (Const(1), Const("columns"))
    ):
        return given(call, table, rows, dims.symbol("columns"))
    known = integer(call.value("n", 0, NONE)) if call.callee in ("nlargest", "nsmallest") else None
    left = known if known is not None and isinstance(rows, int) and known <= rows else dims.symbol("rows")
    return given(call, table, left, columns, names_of(table))


@op(*both("drop"))
def drop(_: Any, call: Call) -> Value:
    """Columns by name, one less for each; rows by label."""
    table, rows, columns = subject(call)
    labels, by_column = call.value("labels", 0, NONE), call.value("columns", 3, NONE)
    beside = call.value("axis", 1, Const(0)) in (Const(1), Const("columns"))
    gone = by_column if by_column != NONE else labels
    if not beside and by_column == NONE or isinstance(table, Tensor):
        return given(call, table, dims.symbol("rows"), columns, names_of(table))
    names, listed = names_of(table), names_in(gone)
    listed = (gone.value,) if isinstance(gone, Const) else listed
    shape = array_shape(gone)
    count: Dim = (
        len(set(listed)) if listed is not None else shape[0] if isinstance(shape, tuple) and shape else Unknown("n")
    )
    if call.find("errors") is not None:
        count = Unknown("columns that may be missing")
    left = tuple(name for name in names if name not in listed) if names is not None and listed is not None else None
    return given(call, table, rows, len(left) if left is not None else dims.subtract(columns, count), left)


@op(*both("reset_index"))
def reset_index(_: Any, call: Call) -> Value:
    """The index becomes a column, unless dropped."""
    table, rows, columns = subject(call)
    dropped = flag(call.value("drop", 1, Const(False)))
    if isinstance(table, Tensor):
        return series(rows, table.dtype, table.cells) if dropped else frame(rows, 2, cells=table.cells)
    if dropped:
        return given(call, table, rows, columns, names_of(table))
    return given(call, table, rows, dims.add(columns, 1) if dropped is False else dims.symbol("columns"))


@op(f"{FRAME}.set_index")
def set_index(_: Any, call: Call) -> Value:
    table, rows, columns = subject(call)
    keys = call.value("keys", 0)
    names, listed = names_of(table), names_in(keys)
    listed = (keys.value,) if isinstance(keys, Const) else listed
    if flag(call.value("drop", 1, Const(True))) is not True or listed is None:
        return given(call, table, rows, dims.symbol("columns"))
    left = tuple(name for name in names if name not in listed) if names is not None else None
    return given(call, table, rows, dims.subtract(columns, len(listed)), left)


@op(*both("head", "tail"))
def ends(_: Any, call: Call) -> Value:
    table, rows, columns = subject(call)
    count = number(call.value("n", 0, Const(5)))
    plain = isinstance(rows, int) and isinstance(count, int) and count >= 0
    left: Dim = min(rows, count) if plain else Unknown("the first rows of a table")  # type: ignore[type-var]
    cells = cells_of(table)
    if isinstance(table, Tensor):
        return series(left, table.dtype, cells)
    return frame(left, columns, names_of(table), cells=cells)


@op(*both("sample"))
def sample(_: Any, call: Call) -> Value:
    table, rows, columns = subject(call)
    share, count = call.value("frac", 1, NONE), call.value("n", 0, NONE)
    left = rows if share in (Const(1), Const(1.0)) else number(count) if count != NONE else dims.symbol("rows")
    left = 1 if share == NONE and count == NONE else left
    cells = cells_of(table)
    if isinstance(table, Tensor):
        return series(left, table.dtype, cells)
    return frame(left, columns, names_of(table), cells=cells)


STATISTICS = (
    "sum mean std var max min median any all prod count nunique skew kurt quantile sem idxmax idxmin argmax argmin"
)


@op(*both(*STATISTICS.split()))
def statistics(_: Any, call: Call) -> Value:
    """A number of each column, or with `axis=1` of each row; of a column a number."""
    table, rows, columns = subject(call)
    if isinstance(table, Tensor):
        several = call.callee == "quantile" and call.positional() and array_shape(call.positional()[0].value) != ()
        return Unknown("several quantiles") if several else Tensor((), NUMBER)
    place = 0 if call.callee not in ("quantile",) else 1
    axis = call.value("axis", place, Const(0))
    if call.find("numeric_only") is not None or axis not in (Const(0), Const(1), Const("columns"), Const("index")):
        return series(Unknown("columns that are numbers"), cells=False)
    return series(rows if axis in (Const(1), Const("columns")) else columns, cells=False)


@op(f"{FRAME}.corr", f"{FRAME}.cov")
def correlated(_: Any, call: Call) -> Value:
    columns = size_of(call.receiver or NONE)[1] if not call.arguments else Unknown("columns that are numbers")
    return frame(columns, columns, cells=False)


@op(f"{FRAME}.select_dtypes", f"{FRAME}.assign", f"{FRAME}.join")
def columns_of(_: Any, call: Call) -> Value:
    """Some columns more or less."""
    table, rows, columns = subject(call)
    names = names_of(table)
    if call.callee == "assign" and names is not None and not call.open:
        every = tuple(dict.fromkeys((*names, *(a.name for a in call.arguments))))
        cells = cells_of(table, *(a.value for a in call.arguments))
        return frame(rows, dims.add(columns, len(every) - len(names)), every, cells=cells)
    cells = call.callee != "select_dtypes" or cells_of(table)
    return frame(rows if call.callee != "join" else dims.symbol("rows"), dims.symbol("columns"), cells=cells)


@op(f"{FRAME}.merge", f"{FRAME}.append", f"{FRAME}.describe", f"{FRAME}.melt", f"{FRAME}.pivot", f"{FRAME}.pivot_table")
def other(_: Any, call: Call) -> Value:
    """Another table."""
    return frame(dims.symbol("rows"), dims.symbol("columns"))


@op(f"{SERIES}.apply", f"{SERIES}.map", f"{SERIES}.transform")
def mapped(_: Any, call: Call) -> Value:
    """A value for each; the function may give several, which then stand in one cell or in columns of their own."""
    return series(subject(call)[1])


@op(f"{SERIES}.unique")
def unique(_: Any, call: Call) -> Value:
    return Tensor((dims.symbol("unique"),), NDARRAY, cells=cells_of(call.receiver))


@op(f"{SERIES}.value_counts", f"{SERIES}.mode", f"{SERIES}.append", f"{SERIES}.describe")
def counted(_: Any, call: Call) -> Value:
    return series(dims.symbol("unique"), cells=cells_of(call.receiver))


@op(f"{SERIES}.to_frame")
def to_frame(_: Any, call: Call) -> Value:
    return frame(subject(call)[1], 1, cells=cells_of(call.receiver))


@op(*both("rolling", "expanding", "ewm"))
def rolling(_: Any, call: Call) -> Value:
    """Windows over a table: each statistic of them has its shape."""
    return Thing("pandas.Window", {"table": call.receiver})


@op(
    *(
        f"pandas.Window.{name}"
        for name in ["mean", "std", "var", "sum", "min", "max", "median", "skew", "kurt", "quantile", "apply", "count"]
    )
)
def of_windows(_: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    table = call.receiver.fields["table"]
    if isinstance(table, Tensor):
        return Tensor(table.shape, SERIES)
    return frame(*size_of(table), names_of(table), cells=False)


@op("pandas.Window.__getitem__")
def window_columns(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    chosen = registry.item(call.receiver.fields["table"], call.value("index", 0), call.engine)
    return Thing("pandas.Window", {"table": chosen}) if isinstance(chosen, (Tensor, Thing)) else Unknown("windows")


@attribute(f"{SERIES}.str", f"{SERIES}.dt", f"{SERIES}.cat")
def accessor(_: Any, owner: Value, engine: Any) -> Value:
    return Thing("pandas.accessor", {"table": owner})


FIELDS = "year month day hour minute second dayofweek weekday dayofyear quarter date time days codes week"


@attribute(*(f"pandas.accessor.{name}" for name in FIELDS.split()))
def field(_: Any, owner: Value, engine: Any) -> Value:
    assert isinstance(owner, Thing)
    return series(array_shape(owner.fields["table"])[0], cells=False)  # type: ignore[index]


TEXTS = "lower upper strip replace len slice contains startswith endswith get zfill title strftime total_seconds split"


@op(*(f"pandas.accessor.{name}" for name in TEXTS.split()))
def texts(_: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    table = call.receiver.fields["table"]
    if call.find("expand") is not None or table.rank != 1:
        return Unknown("the parts of texts")
    kind = "bool" if call.callee in ("contains", "startswith", "endswith") else None
    return series(table.shape[0], kind, cells=call.callee in ("split", "get", "slice"))


@op(*both("info", "plot", "hist", "to_csv", "to_excel", "to_pickle", "boxplot"))
def nothing(_: Any, call: Call) -> Value:
    return NONE


@op(f"{INDEX}.tolist", f"{INDEX}.to_list")
def listed(_: Any, call: Call) -> Value:
    from lstm_lint.values.value import Many

    index = call.receiver
    assert isinstance(index, Tensor)
    if index.content is not None:
        return Thing("list", {"items": tuple(map(Const, index.content))})
    length = index.shape[0] if isinstance(index.shape, tuple) else Unknown("an index")
    return Thing("list", {"items": Many(Unknown("a label"), length)})


@op(f"{INDEX}.drop", f"{INDEX}.difference")
def index_without(_: Any, call: Call) -> Value:
    index, labels = call.receiver, call.value("labels", 0)
    assert isinstance(index, Tensor)
    gone = (labels.value,) if isinstance(labels, Const) else names_in(labels)
    if index.content is not None and gone is not None:
        left = tuple(name for name in index.content if name not in gone)
        return Tensor((len(left),), INDEX, index.dtype, left)
    size = index.shape[0] if isinstance(index.shape, tuple) else Unknown("an index")
    return Tensor((dims.subtract(size, len(gone)) if gone is not None else dims.symbol("columns"),), INDEX, index.dtype)
