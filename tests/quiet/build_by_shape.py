"""A model without Input, built by hand."""
import keras

model = keras.Sequential([keras.layers.GRU(4, return_sequences=True), keras.layers.Dense(2)])
model.build((None, 6, 3))
model.summary()
print(model.output_shape)
