"""Weather: windows by a class, several models compared in a dict."""
import numpy as np
import tensorflow as tf

OUT_STEPS = 24
num_features = 7


class WindowGenerator:
    def __init__(self, input_width, label_width, shift):
        self.input_width = input_width
        self.label_width = label_width
        self.shift = shift
        self.total_window_size = input_width + shift
        self.input_slice = slice(0, input_width)
        self.label_start = self.total_window_size - self.label_width

    def split_window(self, features):
        inputs = features[:, self.input_slice, :]
        labels = features[:, self.label_start:, :]
        return inputs, labels


window = WindowGenerator(24, OUT_STEPS, OUT_STEPS)
batch = np.zeros((4, window.total_window_size, num_features), dtype="float32")
inputs, labels = window.split_window(batch)

multi_lstm_model = tf.keras.Sequential([
    tf.keras.layers.LSTM(32, return_sequences=False),
    tf.keras.layers.Dense(OUT_STEPS * num_features, kernel_initializer=tf.keras.initializers.Zeros()),
    tf.keras.layers.Reshape([OUT_STEPS, num_features]),
])
CONV_WIDTH = 3
multi_conv_model = tf.keras.Sequential([
    tf.keras.layers.Lambda(lambda x: x[:, -CONV_WIDTH:, :]),
    tf.keras.layers.Conv1D(64, activation='relu', kernel_size=(CONV_WIDTH)),
    tf.keras.layers.Dense(OUT_STEPS * num_features),
    tf.keras.layers.Reshape([OUT_STEPS, num_features]),
])
shapes = {}
for name, model in {"lstm": multi_lstm_model, "conv": multi_conv_model}.items():
    shapes[name] = model(inputs).shape
print(shapes)
