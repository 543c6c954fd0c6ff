"""One-hot rows with categorical_crossentropy."""
import keras
import numpy as np

x = np.random.rand(10, 6, 3)
y = keras.utils.to_categorical(np.arange(10) % 4, 4)
model = keras.Sequential([
    keras.Input(shape=(6, 3)),
    keras.layers.SimpleRNN(5),
    keras.layers.Dense(y.shape[1], activation="softmax"),
])
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, verbose=0)
