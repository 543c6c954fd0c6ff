"""keras.utils.timeseries_dataset_from_array feeds one LSTM."""
import numpy as np
from tensorflow import keras

raw = np.random.rand(200, 5).astype("float32")
past, future = 30, 6
sampling_rate = 3
sequence_length = int(past / sampling_rate)
dataset_train = keras.utils.timeseries_dataset_from_array(
    raw[:-past], raw[past:, 0], sequence_length=sequence_length, sampling_rate=sampling_rate, batch_size=16,
)
for batch in dataset_train.take(1):
    inputs, targets = batch

inputs = keras.layers.Input(shape=(inputs.shape[1], inputs.shape[2]))
lstm_out = keras.layers.LSTM(32)(inputs)
outputs = keras.layers.Dense(1)(lstm_out)
model = keras.Model(inputs=inputs, outputs=outputs)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss="mse")
model.evaluate(dataset_train.take(1), verbose=0)
