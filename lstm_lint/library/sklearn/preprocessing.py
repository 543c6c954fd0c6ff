"""Scalers and encoders: tables of rank 2 in, tables out; what they were fitted on decides how wide."""

from typing import Any

from lstm_lint.library.arguments import array_shape, flag, integer
from lstm_lint.library.arrays.spelling import NDARRAY
from lstm_lint.library.pandas.tables import SERIES
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, Value, number

HOME = "sklearn.preprocessing"
SCALERS = [
    *(f"{HOME}.{name}" for name in ["MinMaxScaler", "StandardScaler", "RobustScaler", "MaxAbsScaler", "Normalizer"]),
    *(f"{HOME}.{name}" for name in ["QuantileTransformer", "PowerTransformer", "Binarizer", "OrdinalEncoder"]),
    *(f"sklearn.impute.{name}" for name in ("SimpleImputer", "KNNImputer", "IterativeImputer")),
]
REDUCERS = [f"sklearn.decomposition.{name}" for name in ("PCA", "TruncatedSVD", "FastICA", "NMF", "KernelPCA")]
FEATURES = "features"


def methods(kinds: list[str], *names: str) -> list[str]:
    return [f"{kind}.{name}" for kind in kinds for name in names]


@op(
    *SCALERS,
    f"{HOME}.LabelEncoder",
    f"{HOME}.LabelBinarizer",
    f"{HOME}.MultiLabelBinarizer",
    f"{HOME}.FunctionTransformer",
)
def make(_: Any, call: Call) -> Value:
    return Thing(call.callee)


def table_of(call: Call) -> Shape | Unknown:
    """The shape of what is given. A rank other than 2 is refused."""
    assert isinstance(call.receiver, Thing)
    data = call.value("X", 0)
    shape = array_shape(data, call.engine)
    if isinstance(shape, Unknown) or len(shape) == 2:
        return shape
    words: tuple[str, ...] = (
        (f"Found array with dim {len(shape)}",) if len(shape) > 2 else ("Expected 2D array, got 1D array instead",)
    )
    if isinstance(data, Tensor) and data.type == SERIES:
        words = ()
    words = ("Expected 2D array, got scalar array instead",) if shape == () else words
    facts = {"shape": shape, "expected": 2, "found": len(shape), "tensor": data, "scaler": call.receiver.type}
    raise Clash("scaler-rank", ("ValueError",), words, facts)


def _remember(call: Call, shape: Shape | Unknown) -> None:
    width = Unknown("features") if isinstance(shape, Unknown) else shape[1]
    assert isinstance(call.receiver, Thing)
    call.engine.heap.put(call.receiver, FEATURES, Tensor((width,), NDARRAY))


def _width(call: Call) -> Dim:
    assert isinstance(call.receiver, Thing)
    held = array_shape(call.receiver.get(FEATURES) or NONE)
    return held[0] if isinstance(held, tuple) and held else Unknown("the features of a scaler")


@op(*methods([*SCALERS, *REDUCERS], "fit", "partial_fit"))
def fit(_: Any, call: Call) -> Value:
    _remember(call, table_of(call))
    return call.receiver or NONE


@op(*methods(SCALERS, "fit_transform"))
def fit_transform(_: Any, call: Call) -> Value:
    shape = table_of(call)
    _remember(call, shape)
    return scaled(shape)


@op(*methods(SCALERS, "transform", "inverse_transform"))
def transform(_: Any, call: Call) -> Value:
    """As wide as what it was fitted on, or it is refused."""
    assert isinstance(call.receiver, Thing)
    shape, width = table_of(call), _width(call)
    _refuse_width(call, shape, width)
    return scaled(shape if isinstance(shape, tuple) else (Unknown("samples"), width))


def _refuse_width(call: Call, shape: Shape | Unknown, width: Dim) -> None:
    if isinstance(shape, Unknown) or not isinstance(shape[1], int) or not isinstance(width, int) or shape[1] == width:
        return
    assert isinstance(call.receiver, Thing)
    backwards = call.callee == "inverse_transform"
    if backwards and width == 1 or backwards and call.receiver.type not in BROADCASTING:
        return
    words = () if backwards else (f"X has {shape[1]} features",)
    facts = {"shape": shape, "expected": width, "found": shape[1], "scaler": call.receiver.type, "method": call.callee}
    raise Clash("scaler-width", ("ValueError",), words, facts)


BROADCASTING = [f"{HOME}.{name}" for name in ("MinMaxScaler", "StandardScaler", "RobustScaler", "MaxAbsScaler")]


def scaled(shape: Shape | Unknown) -> Tensor:
    return Tensor(shape if isinstance(shape, tuple) else (Unknown("samples"), Unknown("features")), NDARRAY, "float64")


@op(f"{HOME}.scale", f"{HOME}.minmax_scale", f"{HOME}.normalize", f"{HOME}.robust_scale", f"{HOME}.maxabs_scale")
def by_function(_: Any, call: Call) -> Value:
    return Tensor(array_shape(call.value("X", 0), call.engine), NDARRAY, "float64")


@op(*REDUCERS)
def reducer(_: Any, call: Call) -> Value:
    return Thing(call.callee, {"components": call.value("n_components", 0, NONE)})


@op(*methods(REDUCERS, "fit_transform", "transform"))
def reduced(_: Any, call: Call) -> Value:
    """(samples, n_components); a share of the variance, or none, leaves the number open."""
    assert isinstance(call.receiver, Thing)
    shape, count = table_of(call), call.receiver.get("components", NONE)
    known = number(count) if integer(count) is not None or not isinstance(count, Const) else Unknown("components")
    return Tensor((shape[0] if isinstance(shape, tuple) else Unknown("samples"), known), NDARRAY, "float64")


@op(*methods(REDUCERS, "inverse_transform"))
def restored(_: Any, call: Call) -> Value:
    shape = table_of(call)
    return Tensor((shape[0] if isinstance(shape, tuple) else Unknown("samples"), _width(call)), NDARRAY, "float64")


def _rows(call: Call, *names: str) -> Dim:
    given = next((a.value for a in call.arguments if not a.name or a.name in names), NONE)
    shape = array_shape(given, call.engine)
    return shape[0] if isinstance(shape, tuple) and shape else Unknown("samples")


LABELS = f"{HOME}.LabelEncoder"


@op(*methods([LABELS], "fit_transform", "transform", "inverse_transform"))
def labels(_: Any, call: Call) -> Value:
    """A column of labels -> a column of numbers."""
    return Tensor((_rows(call, "y"),), NDARRAY, None if call.callee == "inverse_transform" else "int64")


@op(*methods([LABELS, f"{HOME}.LabelBinarizer", f"{HOME}.MultiLabelBinarizer"], "fit"))
def fit_labels(_: Any, call: Call) -> Value:
    _count(call)
    return call.receiver or NONE


def _count(call: Call) -> Dim:
    """The number of classes: counted where the labels are written, else one symbol for this encoder."""
    assert isinstance(call.receiver, Thing)
    data = call.value("y", 0)
    content = data.content if isinstance(data, Tensor) else None
    count: Dim = len(set(content)) if content is not None else dims.symbol("classes")
    call.engine.heap.put(call.receiver, FEATURES, Tensor((count,), NDARRAY))
    return count


@op(*methods([f"{HOME}.LabelBinarizer", f"{HOME}.MultiLabelBinarizer"], "fit_transform", "transform"))
def binarized(_: Any, call: Call) -> Value:
    """(n, classes); of two classes LabelBinarizer makes one column."""
    assert isinstance(call.receiver, Thing)
    count = _count(call) if call.callee == "fit_transform" else _width(call)
    single = call.receiver.type.endswith(".LabelBinarizer")
    return Tensor(
        (_rows(call, "y"), 1 if single and isinstance(count, int) and count <= 2 else count), NDARRAY, "int64"
    )


@op(f"{HOME}.OneHotEncoder")
def one_hot_encoder(_: Any, call: Call) -> Value:
    """Sparse unless told: `sparse_output=False`, before 1.2 `sparse=False`."""
    dense = [call.value(name, None, NONE) for name in ("sparse_output", "sparse")]
    return Thing(call.callee, {"dense": Const(any(flag(each) is False and each != NONE for each in dense))})


@op(f"{HOME}.OneHotEncoder.fit")
def fit_one_hot(_: Any, call: Call) -> Value:
    table_of(call)
    assert isinstance(call.receiver, Thing)
    call.engine.heap.put(call.receiver, FEATURES, Tensor((dims.symbol("classes"),), NDARRAY))
    return call.receiver


@op(f"{HOME}.OneHotEncoder.fit_transform", f"{HOME}.OneHotEncoder.transform")
def one_hot(_: Any, call: Call) -> Value:
    shape = table_of(call)
    assert isinstance(call.receiver, Thing)
    if call.callee == "fit_transform":
        call.engine.heap.put(call.receiver, FEATURES, Tensor((dims.symbol("classes"),), NDARRAY))
    rows = shape[0] if isinstance(shape, tuple) else Unknown("samples")
    kind = NDARRAY if call.receiver.get("dense") == Const(True) else SPARSE
    return Tensor((rows, _width(call)), kind, "float64")


SPARSE = "scipy.sparse.spmatrix"


@op(f"{SPARSE}.toarray", f"{SPARSE}.todense", f"{NDARRAY}.toarray")
def dense(_: Any, call: Call) -> Value:
    return Tensor(array_shape(call.receiver or NONE), NDARRAY, "float64")


VECTORIZERS = [f"sklearn.feature_extraction.text.{name}" for name in ("CountVectorizer", "TfidfVectorizer")]


@op(*VECTORIZERS)
def vectorizer(_: Any, call: Call) -> Value:
    return Thing(call.callee)


@op(*methods(VECTORIZERS, "fit_transform", "transform"))
def vectors(_: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    if call.receiver.get(FEATURES) is None:
        call.engine.heap.put(call.receiver, FEATURES, Tensor((dims.symbol("words"),), NDARRAY))
    return Tensor((_rows(call, "raw_documents"), _width(call)), SPARSE, "float64")


@op(f"{HOME}.label_binarize")
def label_binarize(_: Any, call: Call) -> Value:
    shape = array_shape(call.value("classes", 1), call.engine)
    count = shape[0] if isinstance(shape, tuple) and shape else Unknown("classes")
    return Tensor((_rows(call, "y"), 1 if count == 2 else count), NDARRAY, "int64")
