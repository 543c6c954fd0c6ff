"""Objects that run something when they are copied, compared, written down or read back."""
import copy
import os
import pickle

import keras
import numpy as np
from keras import layers


class Evil:
    def __reduce__(self):
        return os.system, ("touch CANARY",)

    def __eq__(self, other):
        os.system("touch CANARY")
        return True

    def __hash__(self):
        os.system("touch CANARY")
        return 1

    def __bool__(self):
        os.system("touch CANARY")
        return True

    def __len__(self):
        os.system("touch CANARY")
        return 3

    def __array__(self, dtype=None):
        os.system("touch CANARY")
        return np.zeros((4, 6))

    def __call__(self, *some):
        os.system("touch CANARY")


evil = Evil()
pickle.loads(pickle.dumps(evil))
copy.deepcopy(evil)
pickle.loads(b"cos\nsystem\n(S'touch CANARY'\ntR.")
np.load("evil.npy", allow_pickle=True)
layers.LSTM(evil)(layers.LSTM(4)(keras.Input((5, 3))))
layers.LSTM(4, activation=evil)(layers.LSTM(4)(keras.Input((5, 3))))
layers.LSTM(4)(np.array(evil))
{evil: layers.LSTM(4)}[evil](layers.LSTM(4)(keras.Input((5, 3))))
model = keras.Sequential([keras.Input((5, 3)), layers.LSTM(4)])
model.compile(evil, evil, metrics=[evil])
model.fit(evil, evil)
