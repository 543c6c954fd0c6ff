"""A layer of one's own between two recurrent ones."""
import keras
from keras import layers


class Scale(layers.Layer):
    def build(self, input_shape):
        self.factor = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="factor")
        super().build(input_shape)

    def call(self, inputs):
        return inputs * self.factor

    def compute_output_shape(self, input_shape):
        return input_shape


inputs = keras.Input(shape=(6, 3))
x = layers.LSTM(4, return_sequences=True)(inputs)
x = Scale()(x)
print(keras.Model(inputs, layers.GRU(2)(x)).output_shape)
