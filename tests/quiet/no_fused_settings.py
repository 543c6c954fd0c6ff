"""Settings that only cost speed."""
import keras

model = keras.Sequential([
    keras.Input(shape=(6, 4)),
    keras.layers.LSTM(8, activation="relu", recurrent_dropout=0.2, return_sequences=True),
    keras.layers.GRU(8, reset_after=False, recurrent_activation="hard_sigmoid"),
])
print(model.count_params())
