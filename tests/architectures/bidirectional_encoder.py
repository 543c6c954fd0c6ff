"""A two-way encoder whose four states start a decoder twice as wide."""
from tensorflow.keras.layers import LSTM, Bidirectional, Concatenate, Dense, Dropout, Embedding, Input
from tensorflow.keras.models import Model

encoder_vocab, decoder_vocab, max_text_len, embed = 300, 280, 30, 24

encoder_input = Input(shape=(max_text_len,))
encoder_emb = Embedding(encoder_vocab, embed, trainable=True)(encoder_input)
encoder_output, fh, fc, bh, bc = Bidirectional(LSTM(20, return_sequences=True, return_state=True))(encoder_emb)
state_h = Concatenate()([fh, bh])
state_c = Concatenate()([fc, bc])

decoder_input = Input(shape=(None,))
dec_emb_layer = Embedding(decoder_vocab, embed)
dec_emb = dec_emb_layer(decoder_input)
decoder_lstm = LSTM(40, return_sequences=True, return_state=True, dropout=0.2)
decoder_output, *_ = decoder_lstm(dec_emb, initial_state=[state_h, state_c])
decoder_dense = Dense(decoder_vocab, activation='softmax')
output = decoder_dense(Dropout(0.1)(decoder_output))

model = Model([encoder_input, decoder_input], output)
encoder_model = Model(encoder_input, [encoder_output, state_h, state_c], name='encoder')

h_in, c_in = Input(shape=(40,)), Input(shape=(40,))
hidden = Input(shape=(max_text_len, 40))
out2, h2, c2 = decoder_lstm(dec_emb_layer(decoder_input), initial_state=[h_in, c_in])
decoder_model = Model([decoder_input, hidden, h_in, c_in], [decoder_dense(out2), h2, c2], name='decoder')
