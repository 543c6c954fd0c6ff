"""Every batch is of the size that was declared."""
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(batch_shape=(4, 5, 2)),
    keras.layers.LSTM(6, stateful=True),
    keras.layers.Dense(1),
])
model.compile(loss="mse", optimizer="sgd")
x, y = np.random.rand(12, 5, 2), np.random.rand(12, 1)
for epoch in range(2):
    model.fit(x, y, batch_size=4, epochs=1, shuffle=False, verbose=0)
    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()
