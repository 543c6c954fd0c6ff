"""Encoder and decoder as two models that a third puts together."""
from tensorflow import keras
from tensorflow.keras.layers import GRU, Dense, Input, RepeatVector, TimeDistributed

timesteps, input_dim, latent_dim = 24, 6, 10

inputs = Input(shape=(timesteps, input_dim), name="window")
encoded = GRU(32, return_sequences=True)(inputs)
encoded = GRU(latent_dim, name="bottleneck")(encoded)
encoder = keras.Model(inputs, encoded, name="encoder")

codes = Input(shape=(latent_dim,))
decoded = RepeatVector(timesteps)(codes)
decoded = GRU(latent_dim, return_sequences=True)(decoded)
decoded = GRU(32, return_sequences=True)(decoded)
decoded = TimeDistributed(Dense(input_dim))(decoded)
decoder = keras.Model(codes, decoded, name="decoder")

sequence_autoencoder = keras.Model(inputs, decoder(encoder(inputs)), name="autoencoder")
sequence_autoencoder.compile(optimizer="adam", loss="mae")
sequence_autoencoder.summary()
