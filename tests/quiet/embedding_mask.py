"""The mask of padded texts goes through dropout into the LSTM."""
import keras
from keras.layers import GRU, Bidirectional, Dense, Dropout, Embedding, GlobalAveragePooling1D

model = keras.Sequential([
    keras.Input(shape=(40,)),
    Embedding(500, 16, mask_zero=True),
    Dropout(0.2),
    Bidirectional(GRU(8, return_sequences=True)),
    GlobalAveragePooling1D(),
    Dense(3, activation="softmax"),
])
model.summary()
