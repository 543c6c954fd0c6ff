"""Six arrays, forward first."""
import keras

layer = keras.layers.Bidirectional(keras.layers.LSTM(4))
layer.build((None, 5, 3))
fk, fr, fb, bk, br, bb = layer.get_weights()
layer.set_weights([fk, fr, fb, bk, br, bb])
print(len(layer.weights), layer.forward_layer.units)
