"""Gradients by hand, layers made once."""
import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.Input(shape=(5, 2)), keras.layers.GRU(4), keras.layers.Dense(1)])
loss_function = keras.losses.MeanSquaredError()
x, y = np.random.rand(6, 5, 2).astype("float32"), np.random.rand(6, 1).astype("float32")
for step in range(2):
    with tf.GradientTape() as tape:
        loss = loss_function(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        variable.assign(variable - 0.01 * gradient)
print(float(loss) >= 0)
