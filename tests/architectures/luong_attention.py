"""Multiplicative attention out of ready layers: dot, softmax, dot, concatenate."""
from tensorflow.keras.layers import LSTM, Activation, Concatenate, Dense, Embedding, Input, TimeDistributed, dot
from tensorflow.keras.models import Model

SRC_LEN, TGT_LEN = 14, 11
SRC_VOCAB, TGT_VOCAB = 120, 140
HIDDEN = 40

encoder_input = Input(shape=(SRC_LEN,))
decoder_input = Input(shape=(TGT_LEN,))

encoder = Embedding(SRC_VOCAB, 32, mask_zero=False)(encoder_input)
encoder, h, c = LSTM(HIDDEN, return_sequences=True, return_state=True, unroll=True)(encoder)

decoder = Embedding(TGT_VOCAB, 32)(decoder_input)
decoder = LSTM(HIDDEN, return_sequences=True, unroll=True)(decoder, initial_state=[h, c])

attention = dot([decoder, encoder], axes=[2, 2])
attention = Activation("softmax", name="attention")(attention)
context = dot([attention, encoder], axes=[2, 1])
decoder_combined_context = Concatenate()([context, decoder])

output = TimeDistributed(Dense(HIDDEN, activation="tanh"))(decoder_combined_context)
output = TimeDistributed(Dense(TGT_VOCAB, activation="softmax"))(output)

model = Model(inputs=[encoder_input, decoder_input], outputs=[output])
model.compile(optimizer="adam", loss="categorical_crossentropy")
model.summary()
