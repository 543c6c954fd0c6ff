"""Keras 2.0 names of weights on a tf.keras layer."""
import tensorflow as tf

units = 4
lstm = tf.keras.layers.LSTM(units)
lstm.build((None, 5, 3))
print(lstm.cell.kernel_i.shape, lstm.cell.recurrent_kernel_c.shape, lstm.cell.bias_f.shape)
