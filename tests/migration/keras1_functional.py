"""Keras 1: the functional interface."""
import numpy as np
from keras.layers import Dense, GRU, Input
from keras.models import Model

sentence = Input(shape=(7, 4), name="sentence")
hidden = GRU(output_dim=8, W_regularizer="l2", U_regularizer="l2")(sentence)
answer = Dense(1, activation="sigmoid", init="he_normal", bias=True)(hidden)
model = Model(input=sentence, output=answer)
model.compile(optimizer="sgd", loss="binary_crossentropy")
model.fit(np.random.rand(10, 7, 4), np.ones((10, 1)), nb_epoch=1, verbose=0)
