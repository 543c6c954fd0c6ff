"""Do two questions ask the same? One LSTM reads both; the distance decides."""
from tensorflow.keras import backend as K
from tensorflow.keras.layers import LSTM, Embedding, Input, Lambda
from tensorflow.keras.models import Model
import tensorflow as tf


def exponent_neg_manhattan_distance(left, right):
    return tf.exp(-tf.reduce_sum(tf.abs(left - right), axis=1, keepdims=True))


max_seq_length = 20
left_input = Input(shape=(max_seq_length,), dtype='int32')
right_input = Input(shape=(max_seq_length,), dtype='int32')

embedding_layer = Embedding(400, 30, trainable=False)
encoded_left = embedding_layer(left_input)
encoded_right = embedding_layer(right_input)

shared_lstm = LSTM(25)
left_output = shared_lstm(encoded_left)
right_output = shared_lstm(encoded_right)

malstm_distance = Lambda(
    function=lambda x: exponent_neg_manhattan_distance(x[0], x[1]),
    output_shape=lambda x: (x[0][0], 1),
)([left_output, right_output])

malstm = Model([left_input, right_input], [malstm_distance])
malstm.compile(loss='mean_squared_error', optimizer='adam', metrics=['accuracy'])
