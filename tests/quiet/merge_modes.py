"""sum, mul and ave keep the width, concat doubles it, None gives both."""
import keras
from keras.layers import GRU, Bidirectional, Dense

inputs = keras.Input(shape=(None, 3))
both = Bidirectional(GRU(5, return_sequences=True), merge_mode=None)(inputs)
left, right = both
summed = Bidirectional(GRU(5), merge_mode="sum")(left)
joined = Bidirectional(GRU(5), merge_mode="concat")(right)
model = keras.Model(inputs, Dense(2)(keras.layers.concatenate([summed, joined])))
print(model.count_params())
