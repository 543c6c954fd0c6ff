"""A whole model inside TimeDistributed."""
import keras
from keras import layers

frame = keras.Sequential([
    keras.Input(shape=(16, 16, 1)),
    layers.Conv2D(4, 3),
    layers.GlobalAveragePooling2D(),
])
video = keras.Input(shape=(None, 16, 16, 1))
x = layers.TimeDistributed(frame)(video)
x = layers.GRU(8)(x)
print(keras.Model(video, layers.Dense(2)(x)).output_shape)
