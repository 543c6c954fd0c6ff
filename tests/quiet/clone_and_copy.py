"""The weights of one model go into another of the same build."""
import keras


def build():
    return keras.Sequential([keras.Input(shape=(6, 4)), keras.layers.LSTM(8), keras.layers.Dense(2)])


first, second = build(), build()
second.set_weights(first.get_weights())
second.layers[0].set_weights(first.layers[0].get_weights())
print(second.count_params() == first.count_params())
