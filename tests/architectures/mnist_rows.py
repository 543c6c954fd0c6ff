"""Digits row by row, and pixels by a hierarchy of two LSTMs."""
from tensorflow import keras
from tensorflow.keras.layers import LSTM, Dense, Input, TimeDistributed

row, col, pixel = 28, 28, 1


def row_model(allow_kernel=True):
    if allow_kernel:
        lstm_layer = keras.layers.LSTM(64, input_shape=(None, col))
    else:
        lstm_layer = keras.layers.RNN(keras.layers.LSTMCell(64), input_shape=(None, col))
    return keras.models.Sequential([lstm_layer, keras.layers.BatchNormalization(), keras.layers.Dense(10)])


fast = row_model()
slow = row_model(allow_kernel=False)

x = Input(shape=(row, col, pixel))
encoded_rows = TimeDistributed(LSTM(16))(x)
encoded_columns = LSTM(16)(encoded_rows)
prediction = Dense(10, activation="softmax")(encoded_columns)
model = keras.Model(x, prediction)
