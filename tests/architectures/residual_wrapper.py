"""A model around a model: what it predicts is added to the last step."""
import tensorflow as tf


class ResidualWrapper(tf.keras.Model):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def call(self, inputs, *args, **kwargs):
        delta = self.model(inputs, *args, **kwargs)
        return inputs + delta


residual_lstm = ResidualWrapper(
    tf.keras.Sequential([
        tf.keras.layers.LSTM(32, return_sequences=True),
        tf.keras.layers.Dense(19, kernel_initializer=tf.initializers.zeros()),
    ]))
out = residual_lstm(tf.zeros((2, 24, 19)))
