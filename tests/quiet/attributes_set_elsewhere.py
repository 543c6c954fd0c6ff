"""Attributes of a model that other methods, loops, bases and Keras itself give it; arguments that Keras fills in."""
import keras
import numpy as np
from keras import layers


class Base(keras.Model):
    def prepare(self, units):
        self.rnn, self.head = layers.GRU(units), layers.Dense(1)


class Net(Base):
    scale: float

    def __init__(self, units):
        super().__init__()
        self.prepare(units)

    def build(self, shape):
        self.mix = layers.Dense(shape[-1])
        super().build(shape)

    def call(self, x, training):
        x = self.mix(x)
        self.seen = x
        return self.head(self.rnn(x, training=training))

    def look(self):
        self.scale = 2.0
        return self.seen, self.scale, self.name, self.layers, self.trainable_variables


net = Net(4)
net(np.zeros((2, 5, 3), "float32"), training=False)
net.look()
net.compile("adam", "mse")
net.fit(np.zeros((4, 5, 3)), np.zeros((4, 1)), verbose=0)
print(net.history, net.optimizer, net.stop_training)
