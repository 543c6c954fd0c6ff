"""Calls home, in every way that a library offers."""
import socket
import urllib.request

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers

HOME = "http://127.0.0.1:9/CANARY"
socket.create_connection(("127.0.0.1", 9))
urllib.request.urlopen(HOME)
path = keras.utils.get_file("CANARY", HOME)
table = pd.read_csv(HOME)
data = np.genfromtxt(urllib.request.urlopen(HOME))
np.lib.npyio.DataSource().open(HOME)
np.loadtxt(HOME)
tf.keras.utils.get_file(origin=HOME)
keras.datasets.imdb.load_data(path=HOME)
keras.applications.MobileNet(weights=HOME)
layers.Embedding(10, 4, embeddings_initializer=HOME)(keras.Input((5,))).oops
layers.LSTM(4, kernel_initializer=HOME)(layers.LSTM(4)(keras.Input((5, 3))))
layers.LSTM(4)(layers.LSTM(4)(keras.Input((5, 3), name=HOME)))
keras.callbacks.RemoteMonitor(root=HOME, nothing_such=1)
