"""Lengths left open that some data make equal: halved and doubled, cut and put back, stretched from one step."""
import keras
import numpy as np
from keras.layers import Add, Average, Concatenate, Conv1D, Cropping1D, Dot, MaxPooling1D, Reshape, UpSampling1D, ZeroPadding1D

inputs = keras.Input(shape=(None, 4))
doubled = UpSampling1D(2)(MaxPooling1D(2)(inputs))
skipped = Concatenate()([inputs, doubled])
restored = Concatenate()([inputs, Conv1D(4, 3)(ZeroPadding1D(1)(inputs))])
cut = Concatenate()([Cropping1D((1, 2))(ZeroPadding1D((2, 1))(inputs)), inputs])
once = Add()([inputs, Conv1D(4, 8)(inputs)])
strided = Average()([Conv1D(4, 2, strides=2, padding="same")(inputs), MaxPooling1D(2, padding="same")(inputs)])
scores = Dot(axes=2)([inputs, Conv1D(4, 3)(inputs)])
ends = Concatenate()([inputs[:, 5:], inputs[:, 6:]])
squares = Reshape((4, 8))(inputs)
several = [skipped, restored, cut, once, strided, scores]
model = keras.Model(inputs, several)
print([each.shape for each in model(np.zeros((2, 8, 4), "float32"))])
print(keras.Model(inputs, squares)(np.zeros((2, 8, 4), "float32")).shape)
print(keras.Model(inputs, ends)(np.zeros((2, 3, 4), "float32")).shape)
four = Reshape((8, 2))(inputs)
ahead = Conv1D(4, 4)(inputs)
print([each.shape for each in keras.Model(inputs, [four, ahead])(np.zeros((2, 4, 4), "float32"))])
odd = Dot(1)([doubled, Conv1D(4, 2)(inputs)])
print(keras.Model(inputs, odd)(np.zeros((2, 3, 4), "float32")).shape)
