"""Query and values of one width, of different lengths."""
import keras
from keras.layers import LSTM, AdditiveAttention, Attention, Concatenate, Dense, GlobalAveragePooling1D

source, target = keras.Input(shape=(9, 4)), keras.Input(shape=(6, 4))
values = LSTM(8, return_sequences=True)(source)
query = LSTM(8, return_sequences=True)(target)
a = Attention()([query, values])
b = AdditiveAttention()([query, values])
pooled = GlobalAveragePooling1D()(Concatenate()([query, a, b]))
print(keras.Model([source, target], Dense(1)(pooled)).output_shape)
