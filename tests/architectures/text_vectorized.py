"""From raw strings: a vectorization layer that has learned its words, then a two-way LSTM."""
import tensorflow as tf

VOCAB_SIZE = 100
sentences = tf.constant(["the film was fine", "the film was not fine", "what a film"])
encoder = tf.keras.layers.TextVectorization(max_tokens=VOCAB_SIZE, output_sequence_length=12)
encoder.adapt(sentences)

model = tf.keras.Sequential([
    tf.keras.Input(shape=(1,), dtype=tf.string),
    encoder,
    tf.keras.layers.Embedding(input_dim=VOCAB_SIZE, output_dim=16, mask_zero=True),
    tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(16, return_sequences=True)),
    tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(8)),
    tf.keras.layers.Dense(1),
])
model.compile(loss=tf.keras.losses.BinaryCrossentropy(from_logits=True), optimizer='adam')
