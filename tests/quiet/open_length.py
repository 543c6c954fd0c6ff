"""The number of steps is open, the number of features is not."""
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(None, 3)), keras.layers.LSTM(4), keras.layers.Dense(1)])
for steps in (3, 9):
    print(model.predict(np.zeros((2, steps, 3)), verbose=0).shape)
