"""Names that went, and what stands for them now. The longest beginning of a path that is listed here decides."""

GONE = {
    "keras.layers.recurrent": "`keras.layers`",
    "keras.layers.core": "`keras.layers`",
    "keras.layers.wrappers": "`keras.layers`",
    "keras.layers.embeddings": "`keras.layers`",
    "keras.layers.convolutional": "`keras.layers`",
    "keras.layers.convolutional_recurrent": "`keras.layers`",
    "keras.layers.normalization": "`keras.layers`",
    "keras.layers.pooling": "`keras.layers`",
    "keras.layers.noise": "`keras.layers`",
    "keras.layers.merge": "`keras.layers`",
    "keras.layers.advanced_activations": "`keras.layers`",
    "keras.layers.local": "`keras.layers`",
    "keras.layers.rnn": "`keras.layers`",
    "keras.layers.cudnn_recurrent": "`keras.layers`",
    "keras.layers.CuDNNLSTM": "`keras.layers.LSTM`, which takes the cuDNN kernel by itself,",
    "keras.layers.CuDNNGRU": "`keras.layers.GRU`, which takes the cuDNN kernel by itself,",
    "keras.layers.Merge": "`keras.layers.Concatenate` or `Add`",
    "keras.layers.TimeDistributedDense": "`keras.layers.TimeDistributed(Dense(...))`",
    "keras.layers.ThresholdedReLU": "`keras.layers.ReLU(threshold=...)`",
    "keras.layers.experimental": "`keras.layers`",
    "keras.layers.AbstractRNNCell": "`keras.layers.Layer` with `state_size` and `output_size`",
    "keras.engine": "`keras.Model`, `keras.layers.Layer` or `keras.Input`",
    "keras.engine.topology": "`keras.layers.Layer` or `keras.layers.InputSpec`",
    "keras.initializations": "`keras.initializers`",
    "keras.objectives": "`keras.losses`",
    "keras.utils.np_utils": "`keras.utils` (`to_categorical` among others)",
    "keras.utils.generic_utils": "`keras.utils`",
    "keras.utils.vis_utils": "`keras.utils.plot_model`",
    "keras.utils.visualize_util": "`keras.utils.plot_model`",
    "keras.utils.multi_gpu_model": "`tf.distribute.MirroredStrategy`",
    "keras.utils.training_utils": "`tf.distribute.MirroredStrategy`",
    "keras.preprocessing.sequence.TimeseriesGenerator": "`keras.utils.timeseries_dataset_from_array`",
    "keras.preprocessing.text": "`keras.layers.TextVectorization`",
    "keras.preprocessing.image.ImageDataGenerator": "`keras.utils.image_dataset_from_directory`",
    "keras.wrappers.scikit_learn": "the package `scikeras`",
    "keras.backend.tensorflow_backend": "`keras.backend`",
    "keras.backend.set_session": "nothing: TensorFlow 2 runs without sessions, which",
    "keras.backend.get_session": "nothing: TensorFlow 2 runs without sessions, which",
    "keras.backend.function": "`keras.Model(inputs, outputs)`",
    "keras.backend.placeholder": "`keras.Input`",
    "keras.backend": "`keras.ops`",
    "tensorflow.contrib.rnn": "`tf.keras.layers`",
    "tensorflow.contrib": "`tf.keras`, or a package of its own,",
    "tensorflow.nn.rnn_cell": "`tf.keras.layers.LSTMCell` and its like",
    "tensorflow.nn.dynamic_rnn": "`tf.keras.layers.RNN(cell)`",
    "tensorflow.nn.static_rnn": "`tf.keras.layers.RNN(cell, unroll=True)`",
    "tensorflow.nn.bidirectional_dynamic_rnn": "`tf.keras.layers.Bidirectional`",
    "tensorflow.placeholder": "`tf.keras.Input`",
    "tensorflow.Session": "nothing: TensorFlow 2 runs without sessions, which",
    "tensorflow.layers": "`tf.keras.layers`",
    "tensorflow.python.keras": "`tf.keras`",
}


def instead(path: str) -> str:
    """What stands for it, or an empty string."""
    plain = path.replace("tensorflow.keras", "keras").replace("tf_keras", "keras")
    parts = plain.split(".")
    beginnings = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((GONE[beginning] for beginning in beginnings if beginning in GONE), "")
