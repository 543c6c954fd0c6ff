"""The picture is the first step of the sentence."""
import keras
from keras.layers import LSTM, Concatenate, Dense, Embedding, RepeatVector, Reshape

picture, words = keras.Input(shape=(64,)), keras.Input(shape=(11,))
first = Reshape((1, 16))(Dense(16)(picture))
rest = Embedding(80, 16)(words)
x = Concatenate(axis=1)([first, rest])
everywhere = RepeatVector(12)(Dense(4)(picture))
x = LSTM(8, return_sequences=True)(Concatenate()([x, everywhere]))
print(keras.Model([picture, words], Dense(80, activation="softmax")(x)).output_shape)
