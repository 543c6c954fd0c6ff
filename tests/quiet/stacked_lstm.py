"""The usual stack: every recurrent layer but the last hands on all its steps."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

model = keras.Sequential()
model.add(keras.Input(shape=(10, 3)))
model.add(layers.LSTM(16, return_sequences=True))
model.add(layers.Dropout(0.2))
model.add(layers.LSTM(8))
model.add(layers.Dense(1))
model.compile(optimizer="adam", loss="mse")
model.fit(np.random.rand(20, 10, 3), np.random.rand(20, 1), epochs=1, verbose=0)
