"""A table of word vectors, put in and frozen."""
import keras
import numpy as np

table = np.random.rand(30, 8).astype("float32")
embedding = keras.layers.Embedding(30, 8, trainable=False)
embedding.build((None,))
embedding.set_weights([table])
model = keras.Sequential([keras.Input(shape=(6,)), embedding, keras.layers.LSTM(4)])
print(model.output_shape)
