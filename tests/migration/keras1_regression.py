"""Keras 1: the next value of a series, the input given by parts."""
import numpy as np
from keras.layers.core import Activation, Dense
from keras.layers.recurrent import LSTM
from keras.models import Sequential

look_back = 5
X_train = np.random.rand(40, look_back, 1)
y_train = np.random.rand(40, 1)

model = Sequential()
model.add(LSTM(input_dim=1, output_dim=16, return_sequences=True))
model.add(LSTM(32, return_sequences=False))
model.add(Dense(output_dim=1, init="uniform"))
model.add(Activation("linear"))
model.compile(loss="mse", optimizer="rmsprop")
model.fit(X_train, y_train, batch_size=8, nb_epoch=1, validation_split=0.1)
print(model.predict(X_train[:3]))
