"""Layers that feed and follow recurrent ones: Dense, Embedding, and those that leave the shape as it is."""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall, rank_clash
from lstm_lint.library.tables import layer
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Value


@layer("keras.layers.Dense")
def dense(call: LayerCall) -> Value:
    """(batch, ..., features) -> (batch, ..., units)."""
    shape = call.input.shape
    if isinstance(shape, Unknown):
        return call.of(NO_RANK)
    if len(shape) < 2:
        raise rank_clash(call.layer, call.input, 2, least=True)
    return call.give(*shape[:-1], call.dim("units"))


@layer("keras.layers.Embedding")
def embedding(call: LayerCall) -> Value:
    """(batch, ...) -> (batch, ..., output_dim): one axis more, always."""
    shape = call.input.shape
    return call.of(NO_RANK) if isinstance(shape, Unknown) else call.give(*shape, call.dim("output_dim"))


SAME = (
    "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D Activation ReLU LeakyReLU PReLU ELU ThresholdedReLU Softmax "
    "BatchNormalization LayerNormalization UnitNormalization GroupNormalization Masking GaussianNoise GaussianDropout "
    "AlphaDropout ActivityRegularization Identity Rescaling"
).split()


@layer(*(f"keras.layers.{name}" for name in SAME))
def unchanged(call: LayerCall) -> Value:
    """The shape stays."""
    return call.of(call.input.shape, call.input.dtype)


layer("keras.layers.SpatialDropout1D", rank=3)(unchanged)
layer("keras.layers.SpatialDropout2D", rank=4)(unchanged)
layer("keras.layers.SpatialDropout3D", rank=5)(unchanged)


@layer("keras.layers.InputLayer")
def input_layer(call: LayerCall) -> Value:
    return call.input
