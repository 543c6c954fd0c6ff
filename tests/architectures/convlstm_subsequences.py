"""The same windows as one-row pictures for a ConvLSTM."""
from tensorflow.keras.layers import ConvLSTM2D, Dense, Flatten
from tensorflow.keras.models import Sequential

n_seq, n_steps, n_features = 2, 2, 1
model = Sequential()
model.add(ConvLSTM2D(filters=64, kernel_size=(1, 2), activation='relu', input_shape=(n_seq, 1, n_steps, n_features)))
model.add(Flatten())
model.add(Dense(1))
model.compile(optimizer='adam', loss='mse')
