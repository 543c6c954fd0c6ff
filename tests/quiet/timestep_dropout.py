"""SpatialDropout1D drops whole features."""
import keras
from keras.layers import GRU, Dense, GaussianNoise, SpatialDropout1D

model = keras.Sequential([
    keras.Input(shape=(16, 3)),
    GaussianNoise(0.1),
    SpatialDropout1D(0.2),
    GRU(8, dropout=0.2),
    Dense(1),
])
print(model.output_shape)
