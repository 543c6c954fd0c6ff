"""Models out of dicts of settings."""
import tensorflow as tf

CONFIGS = {
    "small": {"cell": "gru", "layers": [16], "dropout": 0.1, "bidirectional": False},
    "large": {"cell": "lstm", "layers": [32, 16], "dropout": 0.3, "bidirectional": True},
}
CELLS = {"lstm": tf.keras.layers.LSTM, "gru": tf.keras.layers.GRU}


def build(config, input_shape=(20, 4), classes=5):
    model = tf.keras.Sequential()
    model.add(tf.keras.Input(shape=input_shape))
    for index, units in enumerate(config["layers"]):
        last = index == len(config["layers"]) - 1
        layer = CELLS[config["cell"]](units, return_sequences=not last)
        if config["bidirectional"]:
            layer = tf.keras.layers.Bidirectional(layer)
        model.add(layer)
        model.add(tf.keras.layers.Dropout(config["dropout"]))
    model.add(tf.keras.layers.Dense(classes, activation="softmax"))
    return model


models = {name: build(config) for name, config in CONFIGS.items()}
for name, model in models.items():
    model.compile("adam", "sparse_categorical_crossentropy")
    print(name, model.count_params())
