"""Scores for each step, repeated over the features."""
import keras
from keras.layers import LSTM, Activation, Dense, Flatten, Lambda, Multiply, Permute, RepeatVector

inputs = keras.Input(shape=(10, 4))
states = LSTM(16, return_sequences=True)(inputs)
scores = Flatten()(Dense(1, activation="tanh")(states))
weights = Permute([2, 1])(RepeatVector(16)(Activation("softmax")(scores)))
weighted = Multiply()([states, weights])
code = Lambda(lambda t: t[:, -1], output_shape=(16,))(weighted)
print(keras.Model(inputs, Dense(1)(code)).output_shape)
