import keras
import random

LENGTH = 10
