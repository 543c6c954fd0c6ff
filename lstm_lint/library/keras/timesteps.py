"""How TimeDistributed takes its steps apart for the layer inside, and puts together what that gives."""

from collections.abc import Sequence

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import BUILT, SYMBOLIC, LayerCall, call_layer
from lstm_lint.library.keras.feeding import Again, mapped
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.mask_shapes import known_mask
from lstm_lint.library.keras.masks import Mask
from lstm_lint.library.keras.models import GRAPH_KINDS, layers_of
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.records import replace
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Thing, Tuple, Value, truth

SHAPELESS = frozenset(
    f"keras.layers.{name}"
    for name in [
        *("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout", "AlphaDropout"),
        *("GaussianNoise", "ActivityRegularization", "Identity", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax"),
        *("Rescaling", "Masking", "UnitNormalization", "Discretization", "Hashing"),
    ]
)
"""Layers of Keras 3 that tell as their shape whatever they are given for one."""
OF_ENDS = frozenset(f"keras.layers.Global{kind}Pooling{n}D" for kind in ("Max", "Average") for n in (1, 2, 3))
"""Layers that tell the first axis and the last one."""


OF_THREE = ("Flatten", "MaxPooling", "AveragePooling")


def told_of(held: Value, given: Sequence[Tensor]) -> Sequence[Tensor] | None:
    """Those of several tensors that this layer inside tells a shape of, where Keras 3 takes their shapes for one."""
    name, count = held.type.rpartition(".")[2] if isinstance(held, Thing) else "", len(given)
    if not isinstance(held, Thing) or count < 3:
        return None
    if held.type in SHAPELESS or name.startswith(OF_THREE) and count == 3:
        return given
    if held.type in OF_ENDS:
        return [*given[:2], given[-1]]
    places = len(listed(argument(held, "dims")) or ()) if name == "Permute" else 0
    kept = places + 2 if places else int(name[-2]) + 3 if name.startswith("UpSampling") else count + 1
    return given[:kept] if count >= kept else None


def over_list(call: LayerCall, held: Thing) -> Value:
    """Keras 3 takes several shapes for one, which two are too short for; a run takes no list (3.15, each layer asked)."""
    told, errors = told_of(held, call.inputs), ("ValueError", "TypeError", "AttributeError", "IndexError")
    stage = "run" if told is not None and call.symbolic else "call"
    meet(call, call.clash("several-inputs", (), errors, stage=stage, outputs=len(call.inputs)))
    changed = held.type.rpartition(".")[2].startswith("UpSampling")
    return Tuple(tuple(call.of(NO_RANK if changed else each.shape) for each in told or ()))


def check_several(call: LayerCall, held: Thing) -> None:
    """Keras 2 wants steps in each; Dense one tensor, and a recurrent layer is built for the shape of one."""
    recurrent = "keras.layers.RNN" in call.registry.types(held) or held.type == "keras.layers.Bidirectional"
    alone = held.type == "keras.layers.Dense" or recurrent and not _stateful(call.registry, held)
    if alone and len(call.inputs) > 1:
        raise call.clash("several-inputs", (), ("ValueError", "TypeError"), outputs=len(call.inputs))
    short = any(each.rank is not None and each.rank < 3 for each in call.inputs)
    if short and call.layer.get(BUILT) is None:
        errors = ("ValueError", "TypeError", "AttributeError", "IndexError")
        raise call.clash("several-inputs", "with at least 3 dimensions, received", errors, outputs=len(call.inputs))


def over_several(call: LayerCall, held: Thing) -> Value:
    """Keras 2 gives the layer inside a list of the steps of each."""
    shapes = [each.shape for each in call.inputs if isinstance(each.shape, tuple)]
    if len(shapes) < len(call.inputs):
        return call.of(NO_RANK, None)
    several = zip(call.inputs, shapes, strict=True)
    steps = tuple(
        replace(each, shape=(rows_of(call, held, shape), *shape[2:]), mask=None, runs=None) for each, shape in several
    )
    asked = Call("__call__", (Argument(Tuple(steps, kind="list")),), call.call.engine, call.call.place, held)
    result = call_layer(call.registry, asked)
    rows, (first, *_) = rows_of(call, held, shapes[0]), shapes

    def cut(each: Value) -> Value:
        if not isinstance(each, Tensor) or isinstance(each.shape, Unknown) or not each.shape:
            return call.of(NO_RANK, None)
        return call.of((*lead(call, held, rows, each.shape, first), *each.shape[1:]), each.dtype)

    return mapped(result, cut)


def rows_of(call: LayerCall, held: Thing, shape: Shape) -> Dim:
    """Keras 2 puts the steps of all samples under each other, but where the layer inside keeps states or is the user's."""
    batch, steps = shape[:2]
    if call.keras3 or batch is not None and (held.type == "instance" or _stateful(call.registry, held)):
        return batch
    return None if None in (batch, steps) else dims.multiply(batch, steps)


def check_rows(call: LayerCall, asked: Call, step: Tensor) -> None:
    """Do the steps of any batch go with their mask? In a run of Keras 2 there are batch times steps of both."""
    mask, shape, heap = known_mask(step), call.input.shape, call.call.engine.heap
    steps = shape[1] if isinstance(shape, tuple) else None
    if mask is None or not call.symbolic or not isinstance(steps, int) or isinstance(step.shape, Unknown):
        return
    rows = dims.multiply(dims.symbol("batch", None, 1), steps)
    data = Tensor((rows, *step.shape[1:]), SYMBOLIC, step.dtype, mask=Mask(None, True, shape=(rows, *mask[1:])))
    engine = Again(call.call.engine, heap, bodies=False)
    heap.open()
    try:
        call_layer(call.registry, replace(asked, arguments=(Argument(data), *asked.arguments[1:]), engine=engine))
    except Clash as clash:
        if clash.kind == "mask-shape":
            meet(call, call.clash(clash.kind, (), clash.raises, **{**clash.facts, "stage": "run"}))
    finally:
        heap.rollback()


def _stateful(registry: Registry, held: Thing) -> bool:
    several = layers_of(registry, held) or () if held.type in GRAPH_KINDS else ()
    wrapped = argument(held, "layer")
    own = wrapped if held.type == "keras.layers.Bidirectional" and isinstance(wrapped, Thing) else held
    return truth(argument(own, "stateful")) is True or any(_stateful(registry, each) for each in several)


def lead(call: LayerCall, held: Thing, rows: Dim, given: Shape, shape: Shape) -> tuple[Dim, Dim]:
    """Batch and steps: what the layer inside gives is cut into so many again; Keras 3 takes each step for itself."""
    batch, steps = shape[:2]
    cut = given[0]
    if call.keras3:  # of an image that has no batch, two axes and one of features are left
        return cut if isinstance(cut, int) else batch, steps
    if not isinstance(cut, int) or dims.same(cut, rows):
        return batch, steps
    wanted = dims.multiply(batch or 1, steps or 1)
    if isinstance(wanted, int) and wanted and (cut % wanted or isinstance(rows, int)):
        late = call.symbolic and not all(isinstance(dim, int) for dim in given)
        errors = ("ValueError", "InvalidArgumentError")
        facts = {"shape": given, "target": (batch, steps, *given[1:]), "stage": "run" if late else "call"}
        meet(call, call.clash("reshape", (), errors, **facts))
    if None in given or not isinstance(wanted, int) or not wanted or batch is None is steps:
        return batch, steps
    missing = cut // wanted
    return (missing, steps) if batch is None and steps is not None else (batch, missing if steps is None else steps)
