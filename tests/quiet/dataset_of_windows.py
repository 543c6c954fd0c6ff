"""Windows over a series, cut by Keras."""
import keras
import numpy as np

series = np.random.rand(50, 2)
data = keras.utils.timeseries_dataset_from_array(series[:-5], series[5:, :1], sequence_length=5, batch_size=8)
model = keras.Sequential([keras.Input(shape=(5, 2)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(data, verbose=0)
