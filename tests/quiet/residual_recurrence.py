"""Add wants equal shapes: the units are as many as the features."""
import keras
from keras.layers import LSTM, Add, Dense, LayerNormalization

inputs = keras.Input(shape=(20, 16))
x = inputs
for _ in range(3):
    y = LSTM(16, return_sequences=True)(LayerNormalization()(x))
    x = Add()([x, y])
print(keras.Model(inputs, Dense(1)(x)).output_shape)
