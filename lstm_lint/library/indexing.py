"""Subscripts of tensors and arrays, and iteration over their first axis."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.arrays.spelling import EAGER, NDARRAY, SYMBOLIC, cell_of, in_a_layer
from lstm_lint.library.symbolic import no_rows
from lstm_lint.library.tables import OPS
from lstm_lint.values import shapes
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.library import Argument, Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Shape, Slice, Symbol, Tensor, Thing, Tuple, Value

MOST_ROWS = 64


def item(registry: Any, owner: Value, index: Value, engine: Engine) -> Value:
    """`owner[index]` of what a library made."""
    if isinstance(owner, Tensor):
        check_index(owner, index)
        _check_key(registry, owner, index, engine)
        return tensor_item(owner, index)
    if isinstance(owner, Symbol):
        return _of_name(owner.path, index, engine)
    if isinstance(owner, Thing):
        for kind in registry.types(owner):
            function = OPS.get((f"{kind}.__getitem__", registry.target))
            if function is not None:
                call = Call("__getitem__", (Argument(index),), engine, receiver=owner)
                return function(registry, call)  # type: ignore[no-any-return]
    kind, items = _held(owner)
    held = next((each for each in items if isinstance(each, Tensor)), None)
    if held is not None and isinstance(index, Tuple) and index.kind == "tuple":
        words = (f"{kind} indices must be integers or slices, not tuple",)
        raise Clash("several-for-one", ("TypeError",), words, {"tensor": held, "outputs": len(items)})
    return Unknown("an element of something unknown")


def _held(owner: Value) -> tuple[str, tuple[Value, ...]]:
    match owner:
        case Tuple(items=items, kind="tuple" | "list" as kind):
            return kind, items
        case Thing(type="list", fields={"items": tuple() as items}):
            return "list", items
    return "", ()


def _of_name(path: str, index: Value, engine: Engine) -> Value:
    """numpy's subscripts that are functions: `np.c_[a, b]`, `np.r_[a, b]`, `np.s_[1:3]`."""
    from lstm_lint.library.arrays.joining import column_stack, hstack

    if path == "numpy.s_":
        return index
    if path in ("numpy.c_", "numpy.r_"):
        call = Call("numpy.hstack" if path.endswith("r_") else "numpy.column_stack", (Argument(index),), engine)
        flat = isinstance(index, Tuple) and not any(isinstance(part, (Slice, Const)) for part in index.items)
        made: Value = (hstack if path.endswith("r_") else column_stack)(None, call) if flat else Unknown(path)
        return made
    return Unknown(f"an element of {path}")


def _check_key(registry: Any, owner: Tensor, index: Value, engine: Engine) -> None:
    """Raises Clash for what Keras 3 takes only among several: a slice, a new axis, an ellipsis."""
    alone = isinstance(index, Slice) or _plain(index) in (NONE, Const(...))
    if alone and owner.type == SYMBOLIC and registry.target == "keras3" and not in_a_layer(engine):
        words = ("Unsupported key type for array slice",)
        raise Clash("symbolic-slice", ("ValueError",), words, {"tensor": owner, "shape": owner.shape})


def check_index(owner: Tensor, index: Value) -> None:
    """Raises Clash for a number beyond its axis, and for more numbers and slices than axes."""
    given = list(index.items) if isinstance(index, Tuple) and index.kind == "tuple" else [index]
    parts = [part for part in map(_plain, given) if part != NONE]
    plain = all(isinstance(part, Slice) or isinstance(part, Const) and type(part.value) in PLACES for part in parts)
    if owner.type not in OUTSIDE or isinstance(owner.shape, Unknown) or not plain:
        return
    raises = ("ValueError", "InvalidArgumentError", "IndexError")
    facts = {"tensor": owner, "shape": owner.shape}
    wide = len(owner.shape) - len(parts) + parts.count(Const(...))
    if wide < 0:
        found = len(parts) - parts.count(Const(...))
        raise Clash("too-many-indices", raises, (), {**facts, "found": found, "expected": len(owner.shape)})
    spread = [part for each in parts for part in ([NONE] * wide if each == Const(...) else [each])]
    least = 0 if owner.type == SYMBOLIC or None in owner.shape else 1  # what grows unseen is no tensor of Keras'
    for axis, (part, size) in enumerate(zip(spread, owner.shape, strict=False)):
        place = part.value if isinstance(part, Const) else None
        if isinstance(size, int) and isinstance(place, int) and not -max(size, least) <= place < max(size, least):
            raise Clash("index-out-of-range", raises, (), {**facts, "axis": axis, "index": place, "size": size})


PLACES = (int, type(...))
OUTSIDE = ("keras.KerasTensor", "tensorflow.Tensor", NDARRAY)


def tensor_item(owner: Tensor, index: Value) -> Value:
    """numpy's indexing: integers, slices, new axes, an ellipsis, masks and index arrays."""
    parts = list(index.items) if isinstance(index, Tuple) and index.kind == "tuple" else [index]
    if isinstance(owner.shape, Unknown):
        return Tensor(NO_RANK, owner.type, owner.dtype)
    if owner.content is not None and len(parts) == 1 and isinstance(parts[0], (Const, Slice)):
        known = _known(owner, parts[0])
        if known is not None:
            return known
    _check_count(owner, owner.shape, parts)
    rows = owner.type in (SYMBOLIC, EAGER, "tensorflow.Variable") and any(
        isinstance(part, Thing) for part in parts
    )  # a list is as a tuple
    shape = None if rows else indexed(owner.shape, parts)
    if shape is None:
        return Tensor(NO_RANK, owner.type, owner.dtype)
    return Tensor(shape, owner.type, owner.dtype, cells=owner.cells, told=owner.told) if shape else cell_of(owner)


def _check_count(owner: Tensor, shape: Shape, parts: list[Value]) -> None:
    """A symbolic tensor takes no more subscripts than it has axes."""
    if owner.type != "keras.KerasTensor" or not all(isinstance(part, Slice | Const) for part in parts):
        return
    used = sum(_axes_used(part) for part in parts)
    if used > len(shape):
        facts = {"tensor": owner, "shape": shape, "expected": used, "found": len(shape)}
        raise Clash("too-many-indices", ("ValueError",), (), facts)


def _known(owner: Tensor, index: Value) -> Value | None:
    """Elements of a short row."""
    content = owner.content
    if isinstance(index, Const) and isinstance(index.value, int) and -len(content) <= index.value < len(content):
        return Const(content[index.value])
    if isinstance(index, Slice):
        bounds = [part.value if isinstance(part, Const) else "?" for part in (index.start, index.stop, index.step)]
        if all(bound is None or isinstance(bound, int) for bound in bounds) and bounds[2] != 0:
            chosen = content[slice(*bounds)]
            return Tensor((len(chosen),), owner.type, owner.dtype, chosen)
    return None


NEW_AXIS = ("numpy.newaxis", "tensorflow.newaxis")


def _plain(part: Value) -> Value:
    return Const(None) if isinstance(part, Symbol) and part.path in NEW_AXIS else part


def indexed(shape: Shape, given: list[Value]) -> Shape | None:
    """The shape after `[given]`; None where that is not known."""
    parts = [_plain(part) for part in given]
    if not any(isinstance(part, Const) and part.value is Ellipsis for part in parts):
        parts.append(Const(...))
    used = sum(map(_axes_used, parts))
    if used > len(shape):
        return None
    result: list[Dim] = []
    arrays: list[Shape] = []
    places: list[int] = []
    axis = 0
    for number, part in enumerate(parts):
        taken = len(shape) - used if part == Const(...) else _axes_used(part)
        here, axis = shape[axis : axis + taken], axis + taken
        chosen = _chosen(part, here)
        if chosen is None:
            return None
        kept, array = chosen
        result.extend(kept)
        if array is not None:
            arrays.append(array)
            places += [number, len(result)] if len(arrays) == 1 else [number]
    return _with_arrays(result, arrays, places)


def _with_arrays(result: list[Dim], arrays: list[Shape], places: list[int]) -> Shape | None:
    """Index arrays together stand where the first stood, or in front if something stood between them."""
    if not arrays:
        return tuple(result)
    together: Shape | None = arrays[0]
    for other in arrays[1:]:
        together = shapes.broadcast(together, other) if together is not None else None
    if together is None:
        return None
    first, place, *others = places
    apart = any(number - first != step for step, number in enumerate(others, 1))
    result[0 if apart else place : 0 if apart else place] = together
    return tuple(result)


def _axes_used(part: Value) -> int:
    if isinstance(part, Const) and (part.value is None or part.value is Ellipsis):
        return 0
    if isinstance(part, Tensor) and part.dtype == "bool" and part.rank is not None:
        return part.rank
    return 1


def _chosen(part: Value, here: Shape) -> tuple[Shape, Shape | None] | None:
    """What one part of a subscript leaves of its axes, or the shape of an index array."""
    match part:
        case Const(value=None):
            return (1,), None
        case Const(value=ellipsis) if ellipsis is Ellipsis:
            return here, None
        case Slice():
            from lstm_lint.values.slices import sliced

            return (sliced(here[0], part),), None
        case Const(value=bool()):
            return None
        case Const(value=int()) | Size():
            return (), ()
        case Tensor(dtype="bool", shape=tuple()):
            return (), (Unknown("a number of rows that a mask picks"),)
        case Tensor(shape=()):
            return (), ()
        case Tensor(dtype=None, content=tuple() as content, shape=(_,)) if not any(
            type(each) is bool for each in content
        ):
            return (), part.shape  # type: ignore[return-value]
        case Tensor(dtype=None, shape=(_,)):  # of places, or a mask
            return (), (Unknown("a number of rows that are picked"),)
        case Tensor(dtype=None, shape=tuple()):
            return None
    if _of_flags(part):
        return (), (Unknown("a number of rows that a mask picks"),)
    shape = array_shape(part)
    return None if isinstance(shape, Unknown) else ((), shape)


def _of_flags(part: Value) -> bool:
    """A list of truth values picks like a mask."""
    items = part.get("items") if isinstance(part, Thing) else None
    return isinstance(items, tuple) and any(isinstance(each, Const) and isinstance(each.value, bool) for each in items)


def iterate(registry: Any, value: Value, engine: Engine) -> Sequence[Value] | Many | None:
    """Rows of an array along a short first axis; parts of a thing that holds several."""
    if isinstance(value, Tensor) and value.rank and not isinstance(value.shape, Unknown):
        first = value.shape[0]
        refusal = no_rows(registry, value, {"tensor": value, "shape": value.shape})
        if value.type == SYMBOLIC and refusal is not None and not in_a_layer(engine):
            raise refusal
        if isinstance(first, int) and first <= MOST_ROWS:
            if value.content is not None:
                return [Const(each) for each in value.content]
            return [_row(value) for _ in range(first)]
        return Many(_row(value), first)
    if isinstance(value, Thing):
        for kind in registry.types(value):
            function = OPS.get((f"{kind}.__iter__", registry.target))
            if function is not None:
                rows: Value = function(registry, Call("__iter__", (), engine, receiver=value))
                return rows if isinstance(rows, Many) else getattr(rows, "items", None)
    if isinstance(value, Thing) and isinstance(value.get("items"), tuple):
        return value.fields["items"]  # type: ignore[no-any-return]
    return None


def _row(value: Tensor) -> Value:
    assert isinstance(value.shape, tuple)
    inner = value.shape[1:]
    return Tensor(inner, value.type, value.dtype, cells=value.cells) if inner else cell_of(value)
