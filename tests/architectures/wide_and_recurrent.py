"""Static and moving features side by side; embeddings for each category in a loop."""
from tensorflow.keras import Model
from tensorflow.keras.layers import (
    GRU,
    BatchNormalization,
    Concatenate,
    Dense,
    Embedding,
    Flatten,
    Input,
    Reshape,
    SpatialDropout1D,
)

categories = [("store", 54), ("item", 33), ("weekday", 7)]
inputs, embedded = [], []
for name, cardinality in categories:
    entry = Input(shape=(1,), name=name)
    vector = Embedding(cardinality, min(50, (cardinality + 1) // 2), name=name + "_embedding")(entry)
    inputs.append(entry)
    embedded.append(Flatten()(vector))
static = Concatenate()(embedded)

history = Input(shape=(28, 3), name="history")
h = SpatialDropout1D(0.1)(history)
h = GRU(20)(h)
x = Concatenate()([static, h])
for width in (32, 16):
    x = Dense(width, activation="relu")(x)
    x = BatchNormalization()(x)
x = Dense(14)(x)
out = Reshape((14, 1))(x)
model = Model(inputs + [history], out)
model.compile("adam", "mse")
