"""Keras 2.2: data from a generator."""
import numpy as np
from keras.layers import Dense, LSTM
from keras.models import Sequential


def batches():
    while True:
        yield np.random.rand(4, 6, 2), np.random.rand(4, 1)


model = Sequential([LSTM(8, input_shape=(6, 2)), Dense(1)])
model.compile("adam", "mse")
model.fit_generator(batches(), steps_per_epoch=3, epochs=1, verbose=0, workers=1, max_queue_size=2)
print(model.evaluate_generator(batches(), steps=2))
print(model.predict_generator(batches(), steps=2).shape)
