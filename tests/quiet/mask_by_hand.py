"""The program passes the mask itself, and flattens what is left."""
import keras
from keras.layers import LSTM, Dense, Embedding

tokens = keras.Input(shape=(12,))
embedding = Embedding(100, 8, mask_zero=True)
mask = embedding.compute_mask(tokens)
x = LSTM(4, return_sequences=True)(embedding(tokens), mask=mask)
print(keras.Model(tokens, Dense(2)(x)).output_shape)
