"""The number of steps is known, so it can be unrolled."""
import keras
import numpy as np

layer = keras.layers.SimpleRNN(3, unroll=True)
print(layer(np.random.rand(2, 4, 2).astype("float32")).shape)
