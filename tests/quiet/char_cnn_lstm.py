"""Characters of each word go through a convolution of their own."""
import keras
from keras.layers import LSTM, Bidirectional, Concatenate, Conv1D, Dense, Embedding, GlobalMaxPooling1D, TimeDistributed

words, characters = keras.Input(shape=(20,)), keras.Input(shape=(20, 12))
c = TimeDistributed(Embedding(60, 8))(characters)
c = TimeDistributed(Conv1D(16, 3))(c)
c = TimeDistributed(GlobalMaxPooling1D())(c)
x = Concatenate()([Embedding(300, 24)(words), c])
x = Bidirectional(LSTM(10, return_sequences=True))(x)
print(keras.Model([words, characters], Dense(9, activation="softmax")(x)).output_shape)
