"""keras.layers.Attention over a GRU's steps, query and value pooled and joined."""
import tensorflow as tf

query_input = tf.keras.Input(shape=(None,), dtype='int32')
value_input = tf.keras.Input(shape=(None,), dtype='int32')
token_embedding = tf.keras.layers.Embedding(input_dim=1000, output_dim=64)
query_embeddings = token_embedding(query_input)
value_embeddings = token_embedding(value_input)

reader = tf.keras.layers.GRU(48, return_sequences=True)
query_seq_encoding = reader(query_embeddings)
value_seq_encoding = reader(value_embeddings)

query_value_attention_seq = tf.keras.layers.Attention()([query_seq_encoding, value_seq_encoding])
query_encoding = tf.keras.layers.GlobalAveragePooling1D()(query_seq_encoding)
query_value_attention = tf.keras.layers.GlobalAveragePooling1D()(query_value_attention_seq)
input_layer = tf.keras.layers.Concatenate()([query_encoding, query_value_attention])
score = tf.keras.layers.Dense(1, activation='sigmoid')(input_layer)
matcher = tf.keras.Model([query_input, value_input], score, name='matcher')
matcher.compile(loss='binary_crossentropy')
