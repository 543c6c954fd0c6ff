"""Frames through one small CNN each, then a GRU over what it saw."""
import tensorflow as tf
from tensorflow.keras import layers, models

SIZE = (5, 48, 48, 3)
NBOUT = 4


def build_convnet(shape=(48, 48, 3)):
    momentum = .9
    model = models.Sequential()
    model.add(layers.Conv2D(16, (3, 3), input_shape=shape, padding='same', activation='relu'))
    model.add(layers.Conv2D(16, (3, 3), padding='same', activation='relu'))
    model.add(layers.BatchNormalization(momentum=momentum))
    model.add(layers.MaxPool2D())
    model.add(layers.Conv2D(32, (3, 3), padding='same', activation='relu'))
    model.add(layers.BatchNormalization(momentum=momentum))
    model.add(layers.GlobalMaxPool2D())
    return model


def action_model(shape=SIZE, nbout=3):
    convnet = build_convnet(shape[1:])
    model = models.Sequential()
    model.add(layers.TimeDistributed(convnet, input_shape=shape))
    model.add(layers.GRU(24))
    model.add(layers.Dense(64, activation='relu'))
    model.add(layers.Dropout(.5))
    model.add(layers.Dense(nbout, activation='softmax'))
    return model


model = action_model(SIZE, NBOUT)
model.compile(tf.keras.optimizers.Adam(0.001), 'categorical_crossentropy', metrics=['acc'])
