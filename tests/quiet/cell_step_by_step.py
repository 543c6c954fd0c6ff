"""A cell takes one step and its states."""
import keras
import numpy as np

cell = keras.layers.LSTMCell(4)
h = c = np.zeros((2, 4), "float32")
states = [h, c]
for step in range(3):
    output, states = cell(np.random.rand(2, 3).astype("float32"), states)
print(output.shape)
