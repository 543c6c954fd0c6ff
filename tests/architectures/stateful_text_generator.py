"""Trained on batches of 8, rebuilt for one at a time: stateful both times."""
import tensorflow as tf


def build_model(vocab_size, embedding_dim, rnn_units, batch_size):
    model = tf.keras.Sequential([
        tf.keras.Input(batch_shape=[batch_size, None]),
        tf.keras.layers.Embedding(vocab_size, embedding_dim),
        tf.keras.layers.GRU(rnn_units, return_sequences=True, stateful=True, recurrent_initializer='glorot_uniform'),
        tf.keras.layers.Dense(vocab_size),
    ])
    return model


VOCAB = 65
model = build_model(VOCAB, embedding_dim=32, rnn_units=48, batch_size=8)
weights = model.get_weights()

generator = build_model(VOCAB, 32, 48, batch_size=1)
generator.set_weights(weights)
generator.layers[1].reset_states()
predictions = generator(tf.zeros((1, 5)))
predictions = tf.squeeze(predictions, 0)
