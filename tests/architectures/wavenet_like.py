"""Dilated causal convolutions with gates and skips, after them a GRU."""
from tensorflow import keras
from tensorflow.keras.layers import GRU, Activation, Add, Conv1D, Dense, Input, Multiply


def wavenet_block(x, filters, kernel_size, dilation):
    tanh = Conv1D(filters, kernel_size, dilation_rate=dilation, padding="causal", activation="tanh")(x)
    gate = Conv1D(filters, kernel_size, dilation_rate=dilation, padding="causal", activation="sigmoid")(x)
    z = Multiply()([tanh, gate])
    skip = Conv1D(filters, 1)(z)
    return Add()([skip, x]), skip


inputs = Input(shape=(128, 4))
x = Conv1D(16, 1, padding="same")(inputs)
skips = []
for dilation in [2 ** i for i in range(5)]:
    x, skip = wavenet_block(x, 16, 2, dilation)
    skips.append(skip)
x = Activation("relu")(Add()(skips))
x = GRU(12)(x)
outputs = Dense(1)(x)
model = keras.Model(inputs, outputs, name="wavenet")
model.compile(loss="mae", optimizer="adam")
