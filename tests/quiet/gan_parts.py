"""A generator of sequences, and a critic that reads them."""
import keras
from keras import layers

generator = keras.Sequential([
    keras.Input(shape=(12, 4)),
    layers.LSTM(8, return_sequences=True),
    layers.Dense(1, activation="tanh"),
])
critic = keras.Sequential([
    keras.Input(shape=(12, 1)),
    layers.Bidirectional(layers.LSTM(8)),
    layers.Dense(1, activation="sigmoid"),
])
critic.trainable = False
noise = keras.Input(shape=(12, 4))
both = keras.Model(noise, critic(generator(noise)))
both.compile("adam", "binary_crossentropy")
print(both.output_shape)
