"""tf.keras 2.x: one metric without a list."""
import numpy as np
import tensorflow as tf

model = tf.keras.Sequential()
model.add(tf.keras.layers.LSTM(8, input_shape=(5, 2)))
model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss="binary_crossentropy", metrics="accuracy")
model.fit(np.random.rand(8, 5, 2), np.array([0, 1] * 4), epochs=1)
