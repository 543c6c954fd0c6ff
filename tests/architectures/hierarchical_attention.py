"""Documents of sentences of words: a model inside TimeDistributed."""
from keras import Model
from keras.layers import GRU, Bidirectional, Dense, Dropout, Embedding, Input, TimeDistributed

MAX_SENTS, MAX_SENT_LENGTH = 6, 18

sentence_input = Input(shape=(MAX_SENT_LENGTH,), dtype='int32')
embedded_sequences = Embedding(300, 20)(sentence_input)
l_lstm = Bidirectional(GRU(16, return_sequences=True))(embedded_sequences)
l_dense = TimeDistributed(Dense(20))(l_lstm)
l_att = GRU(12)(l_dense)
sentEncoder = Model(sentence_input, l_att)

review_input = Input(shape=(MAX_SENTS, MAX_SENT_LENGTH), dtype='int32')
review_encoder = TimeDistributed(sentEncoder)(review_input)
l_lstm_sent = Bidirectional(GRU(16, return_sequences=True))(review_encoder)
l_att_sent = GRU(12)(l_lstm_sent)
preds = Dense(2, activation='softmax')(Dropout(0.2)(l_att_sent))
model = Model(review_input, preds)
model.compile(loss='categorical_crossentropy', optimizer='rmsprop', metrics=['acc'])
