"""The same from the pixels, the picture repeated beside each word."""
import keras
from keras import layers

image_model = keras.Sequential(name="vision")
image_model.add(keras.Input((32, 32, 3)))
image_model.add(layers.Conv2D(8, 3, activation="relu"))
image_model.add(layers.MaxPooling2D())
image_model.add(layers.Conv2D(16, 3, activation="relu"))
image_model.add(layers.GlobalAveragePooling2D())
image_model.add(layers.Dense(24))
image_model.add(layers.RepeatVector(10))

language_model = keras.Sequential(name="language")
language_model.add(keras.Input((10,)))
language_model.add(layers.Embedding(200, 24))
language_model.add(layers.GRU(24, return_sequences=True))
language_model.add(layers.TimeDistributed(layers.Dense(24)))

merged = layers.Concatenate(axis=-1)([image_model.outputs[0], language_model.outputs[0]])
x = layers.GRU(64, return_sequences=False)(merged)
out = layers.Dense(200, activation="softmax")(x)
model = keras.Model(image_model.inputs + language_model.inputs, out)
