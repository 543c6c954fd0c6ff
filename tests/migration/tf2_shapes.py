"""tf.keras 2.x: shapes of layers, and the random seed of TensorFlow 1."""
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Model

tf.set_random_seed(1)
inputs = Input(batch_shape=(4, 5, 2))
recurrent = LSTM(6, time_major=False)
hidden = recurrent(inputs)
print(recurrent.output_shape)
model = Model(inputs, Dense(1)(hidden))
model.compile("adam", "mse")
model.fit(np.random.rand(8, 5, 2), np.random.rand(8, 1), batch_size=4, epochs=1)
