"""Several labels at once: sigmoid and binary_crossentropy."""
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(shape=(4, 2)),
    keras.layers.LSTM(3),
    keras.layers.Dense(5, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(np.random.rand(6, 4, 2), np.random.randint(0, 2, (6, 5)), verbose=0)
