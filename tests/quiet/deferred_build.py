"""The first batch builds the model."""
import keras
import numpy as np

model = keras.Sequential([keras.layers.SimpleRNN(4), keras.layers.Dense(1)])
model.compile("sgd", "mse")
model.train_on_batch(np.zeros((3, 5, 2)), np.zeros((3, 1)))
print(model.predict_on_batch(np.zeros((2, 5, 2))).shape)
