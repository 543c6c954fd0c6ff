"""tf.keras 2.x: by the private path, which editors liked to complete."""
import numpy as np
from tensorflow.python.keras.layers import LSTM, Dense
from tensorflow.python.keras.models import Sequential

model = Sequential()
model.add(LSTM(4, input_shape=(5, 2)))
model.add(Dense(1))
model.compile("adam", "mse")
model.fit(np.random.rand(8, 5, 2), np.random.rand(8, 1), epochs=1)
