"""Two heads with a loss each."""
import keras
import numpy as np
from keras.layers import GRU, Dense, Input

inputs = Input(shape=(5, 2))
x = GRU(6)(inputs)
price = Dense(1, name="price")(x)
kind = Dense(3, activation="softmax", name="kind")(x)
model = keras.Model(inputs, [price, kind])
model.compile("adam", loss={"price": "mse", "kind": "sparse_categorical_crossentropy"})
model.fit(np.zeros((6, 5, 2)), {"price": np.zeros((6, 1)), "kind": np.zeros(6, int)}, verbose=0)
