"""Trained in batches, used stateful with a batch of one."""
import keras


def build(batch, stateful):
    inputs = keras.Input(batch_shape=(batch, None, 3))
    x = keras.layers.GRU(5, stateful=stateful, return_sequences=True)(inputs)
    return keras.Model(inputs, keras.layers.Dense(3)(x))


trained, used = build(8, False), build(1, True)
used.set_weights(trained.get_weights())
print(used.output_shape)
