"""Names that a program puts on a library and on a class itself, and a Sequential whose first layer was adapted."""

import tensorflow as tf
from tensorflow.keras import backend as K


def waves(x):
    return K.flatten(K.stack([x, x]), -2)


def flatten(x, start=None, end=None):
    return x


K.flatten = flatten
y = K.flatten(tf.ones((2, 3)), -1)


class Captioner(tf.keras.Model):
    @classmethod
    def add_method(cls, fun):
        setattr(cls, fun.__name__, fun)
        return fun

    def __init__(self, units):
        super().__init__()
        self.dense = tf.keras.layers.Dense(units)


@Captioner.add_method
def call(self, inputs):
    return self.dense(inputs)


model = Captioner(3)
print(model(tf.ones((2, 3))).shape, y.shape)
vectors = tf.keras.layers.TextVectorization(max_tokens=10, output_sequence_length=4)
vectors.adapt(tf.constant(["a b", "c d"]))
table = tf.keras.layers.Embedding(10, 2)
text = tf.keras.Sequential([vectors, table])
text.summary()
