"""tf.keras 2.x: weights handed to an embedding, the batch in the first layer."""
import numpy as np
from tensorflow.keras.layers import Bidirectional, Dense, Embedding, LSTM
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import SGD

model = Sequential()
model.add(Embedding(input_dim=30, output_dim=8, input_length=6))
model.add(Bidirectional(LSTM(4), merge_mode="sum"))
model.add(Dense(units=1))
model.compile(loss="mse", optimizer=SGD(lr=0.1, momentum=0.9, nesterov=True, decay=1e-6))
model.fit(np.random.randint(0, 30, (8, 6)), np.random.rand(8, 1), epochs=1, workers=2)
