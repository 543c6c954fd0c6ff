"""Keras 2.2: attention written with functions of the backend."""
import numpy as np
from keras import backend as K
from keras.layers import Dense, Input, Layer, LSTM
from keras.models import Model


class Pooled(Layer):
    def call(self, x):
        scores = K.softmax(K.sum(x, axis=-1))
        weighted = x * K.expand_dims(scores)
        return K.concatenate([K.sum(weighted, axis=1), K.max(x, axis=1)])

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 2 * input_shape[-1])


inputs = Input((6, 2))
hidden = LSTM(4, return_sequences=True)(inputs)
print(K.int_shape(hidden))
model = Model(inputs, Dense(1)(Pooled()(hidden)))
model.compile("adam", "mse")
model.fit(np.random.rand(8, 6, 2), np.random.rand(8, 1), epochs=1)
