"""The bias of a GRU has two rows."""
import keras

inputs = keras.Input(shape=(5, 3))
layer = keras.layers.GRU(4)
outputs = layer(inputs)
kernel, recurrent_kernel, bias = layer.weights
print(kernel.shape, recurrent_kernel.shape, bias.shape)
plain = keras.layers.GRU(4, reset_after=False)
plain(inputs)
print([w.shape for w in plain.get_weights()])
