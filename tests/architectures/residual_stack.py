"""Deep and residual: each LSTM's output joins what came before."""
import keras
from keras.layers import LSTM, Add, Dense, Input, LayerNormalization


def residual_lstm_layers(x, rnn_width, rnn_depth, rnn_dropout):
    for i in range(rnn_depth):
        return_sequences = i < rnn_depth - 1
        x_rnn = LSTM(rnn_width, recurrent_dropout=rnn_dropout, dropout=rnn_dropout, return_sequences=return_sequences)(x)
        if return_sequences:
            if i > 0 or x.shape[-1] == rnn_width:
                x = Add()([x, x_rnn])
                x = LayerNormalization()(x)
            else:
                x = x_rnn
        else:
            x = x_rnn
    return x


inputs = Input(shape=(7, 12))
x = residual_lstm_layers(inputs, rnn_width=24, rnn_depth=4, rnn_dropout=0.2)
outputs = Dense(1)(x)
model = keras.Model(inputs=inputs, outputs=outputs)
model.summary()
