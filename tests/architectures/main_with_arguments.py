"""A script with a parser, whose defaults give the sizes."""
import argparse

from keras.layers import LSTM, Dense, Input, Masking
from keras.models import Sequential


def parse_args(argv=None):
    parser = argparse.ArgumentParser(description="Train an LSTM")
    parser.add_argument("--hidden", type=int, default=20)
    parser.add_argument("--depth", type=int, default=2)
    parser.add_argument("--steps", type=int, default=25)
    return parser.parse_args(argv)


def make_model(args):
    model = Sequential()
    model.add(Input(shape=(args.steps, 6)))
    model.add(Masking(mask_value=-1.0))
    for level in range(args.depth):
        model.add(LSTM(args.hidden, return_sequences=(level < args.depth - 1)))
    model.add(Dense(1, activation="sigmoid"))
    return model


def main():
    args = parse_args([])
    model = make_model(args)
    model.compile(loss="binary_crossentropy", optimizer="rmsprop", metrics=["accuracy"])
    model.summary()


if __name__ == "__main__":
    main()
