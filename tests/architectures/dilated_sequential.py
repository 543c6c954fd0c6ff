"""One loop over dilation rates, as a Sequential."""
import keras

model = keras.models.Sequential()
model.add(keras.layers.InputLayer(shape=[None, 1]) if keras.__version__ > "3" else keras.layers.InputLayer(input_shape=[None, 1]))
for rate in (1, 2, 4, 8) * 2:
    model.add(keras.layers.Conv1D(filters=20, kernel_size=2, padding="causal", activation="relu", dilation_rate=rate))
model.add(keras.layers.Conv1D(filters=10, kernel_size=1))
model.compile(loss="mse", optimizer="adam")
