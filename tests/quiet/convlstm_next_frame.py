"""ConvLSTM2D reads five axes and keeps them with return_sequences."""
import keras
from keras.layers import BatchNormalization, Conv3D, ConvLSTM2D

model = keras.Sequential([
    keras.Input(shape=(None, 16, 16, 1)),
    ConvLSTM2D(4, (3, 3), padding="same", return_sequences=True),
    BatchNormalization(),
    ConvLSTM2D(4, (3, 3), padding="same", return_sequences=True),
    Conv3D(1, (3, 3, 3), activation="sigmoid", padding="same"),
])
print(model.output_shape)
