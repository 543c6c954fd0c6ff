"""Lists of zeros, each element of which is replaced: what was there first is not there any more."""
import os

import keras
import numpy as np

rng = np.random.default_rng(0)
lines = [line.split() for line in ("a b c d", "b c d", "c d a b a")]
count = len(os.environ)
heads, rows = [0] * len(lines), [0] * count
for i, words in enumerate(lines):
    heads[i] = words[:-2]
    heads[i].append(words[-1])
for i in range(count):
    rows[i] = rng.random((5, 3))
first, second = [0, 0], [0, 0]
chosen = first if count > 100_000 else second
chosen[0] = [1]
(second if chosen is second else first)[0].append(2)
assert chosen[0] == [1, 2] and heads[0] == ["a", "b", "d"]

model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.array(rows), np.zeros((count, 1)), verbose=0)
