"""A layer of one's own that weighs the steps, with weights made in build."""
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding, Input, Layer
from tensorflow.keras.models import Model


class Attention(Layer):
    def __init__(self, **kwargs):
        super(Attention, self).__init__(**kwargs)

    def build(self, input_shape):
        self.W = self.add_weight(name="att_weight", shape=(input_shape[-1], 1), initializer="random_normal")
        self.b = self.add_weight(name="att_bias", shape=(input_shape[1], 1), initializer="zeros")
        super(Attention, self).build(input_shape)

    def call(self, x):
        et = tf.squeeze(tf.tanh(tf.tensordot(x, self.W, axes=1) + self.b), axis=-1)
        at = tf.nn.softmax(et)
        at = tf.expand_dims(at, axis=-1)
        output = x * at
        return tf.reduce_sum(output, axis=1)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], input_shape[-1])


inputs = Input((30,))
x = Embedding(300, 32)(inputs)
att_in = Bidirectional(LSTM(20, return_sequences=True, dropout=0.3))(x)
att_out = Attention()(att_in)
outputs = Dense(1, activation="sigmoid", trainable=True)(att_out)
model = Model(inputs, outputs)
model.summary()
