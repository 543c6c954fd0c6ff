"""One LSTM reads two sequences of one width and different lengths."""
import keras
from keras.layers import LSTM, Dense, Input, Subtract

tower = LSTM(8)
left, right = Input(shape=(None, 4)), Input(shape=(12, 4))
difference = Subtract()([tower(left), tower(right)])
print(keras.Model([left, right], Dense(1, activation="sigmoid")(difference)).count_params())
