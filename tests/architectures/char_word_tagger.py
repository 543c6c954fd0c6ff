"""A tagger that reads the words and, inside each, its characters."""
from tensorflow.keras.layers import (
    LSTM,
    Bidirectional,
    Conv1D,
    Dense,
    Embedding,
    GlobalMaxPooling1D,
    Input,
    SpatialDropout1D,
    TimeDistributed,
    concatenate,
)
from tensorflow.keras.models import Model

max_len, max_len_char = 15, 8
n_words, n_chars, n_tags = 900, 60, 9

word_in = Input(shape=(max_len,), name="words")
emb_word = Embedding(input_dim=n_words + 2, output_dim=20)(word_in)

char_in = Input(shape=(max_len, max_len_char), name="chars")
emb_char = TimeDistributed(Embedding(input_dim=n_chars + 2, output_dim=10))(char_in)
char_cnn = TimeDistributed(Conv1D(16, 3, padding="same", activation="relu"))(emb_char)
char_max = TimeDistributed(GlobalMaxPooling1D())(char_cnn)
char_enc = TimeDistributed(LSTM(units=20, return_sequences=False, recurrent_dropout=0.5))(emb_char)

x = concatenate([emb_word, char_enc, char_max])
x = SpatialDropout1D(0.3)(x)
main_lstm = Bidirectional(LSTM(units=50, return_sequences=True, recurrent_dropout=0.6))(x)
out = TimeDistributed(Dense(n_tags + 1, activation="softmax"))(main_lstm)

model = Model([word_in, char_in], out)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["acc"])
model.summary()
