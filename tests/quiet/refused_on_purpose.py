"""What is expected to fail is caught."""
import keras

inputs = keras.Input(shape=(10, 4))
try:
    keras.layers.LSTM(8)(keras.layers.LSTM(8)(inputs))
except ValueError as error:
    print("as expected:", type(error).__name__)
