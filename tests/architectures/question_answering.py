"""A story and a question about it, both read by LSTMs; the answer is a word."""
from tensorflow.keras import layers
from tensorflow.keras.models import Model, Sequential

vocab_size, story_maxlen, query_maxlen = 36, 68, 4

input_sequence = layers.Input((story_maxlen,))
question = layers.Input((query_maxlen,))

input_encoder_m = Sequential()
input_encoder_m.add(layers.Embedding(input_dim=vocab_size, output_dim=64))
input_encoder_m.add(layers.Dropout(0.3))

input_encoder_c = Sequential()
input_encoder_c.add(layers.Embedding(input_dim=vocab_size, output_dim=query_maxlen))
input_encoder_c.add(layers.Dropout(0.3))

question_encoder = Sequential()
question_encoder.add(layers.Embedding(input_dim=vocab_size, output_dim=64))
question_encoder.add(layers.Dropout(0.3))

input_encoded_m = input_encoder_m(input_sequence)
input_encoded_c = input_encoder_c(input_sequence)
question_encoded = question_encoder(question)

match = layers.dot([input_encoded_m, question_encoded], axes=(2, 2))
match = layers.Activation('softmax')(match)
response = layers.add([match, input_encoded_c])
response = layers.Permute((2, 1))(response)
answer = layers.concatenate([response, question_encoded])
answer = layers.LSTM(32)(answer)
answer = layers.Dropout(0.3)(answer)
answer = layers.Dense(vocab_size)(answer)
answer = layers.Activation('softmax')(answer)

model = Model([input_sequence, question], answer)
model.compile(optimizer='rmsprop', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
