"""GRU and SimpleRNN have one state."""
import keras
from keras.layers import GRU, Dense, SimpleRNN

source, target = keras.Input(shape=(5, 2)), keras.Input(shape=(4, 3))
_, state = GRU(6, return_state=True)(source)
x = SimpleRNN(6, return_sequences=True)(target, initial_state=state)
x, last = GRU(6, return_sequences=True, return_state=True)(x, initial_state=[state])
print(keras.Model([source, target], [Dense(1)(x), last]).output_shape)
