"""A layer that embeds times by waves of several lengths, and weights drawn for mixing two batches."""

import math

import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import LSTM, Dense, Layer

DIM = 256


class TimeEmbedding(Layer):
    def __init__(self, dim, **kwargs):
        super().__init__(**kwargs)
        half = dim // 2
        scale = math.log(10000) / (half - 1)
        self.waves = tf.exp(tf.range(half, dtype=tf.float32) * -scale)

    def call(self, inputs):
        times = tf.cast(inputs, tf.float32)[..., None] * self.waves
        return tf.concat([tf.sin(times), tf.cos(times)], axis=-1)


def mixing_weight(size, concentration):
    one = tf.random.gamma(shape=[size], alpha=[concentration])
    other = tf.random.gamma(shape=[size], alpha=[concentration])
    return (one / (one + other))[0][0]


inputs = Input((12,))
outputs = Dense(1)(LSTM(8)(TimeEmbedding(DIM)(inputs)))
model = Model(inputs, outputs)
model.compile(optimizer="adam", loss="mse")

first, second = tf.random.uniform((4, 12)), tf.random.uniform((4, 12))
weight = mixing_weight(1, 0.25)
chosen = tf.random.uniform((4,), 0, 4, tf.int32) * 2 - tf.range(4)
model.fit(first * weight + second * (1.0 - weight), tf.cast(chosen, tf.float32), epochs=1, verbose=0)
