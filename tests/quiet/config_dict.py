"""Settings in a dict, passed on by name."""
import keras

CONFIG = {"units": 12, "steps": 9, "features": 4, "lstm": {"dropout": 0.1, "return_sequences": True}}
model = keras.Sequential([
    keras.Input(shape=(CONFIG["steps"], CONFIG["features"])),
    keras.layers.LSTM(CONFIG["units"], **CONFIG["lstm"]),
    keras.layers.LSTM(CONFIG["units"] // 2),
])
print(model.output_shape)
