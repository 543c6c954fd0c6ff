"""Every way to merge two directions."""
import keras
from keras.layers import GRU, LSTM, Bidirectional, Dense, Input, SimpleRNN

for mode in ["concat", "sum", "mul", "ave"]:
    variant = keras.Sequential([
        Input((10, 4)),
        Bidirectional(LSTM(6, return_sequences=True), merge_mode=mode),
        Bidirectional(SimpleRNN(5), merge_mode=mode),
        Dense(1),
    ])

inputs = Input((10, 4))
forwards, backwards = Bidirectional(GRU(7), merge_mode=None)(inputs)
both = keras.layers.Average()([forwards, backwards])
apart = keras.Model(inputs, both)

forward_layer = LSTM(10, return_sequences=True)
backward_layer = LSTM(10, activation='relu', return_sequences=True, go_backwards=True)
own = keras.Sequential([
    Input((5, 10)),
    Bidirectional(forward_layer, backward_layer=backward_layer),
    Bidirectional(LSTM(10)),
    Dense(5, activation="softmax"),
])
