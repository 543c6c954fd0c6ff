"""RNN over lists of ready cells."""
from tensorflow.keras import Input, Model, Sequential, layers

stacked_lstm = layers.StackedRNNCells([layers.LSTMCell(16) for _ in range(2)])
model = Sequential([
    Input((9, 3)),
    layers.RNN(stacked_lstm),
    layers.Dense(1),
])

inputs = Input((9, 3))
sequence, *states = layers.RNN(
    [layers.GRUCell(8), layers.LSTMCell(12)], return_sequences=True, return_state=True
)(inputs)
last = layers.Concatenate()([layers.Flatten()(sequence), states[0]])
joint = Model(inputs, layers.Dense(2)(last))
