"""Dot over the features, softmax over the encoder's steps."""
import keras
from keras.layers import LSTM, Activation, Concatenate, Dense, Dot, TimeDistributed

source, target = keras.Input(shape=(9, 4)), keras.Input(shape=(6, 5))
encoded, h, c = LSTM(16, return_sequences=True, return_state=True)(source)
decoded = LSTM(16, return_sequences=True)(target, initial_state=[h, c])
scores = Dot(axes=[2, 2])([decoded, encoded])
weights = Activation("softmax")(scores)
context = Dot(axes=[2, 1])([weights, encoded])
joined = Concatenate()([context, decoded])
model = keras.Model([source, target], TimeDistributed(Dense(5, activation="softmax"))(joined))
print(model.output_shape)
