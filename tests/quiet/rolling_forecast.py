"""Each prediction goes into the next window."""
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(4, 1)), keras.layers.SimpleRNN(3), keras.layers.Dense(1)])
history = list(np.random.rand(4))
for _ in range(3):
    window = np.array(history[-4:]).reshape((1, 4, 1))
    history.append(float(model.predict(window, verbose=0)[0, 0]))
print(len(history))
