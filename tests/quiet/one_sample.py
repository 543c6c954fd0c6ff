"""One sample, with its batch axis put back."""
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(5, 2)), keras.layers.LSTM(4), keras.layers.Dense(1)])
window = np.random.rand(5, 2)
print(model.predict(window[np.newaxis], verbose=0).shape)
print(model.predict(window.reshape((1, 5, 2)), verbose=0).shape)
print(model.predict(np.expand_dims(window, 0), verbose=0)[0, 0] is not None)
