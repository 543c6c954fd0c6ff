"""A generator and a discriminator of series, and both in a row."""
from keras.layers import GRU, LSTM, Dense, Dropout, Input, LeakyReLU, Reshape
from keras.models import Model, Sequential


class GAN:
    def __init__(self, rows=20):
        self.seq_shape = (rows, 1)
        self.latent_dim = 16
        self.discriminator = self.build_discriminator()
        self.discriminator.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
        self.generator = self.build_generator()
        z = Input(shape=(self.latent_dim,))
        generated_seq = self.generator(z)
        self.discriminator.trainable = False
        validity = self.discriminator(generated_seq)
        self.combined = Model(z, validity)
        self.combined.compile(loss='binary_crossentropy', optimizer='adam')

    def build_discriminator(self):
        model = Sequential()
        model.add(LSTM(32, input_shape=self.seq_shape, return_sequences=True))
        model.add(LSTM(16))
        model.add(Dense(24))
        model.add(LeakyReLU(0.2))
        model.add(Dense(1, activation='sigmoid'))
        seq = Input(shape=self.seq_shape)
        return Model(seq, model(seq))

    def build_generator(self):
        model = Sequential([
            Dense(48, input_dim=self.latent_dim),
            LeakyReLU(0.2),
            Dense(self.seq_shape[0], activation='tanh'),
            Reshape(self.seq_shape),
        ])
        noise = Input(shape=(self.latent_dim,))
        return Model(noise, model(noise))


gan = GAN()
