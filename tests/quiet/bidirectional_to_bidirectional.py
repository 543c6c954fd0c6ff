"""All four states of one Bidirectional start another."""
import keras
from keras.layers import GRU, LSTM, Bidirectional

inputs = keras.Input(shape=(10, 4))
x, *states = Bidirectional(LSTM(8, return_sequences=True, return_state=True))(inputs)
y = Bidirectional(LSTM(8))(x, initial_state=states)
z = Bidirectional(GRU(8), merge_mode="sum")(x)
model = keras.Model(inputs, [y, z])
print([tuple(each.shape) for each in model.outputs])
