"""The tower is a model of its own, called twice."""
import keras
from keras import layers


def make_tower(length, features):
    return keras.Sequential(
        [
            keras.Input((length, features)),
            layers.Masking(mask_value=0.0),
            layers.Bidirectional(layers.GRU(16)),
            layers.Dense(8, activation="relu"),
        ],
        name="tower",
    )


tower = make_tower(15, 5)
a, b = keras.Input((15, 5), name="a"), keras.Input((15, 5), name="b")
both = layers.Concatenate()([tower(a), tower(b)])
same = layers.Dense(1, activation="sigmoid", name="same")(both)
model = keras.Model(inputs=[a, b], outputs=same)
model.compile("adam", "binary_crossentropy")
print(model.count_params())
