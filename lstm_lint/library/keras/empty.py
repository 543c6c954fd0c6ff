"""Tensors without elements: which layers of Keras 2 refuse an axis of no steps, pixels or features."""

from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.windows import axes_of, channels_first, split
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.value import Shape

RAISES = ("ValueError", "InvalidArgumentError", "ZeroDivisionError")
IMAGES = {"UpSampling2D": "run", "Resizing": "run", "CenterCrop": "call"}
"""They want images of some pixels and channels, now or when they run."""


def check_empty(call: LayerCall, name: str, shape: Shape) -> None:
    """Raises or tells what comes of an axis of size 0."""
    stage = IMAGES.get(name)
    if stage is not None and 0 in shape[-3:]:
        return meet(call, _clash(call, stage))
    first = channels_first(call) if "D" in name[-11:] else None
    if first is None or len(shape) < 3:
        return None
    if name.startswith("ConvLSTM"):
        shape = (shape[0], *shape[2:])
    stage = _stage(call, name, *split(shape, first))
    return meet(call, _clash(call, stage)) if stage else None


def _stage(call: LayerCall, name: str, spatial: tuple[Dim, ...], channels: Dim) -> str:
    """Where it is refused, if it is."""
    if name.startswith(("Global", "UpSampling")):
        return "call" if 0 in spatial else ""
    if name.startswith("DepthwiseConv"):
        return "run" if channels == 0 else ""
    pooled = name.startswith("MaxPooling") and axes_of(name) < 3 and call.text("padding") == "valid"
    kernel = name.startswith(("Conv", "SeparableConv")) and not name.endswith("Transpose")
    return "call" if channels == 0 and (pooled or kernel) else ""


def _clash(call: LayerCall, stage: str) -> Clash:
    stage = stage if call.symbolic else "call"
    return call.clash("no-elements", (), RAISES, stage=stage)
