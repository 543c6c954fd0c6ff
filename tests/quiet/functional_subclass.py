"""Models derived from keras.Model that are functional all the same, and layers that hand what they do not know to their base."""
import keras
import numpy as np
from keras import layers


class Trained(keras.Model):
    def train_step(self, *args, **kwargs):
        return super().train_step(*args, **kwargs)


class Named(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = 0


class Scaled(layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, x):
        return x * self.factor


class Wide(layers.LSTM):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)


inputs = keras.Input((5, 3))
x = Scaled(2.0, name="scaled", trainable=False, dtype="float32")(inputs)
outputs = layers.Dense(1)(Wide(4, return_sequences=False)(x))
for kind in (Trained, Named):
    model = kind(inputs, outputs)
    model = kind(inputs=inputs, outputs=outputs, name="of_two")
    model.compile("adam", "mse")
    model.fit(np.zeros((4, 5, 3)), np.zeros((4, 1)), verbose=0)
