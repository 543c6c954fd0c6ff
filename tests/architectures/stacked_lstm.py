"""Tomorrow's power draw from ten days of it: two recurrent layers on top of each other."""
import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Dropout
from tensorflow.keras.models import Sequential

n_steps, n_features = 10, 1
series = np.sin(np.arange(200) / 9.0)

X, y = [], []
for i in range(len(series) - n_steps):
    X.append(series[i:i + n_steps])
    y.append(series[i + n_steps])
X, y = np.array(X), np.array(y)
X = X.reshape((X.shape[0], X.shape[1], n_features))

model = Sequential()
model.add(LSTM(50, activation='relu', return_sequences=True, input_shape=(n_steps, n_features)))
model.add(Dropout(0.2))
model.add(LSTM(50, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(1))
model.compile(optimizer='adam', loss='mse')
model.fit(X[:32], y[:32], epochs=1, verbose=0)
print(model.predict(X[:1], verbose=0))
