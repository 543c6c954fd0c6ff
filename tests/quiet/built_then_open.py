"""Layers that are built take an axis of open size, where new ones would not know how long their weights are."""
import keras
from keras import layers

steps = (5, 8)
opened = keras.Input((5, None))
for layer in (
    layers.Dense(3),
    layers.LSTM(3),
    layers.GRU(3, return_sequences=True),
    layers.SimpleRNN(3),
    layers.RNN(layers.LSTMCell(3)),
    layers.Bidirectional(layers.LSTM(3)),
    layers.TimeDistributed(layers.Dense(3)),
    layers.Conv1D(3, 2),
    layers.Conv1DTranspose(3, 2),
    layers.SeparableConv1D(3, 2),
    layers.BatchNormalization(),
    layers.LayerNormalization(),
    layers.GroupNormalization(2),
    layers.EinsumDense("abc,cd->abd", (None, 3)),
    layers.PReLU(),
    layers.Normalization(),
):
    layer(keras.Input(steps))
    layer(opened)

attention = layers.MultiHeadAttention(2, 2)
attention(keras.Input(steps), keras.Input(steps))
attention(opened, opened)
weighted = layers.AdditiveAttention()
weighted([keras.Input(steps), keras.Input(steps)])
weighted([opened, opened])
frames = layers.ConvLSTM2D(3, 2)
frames(keras.Input((5, 8, 8, 2)))
frames(keras.Input((5, None, None, 2)))
frames(keras.Input((5, 8, 8, None)))

any_length = keras.Input((None, 8))
stack = keras.Sequential([keras.Input(steps), layers.Flatten(), layers.Dense(2)])
stack(any_length)
grown = keras.Sequential()
grown.add(layers.Conv1D(4, 3, padding="same", input_shape=steps))
grown.add(layers.Flatten())
grown.add(layers.Dense(2))
grown(any_length)
start = keras.Input(steps)
model = keras.Model(start, layers.Dense(2)(layers.Flatten()(start)))
assert model(any_length).shape[-1] == 2
