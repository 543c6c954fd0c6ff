"""Sizes that no machine holds, and programs that would never end."""
import keras
import numpy as np
from keras import layers

x = keras.Input((5, 3))
layers.LSTM(10**9).kernel_c
layers.LSTM(4)(layers.LSTM(10**9)(x))
layers.LSTM(4)(layers.Dense(10**12)(layers.LSTM(4)(x)))
layers.LSTM(4)(layers.LSTM(4)(keras.Input((10**6, 3))))
layers.LSTM(4)(np.zeros((10**6, 10**6)))
layers.LSTM(4, unroll=True)(layers.LSTM(4)(keras.Input((10**6, 3))))
layers.Embedding(10**12, 10**6)(np.zeros((2, 5))).oops
layers.LSTM(4)(layers.RepeatVector(10**9)(layers.LSTM(4)(x))[0])
layers.LSTM(4)(np.arange(10**15))
layers.LSTM(4)(np.zeros(10**9).repeat(10**9))
layers.Dense(2 ** (2**20))
y = x
for _ in range(10**9):
    y = layers.LSTM(4, return_sequences=True)(y)
layers.LSTM(4)(layers.LSTM(4)(y))
while True:
    x = layers.Dense(3)(x)
