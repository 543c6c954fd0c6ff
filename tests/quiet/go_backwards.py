"""Read from the end, and turned around again."""
import keras
from keras.layers import LSTM, Concatenate, Lambda

inputs = keras.Input(shape=(6, 4))
ahead = LSTM(5, return_sequences=True)(inputs)
back = LSTM(5, return_sequences=True, go_backwards=True)(inputs)
back = Lambda(lambda t: t[:, ::-1], output_shape=(6, 5))(back)
print(keras.Model(inputs, Concatenate()([ahead, back])).output_shape)
