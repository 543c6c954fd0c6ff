"""Helpers for callers of several ranks: which arm one takes hangs on what cannot be told before it runs."""

from datetime import datetime

import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(0)
old = datetime.now().year < 2000


def last(tensor, whole):
    if whole:
        return tensor[:, -1, :]
    return tensor


def parts(tensors, masked):
    if masked:
        sequence, state, mask = tensors
        return sequence * mask, state
    sequence, state = tensors
    return sequence, state


def as_batch(image):
    rank = image.get_shape().ndims or tf.rank(image)
    if rank == 2:
        return image[None, :, :, None]
    if rank == 3:
        return image[None, :, :, :]
    return image


def score(rows, tags, length):
    return sum(rows[i][tags[i]] for i in range(length)) + sum(tags[i + 1] for i in range(length - 1))


state = last(keras.layers.LSTM(4)(tf.zeros((2, 5, 3))), old)
sequence, state = parts([tf.zeros((2, 5, 3)), state], old)
image = as_batch(tf.zeros((5, 3)))
images = as_batch(tf.zeros((5, 3, 2)))
one = score(rng.random((1, 3)), np.array([1]), int(rng.integers(1, 2)))
with np.testing.assert_raises((ValueError, tf.errors.InvalidArgumentError)):
    tf.squeeze(images, [0, 3])
with np.testing.assert_raises(Exception):
    keras.layers.LSTM(4)(image)
