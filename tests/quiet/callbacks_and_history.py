"""Early stopping, a schedule, and the history of the losses."""
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(4, 2)), keras.layers.LSTM(3), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-3), loss="mse", metrics=["mae"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
history = model.fit(
    np.random.rand(10, 4, 2), np.random.rand(10, 1), validation_split=0.2, epochs=2, callbacks=[stop], verbose=0
)
print(sorted(history.history))
