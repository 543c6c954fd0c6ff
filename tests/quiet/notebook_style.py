"""Cells of a notebook, one after the other; a name is bound twice."""
import numpy as np
from tensorflow import keras

# %%
data = np.random.rand(60)
# %%
window = 5
X = []
for i in range(len(data) - window):
    X.append(data[i:i + window])
X = np.array(X)
y = data[window:]
# %%
X = X.reshape(X.shape[0], X.shape[1], 1)
# %%
model = keras.models.Sequential()
model.add(keras.layers.LSTM(units=5, return_sequences=True, input_shape=(X.shape[1], 1)))
model.add(keras.layers.Dropout(0.2))
model.add(keras.layers.LSTM(units=5))
model.add(keras.layers.Dense(units=1))
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(X, y, epochs=1, batch_size=32, verbose=0)
# %%
predicted = model.predict(X, verbose=0)
predicted = predicted[:, 0]
print(predicted.shape)
