"""Copies of one model: cloned, given its weights, averaged."""
import keras
from keras import layers

base = keras.Sequential([
    keras.Input((12, 2)),
    layers.LSTM(8, return_sequences=True, name="lower"),
    layers.LSTM(4, name="upper"),
    layers.Dense(1, name="head"),
], name="base")
members = []
for seed in range(3):
    member = keras.models.clone_model(base)
    member.set_weights(base.get_weights())
    members.append(member)

shared = keras.Input((12, 2), name="window")
average = layers.Average()([keras.Sequential([member])(shared) for member in members])
ensemble = keras.Model(shared, average)
frozen = keras.Model(base.inputs, base.get_layer("lower").output)
for layer in frozen.layers:
    layer.trainable = False
