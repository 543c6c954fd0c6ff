"""Words in sentences in documents."""
import keras
from keras.layers import GRU, Bidirectional, Dense, Embedding, TimeDistributed

sentence = keras.Input(shape=(12,))
code = Bidirectional(GRU(8))(Embedding(100, 10)(sentence))
reader = keras.Model(sentence, code)
document = keras.Input(shape=(5, 12))
x = TimeDistributed(reader)(document)
print(keras.Model(document, Dense(3, activation="softmax")(GRU(8)(x))).output_shape)
