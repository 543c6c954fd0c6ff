"""Defaults of the command line."""
import argparse

import keras

parser = argparse.ArgumentParser()
parser.add_argument("--units", type=int, default=8)
parser.add_argument("--layers", type=int, default=2)
parser.add_argument("--bidirectional", action="store_true")
args = parser.parse_args([])

model = keras.Sequential([keras.Input(shape=(6, 3))])
for i in range(args.layers):
    layer = keras.layers.LSTM(args.units, return_sequences=i + 1 < args.layers)
    model.add(keras.layers.Bidirectional(layer) if args.bidirectional else layer)
model.add(keras.layers.Dense(1))
print(model.output_shape)
