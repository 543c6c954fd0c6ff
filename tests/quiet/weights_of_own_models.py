# A user's model has weights once it was called; layers and models are asked for them afterwards.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Encoder(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.rnn = layers.LSTM(units)
        self.out = layers.Dense(2)

    def call(self, x):
        return self.out(self.rnn(x))


x = np.zeros((3, 5, 2), "float32")
one, two, three = Encoder(4), Encoder(4), Encoder(4)
one.compile("adam", "mse")
one.fit(x, np.zeros((3, 2)), verbose=0)
two(x)
two.set_weights(one.get_weights())
three.rnn.build((None, 5, 2))
kernel, recurrent, bias = three.get_weights()
three.rnn.set_weights(one.rnn.get_weights())
print([layer.count_params() for layer in two.layers], two.count_params(), three.rnn.count_params())
later = keras.Sequential([layers.GRU(3), layers.Dense(1)])
later.build((None, 5, 2))
print([layer.count_params() for layer in later.layers])
