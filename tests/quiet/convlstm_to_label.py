"""The last ConvLSTM2D gives one image."""
import keras
import numpy as np
from keras.layers import ConvLSTM2D, Dense, Flatten

model = keras.Sequential([
    keras.Input(shape=(4, 8, 8, 2)),
    ConvLSTM2D(3, 3),
    Flatten(),
    Dense(1),
])
print(model.predict(np.zeros((2, 4, 8, 8, 2)), verbose=0).shape)
