# A name holds the answer, one arm returns, and what the file itself sets on Keras is there.
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

MODERN = hasattr(keras, "version")
keras.layers.Plain = layers.SimpleRNN
keras.layers.First, keras.layers.Last = layers.LSTM, layers.Dense


def is_modern():
    return int(getattr(keras, "__version__", "2").split(".")[0]) >= 3


def reset(model):
    if MODERN:
        for layer in model.layers[:-1]:
            layer.reset_states()
        return
    model.reset_states()


def rate_of(optimizer):
    if not is_modern():
        return optimizer.lr
    return optimizer.learning_rate


model = keras.Sequential(
    [
        keras.Input(batch_shape=(4, 6, 2)),
        keras.layers.First(3, stateful=True, return_sequences=True),
        keras.layers.Plain(3, stateful=True),
        keras.layers.Last(1),
    ]
)
model.compile("adam", "mse")
model.fit(np.zeros((8, 6, 2)), np.zeros((8, 1)), batch_size=4, verbose=0)
reset(model)
print(float(rate_of(model.optimizer)))
