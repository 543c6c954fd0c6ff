"""The trained layers are used again, one step at a time."""
import keras
import numpy as np
from keras.layers import LSTM, Dense, Input

encoder_inputs = Input(shape=(None, 12))
encoder = LSTM(20, return_state=True)
_, state_h, state_c = encoder(encoder_inputs)
encoder_states = [state_h, state_c]

decoder_inputs = Input(shape=(None, 9))
decoder_lstm = LSTM(20, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(9, activation="softmax")
model = keras.Model([encoder_inputs, decoder_inputs], decoder_dense(decoder_outputs))

encoder_model = keras.Model(encoder_inputs, encoder_states)
states_in = [Input(shape=(20,)), Input(shape=(20,))]
outputs, h, c = decoder_lstm(decoder_inputs, initial_state=states_in)
decoder_model = keras.Model([decoder_inputs] + states_in, [decoder_dense(outputs), h, c])

states = encoder_model.predict(np.zeros((1, 7, 12)), verbose=0)
step = np.zeros((1, 1, 9))
for _ in range(3):
    token, h, c = decoder_model.predict([step] + list(states), verbose=0)
    states = [h, c]
print(token.shape)
