"""A convolution for each frame, then time."""
import keras
from keras.layers import LSTM, Conv2D, Dense, Flatten, MaxPooling2D, TimeDistributed

model = keras.Sequential()
model.add(keras.Input(shape=(5, 32, 32, 3)))
model.add(TimeDistributed(Conv2D(8, (3, 3), activation="relu")))
model.add(TimeDistributed(MaxPooling2D((2, 2))))
model.add(TimeDistributed(Flatten()))
model.add(LSTM(16))
model.add(Dense(10, activation="softmax"))
print(model.output_shape)
