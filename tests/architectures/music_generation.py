"""Notes, offsets and durations: three inputs, three outputs, batch norm and dropout between."""
import keras
from keras.layers import LSTM, BatchNormalization, Dense, Dropout, Input, concatenate
from keras.models import Model

SIZES = {"notes": 50, "offsets": 12, "durations": 9}


def create_network(sequence_length=20):
    inputs, branches = {}, []
    for name, size in SIZES.items():
        inputs[name] = Input(shape=(sequence_length, 1), name=f"{name}_in")
        lstm = LSTM(32, return_sequences=True, name=f"{name}_lstm")(inputs[name])
        branches.append(Dropout(0.2)(lstm))
    x = concatenate(branches)
    x = LSTM(40, return_sequences=True)(x)
    x = Dropout(0.3)(x)
    x = LSTM(40)(x)
    x = BatchNormalization()(x)
    x = Dense(24, activation='relu')(x)
    heads = []
    for name, size in SIZES.items():
        head = Dense(16, activation='relu')(x)
        head = BatchNormalization()(head)
        heads.append(Dense(size, activation='softmax', name=name)(head))
    return Model(inputs=list(inputs.values()), outputs=heads)


model = create_network()
model.compile(loss=["categorical_crossentropy"] * 3, optimizer="adam")
