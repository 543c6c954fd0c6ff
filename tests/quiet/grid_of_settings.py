"""Every setting is a model of its own."""
import itertools

import keras
import numpy as np

x, y = np.random.rand(8, 5, 2), np.random.rand(8, 1)
for units, depth in itertools.product((2, 4), (1, 2)):
    model = keras.Sequential([keras.Input(shape=(5, 2))])
    for i in range(depth):
        model.add(keras.layers.SimpleRNN(units, return_sequences=i != depth - 1))
    model.add(keras.layers.Dense(1))
    model.compile("sgd", "mse")
    print(units, depth, model.evaluate(x, y, verbose=0) >= 0)
