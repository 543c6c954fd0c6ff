"""A whole classifier subclassed, its layers in a list, its head a Sequential."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class Classifier(keras.Model):
    def __init__(self, num_classes, units=(24, 12), **kwargs):
        super().__init__(**kwargs)
        self.recurrent = [layers.LSTM(u, return_sequences=True) for u in units]
        self.pool = layers.GlobalMaxPooling1D()
        self.head = keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(num_classes)])

    def call(self, x, training=None):
        for layer in self.recurrent:
            x = layer(x)
        x = self.pool(x)
        return self.head(x)


model = Classifier(3, name="classifier")
x, y = np.zeros((6, 11, 4), dtype="float32"), np.zeros((6,), dtype="int32")
model.build((None, 11, 4))
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
print(model(x).shape, y.shape)
model.summary()
