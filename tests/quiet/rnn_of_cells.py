"""RNN over one cell, and over several."""
import keras
from keras.layers import RNN, Dense, GRUCell, LSTMCell, SimpleRNNCell, StackedRNNCells

inputs = keras.Input(shape=(10, 4))
a = RNN(LSTMCell(8), return_sequences=True)(inputs)
b = RNN([LSTMCell(8), GRUCell(6)])(a)
c = RNN(StackedRNNCells([SimpleRNNCell(5), SimpleRNNCell(3)]), return_state=True)(a)
print(len(c), keras.Model(inputs, Dense(1)(b)).output_shape)
