"""A cell shared by training and sampling; lambdas cut the steps out."""
from tensorflow.keras.layers import LSTM, Dense, Input, Lambda, RepeatVector, Reshape
from tensorflow.keras.models import Model

n_values, n_a, Ty = 20, 32, 5
reshaper = Reshape((1, n_values))
LSTM_cell = LSTM(n_a, return_state=True)
densor = Dense(n_values, activation='softmax')


def djmodel(Tx, LSTM_cell, densor, reshaper):
    n_values = densor.units
    n_a = LSTM_cell.units
    X = Input(shape=(Tx, n_values))
    a0 = Input(shape=(n_a,), name='a0')
    c0 = Input(shape=(n_a,), name='c0')
    a, c = a0, c0
    outputs = []
    for t in range(Tx):
        x = Lambda(lambda z: z[:, t, :])(X)
        x = reshaper(x)
        a, _, c = LSTM_cell(x, initial_state=[a, c])
        out = densor(a)
        outputs.append(out)
    return Model(inputs=[X, a0, c0], outputs=outputs)


def music_inference_model(LSTM_cell, densor, Ty=100):
    x0 = Input(shape=(1, n_values))
    a0 = Input(shape=(n_a,), name='a0')
    c0 = Input(shape=(n_a,), name='c0')
    a, c, x = a0, c0, x0
    outputs = []
    for t in range(Ty):
        a, _, c = LSTM_cell(x, initial_state=[a, c])
        out = densor(a)
        outputs.append(out)
        x = RepeatVector(1)(out)
    return Model(inputs=[x0, a0, c0], outputs=outputs)


model = djmodel(3, LSTM_cell, densor, reshaper)
inference_model = music_inference_model(LSTM_cell, densor, Ty)
