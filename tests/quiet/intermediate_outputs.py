"""A second model shows what a layer inside gives."""
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(shape=(6, 2)),
    keras.layers.LSTM(4, return_sequences=True, name="first"),
    keras.layers.LSTM(3, name="second"),
])
inner = keras.Model(model.inputs, model.get_layer("first").output)
print(inner.predict(np.zeros((2, 6, 2)), verbose=0).shape)
