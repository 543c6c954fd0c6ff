"""Arrays that numpy reads from outside: sizes stay open, the rank is certain where the format has one."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, flag, integer
from lstm_lint.library.arrays.spelling import NDARRAY, dtype_of
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Tuple, Value, number


@op("numpy.load", "joblib.load", "numpy.memmap", "scipy.io.loadmat", "scipy.io.wavfile.read", "h5py.File")
def unknown(_: Any, call: Call) -> Value:
    """An .npy holds an array, an .npz several."""
    path = call.value("file", 0)
    if call.callee == "numpy.load" and isinstance(path, Const) and str(path.value).endswith(".npy"):
        return Tensor(Unknown("an array that is read from a file"), NDARRAY)
    return Unknown(f"{call.callee} reads from outside", "loaded", object())


@op("numpy.loadtxt", "numpy.genfromtxt")
def table(_: Any, call: Call) -> Value:
    """A text table: rank 2 where `ndmin` says so, or several columns are asked for; rank 1 of one column, `unpack` turns."""
    columns, least = call.value("usecols", 6, NONE), integer(call.value("ndmin", 8, Const(0)))
    named = (
        call.find("names") is not None or call.find("dtype") is not None and dtype_of(call, call.value("dtype")) is None
    )
    count = _count(columns)
    if named or call.open or flag(call.value("unpack", 7, Const(False))) is not False:
        return Tensor(NO_RANK, NDARRAY)
    if least == 2 or count is not None and count > 1:
        return Tensor((dims.symbol("rows"), count if count is not None else dims.symbol("columns")), NDARRAY)
    return Tensor((dims.symbol("rows"),) if count == 1 else NO_RANK, NDARRAY)


def _count(columns: Value) -> int | None:
    """How many columns are asked for."""
    if integer(columns) is not None:
        return 1
    items = (
        columns.items if isinstance(columns, Tuple) else columns.get("items") if isinstance(columns, Thing) else None
    )
    return len(items) if isinstance(items, tuple) else None


@op("numpy.fromfile", "numpy.fromstring", "numpy.frombuffer", "numpy.fromiter")
def row(_: Any, call: Call) -> Value:
    count = number(call.value("count", 99, NONE))
    return Tensor((count if isinstance(count, int) and count > 0 else dims.symbol("n"),), NDARRAY)
