"""Toy data of documented shapes, and data that is made."""

from typing import Any

from lstm_lint.library.arguments import array_shape, flag
from lstm_lint.library.arrays.spelling import NDARRAY
from lstm_lint.library.pandas.tables import frame, series
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.library import Call
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, Tuple, Value, number

HOME = "sklearn.datasets"
BUNCH = "sklearn.utils.Bunch"
TOYS: dict[str, tuple[int, int, int]] = {  # rows, features, columns of the target
    "load_iris": (150, 4, 1),
    "load_wine": (178, 13, 1),
    "load_breast_cancer": (569, 30, 1),
    "load_diabetes": (442, 10, 1),
    "load_digits": (1797, 64, 1),
    "load_boston": (506, 13, 1),
    "load_linnerud": (20, 3, 3),
    "fetch_california_housing": (20640, 8, 1),
    "fetch_olivetti_faces": (400, 4096, 1),
}


@op(*(f"{HOME}.{name}" for name in TOYS))
def toy(_: Any, call: Call) -> Value:
    """A bunch of data and target; or the two."""
    rows, features, targets = TOYS[call.callee.rpartition(".")[2]]
    tables = flag(call.value("as_frame", None, Const(False)))
    data: Value = frame(rows, features) if tables else _array(rows, features)
    target: Value = (series(rows) if targets == 1 else frame(rows, targets)) if tables else _array(rows, targets)
    if flag(call.value("return_X_y", None, Const(False))):
        return Tuple((data, target))
    fields: dict[Any, Value] = {("set", "data"): data, ("set", "target"): target}
    fields["set", "feature_names"] = Thing("list", {"items": tuple(Const(f"feature {i}") for i in range(features))})
    if tables:
        fields["set", "frame"] = frame(rows, features + targets)
    if call.callee.endswith(("digits", "faces")):
        fields["set", "images"] = Tensor((rows, 8, 8) if features == 64 else (rows, 64, 64), NDARRAY)
    return Thing(BUNCH, fields)


def _array(rows: int, columns: int) -> Tensor:
    return Tensor((rows,) if columns == 1 else (rows, columns), NDARRAY)


@op(f"{BUNCH}.__getitem__")
def entry(_: Any, call: Call) -> Value:
    from lstm_lint.values.unknown import Unknown

    assert isinstance(call.receiver, Thing)
    key = call.value("index", 0)
    held: Value = call.receiver.get(
        ("set", key.value if isinstance(key, Const) else None), Unknown("an entry of a bunch")
    )
    return held


MADE: dict[str, tuple[int, int]] = {  # default samples and features
    "make_classification": (100, 20),
    "make_regression": (100, 100),
    "make_moons": (100, 2),
    "make_circles": (100, 2),
    "make_s_curve": (100, 3),
    "make_swiss_roll": (100, 3),
    "make_blobs": (100, 2),
    "make_friedman1": (100, 10),
}


@op(*(f"{HOME}.{name}" for name in MADE))
def make(_: Any, call: Call) -> Value:
    """(n_samples, n_features) and a target for each."""
    name = call.callee.rpartition(".")[2]
    samples, features = MADE[name]
    rows = number(call.value("n_samples", 0, Const(samples)))
    fixed = name in ("make_moons", "make_circles", "make_s_curve", "make_swiss_roll")
    columns = features if fixed else number(call.value("n_features", 1, Const(features)))
    if name == "make_blobs" and call.value("centers", 2, NONE) != NONE:
        centers = array_shape(call.value("centers", 2), call.engine)
        columns = centers[1] if isinstance(centers, tuple) and len(centers) == 2 else columns
    several = number(call.value("n_targets", 3, Const(1))) if name == "make_regression" else 1
    target: Shape = (rows,) if several == 1 else (rows, several)
    parts = (Tensor((rows, columns), NDARRAY, "float64"), Tensor(target, NDARRAY))
    return Tuple((*parts, Tensor((columns,), NDARRAY))) if call.find("coef") else Tuple(parts)


@op(f"{HOME}.fetch_openml")
def openml(_: Any, call: Call) -> Value:
    """From outside: a table and a column."""
    rows = dims.symbol("rows")
    frames = call.value("as_frame", None, NONE) != Const(False)
    data: Value = frame(rows, dims.symbol("columns")) if frames else Tensor((rows, dims.symbol("columns")), NDARRAY)
    target = series(rows) if frames else Tensor((rows,), NDARRAY)
    if flag(call.value("return_X_y", None, Const(False))):
        return Tuple((data, target))
    return Thing(BUNCH, {("set", "data"): data, ("set", "target"): target})


@op("sklearn.metrics.confusion_matrix")
def confusion(_: Any, call: Call) -> Value:
    count = dims.symbol("classes")
    return Tensor((count, count), NDARRAY, "int64")


SCORES = (
    "mean_squared_error mean_absolute_error r2_score accuracy_score f1_score precision_score recall_score roc_auc_score"
)


@op(*(f"sklearn.metrics.{name}" for name in SCORES.split()))
def score(_: Any, call: Call) -> Value:
    from lstm_lint.library.python.numbers import some_number

    return some_number()


@op("sklearn.utils.class_weight.compute_class_weight")
def class_weight(_: Any, call: Call) -> Value:
    return Tensor((dims.symbol("classes"),), NDARRAY, "float64")


@op("sklearn.utils.class_weight.compute_sample_weight")
def sample_weight(_: Any, call: Call) -> Value:
    shape = array_shape(call.value("y", 1), call.engine)
    return Tensor(shape if isinstance(shape, tuple) else (dims.symbol("n"),), NDARRAY, "float64")
