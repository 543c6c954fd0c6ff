"""Whichever Keras is there."""
try:
    from tensorflow.keras.layers import LSTM, Dense
    from tensorflow.keras.models import Sequential
except ImportError:
    from keras.layers import LSTM, Dense
    from keras.models import Sequential

model = Sequential()
model.add(LSTM(4, input_shape=(3, 2)))
model.add(Dense(1))
print(model.output_shape)
