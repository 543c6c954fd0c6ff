"""Reviews as word numbers: padded, embedded, read by one LSTM, judged by one sigmoid."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

vocabulary = 500
max_len = 40

rng = np.random.default_rng(3)
reviews = [list(rng.integers(1, vocabulary, size=rng.integers(5, 60))) for _ in range(16)]
labels = rng.integers(0, 2, size=(16,))
x_train = keras.preprocessing.sequence.pad_sequences(reviews, maxlen=max_len)

model = keras.Sequential([
    layers.Input(shape=(max_len,)),
    layers.Embedding(input_dim=vocabulary, output_dim=32),
    layers.SpatialDropout1D(0.4),
    layers.LSTM(32, dropout=0.2, recurrent_dropout=0.2),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.summary()
