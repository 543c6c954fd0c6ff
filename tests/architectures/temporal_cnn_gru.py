"""Sensor channels: two branches that meet, as in activity recognition."""
import numpy as np
from keras import Input, Model
from keras.layers import (
    GRU,
    AveragePooling1D,
    BatchNormalization,
    Concatenate,
    Conv1D,
    Dense,
    Flatten,
    GlobalAveragePooling1D,
    LeakyReLU,
    Permute,
    SeparableConv1D,
    ZeroPadding1D,
)

n_timesteps, n_features, n_outputs = 64, 9, 6
ip = Input(shape=(n_timesteps, n_features))

x = Permute((2, 1))(ip)
x = GRU(8)(x)

y = ZeroPadding1D(2)(ip)
for filters, size in zip((32, 64), (8, 5)):
    y = Conv1D(filters, size, padding="same", kernel_initializer="he_uniform")(y)
    y = BatchNormalization()(y)
    y = LeakyReLU()(y)
y = AveragePooling1D(2)(y)
y = SeparableConv1D(32, 3, depth_multiplier=2)(y)
z = Flatten()(y)
y = GlobalAveragePooling1D()(y)

x = Concatenate()([x, y, z])
out = Dense(n_outputs, activation="softmax")(x)
model = Model(ip, out)
