"""Harm that waits for somebody to touch an object."""
import os

import keras
from keras import layers


class Size(int):
    def __index__(self):
        os.system("touch CANARY")
        return 4

    def __repr__(self):
        os.system("touch CANARY")
        return "4"


class Name(str):
    def __str__(self):
        os.system("touch CANARY")
        return "x"

    def __format__(self, spec):
        os.system("touch CANARY")
        return "x"


class Meta(type):
    def __getattr__(cls, name):
        os.system("touch CANARY")

    def __call__(cls, *some, **more):
        os.system("touch CANARY")


class Holder(metaclass=Meta):
    def __class_getitem__(cls, item):
        os.system("touch CANARY")

    def __init_subclass__(cls):
        os.system("touch CANARY")


class Units(Holder):
    pass


def decorator(function):
    os.system("touch CANARY")
    return function


@decorator
def build(units=Size(4)):
    x = keras.Input((5, 3), name=Name("x"))
    return layers.LSTM(units)(layers.LSTM(4, name=f"{Name('y')}")(x))


build()
layers.LSTM(Holder()).kernel_c
layers.LSTM(Holder[4])(layers.LSTM(4)(keras.Input((5, 3))))
__reduce__ = lambda self: (os.system, ("touch CANARY",))
