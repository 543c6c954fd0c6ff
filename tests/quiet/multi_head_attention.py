"""Self-attention over what a recurrent layer gave."""
import keras
from keras.layers import GRU, Add, Dense, LayerNormalization, MultiHeadAttention

inputs = keras.Input(shape=(12, 6))
x = GRU(16, return_sequences=True)(inputs)
attended, scores = MultiHeadAttention(num_heads=2, key_dim=8)(x, x, return_attention_scores=True)
x = LayerNormalization()(Add()([x, attended]))
model = keras.Model(inputs, [Dense(1)(x[:, -1]), scores])
print([tuple(each.shape) for each in model.outputs])
