"""The order of the rules. The lists are written out by hand, the most specific rule first: the first answer about an
operation wins. What no rule explains, `keras_raises` reports, so that no clash is lost.

Each name is a module of this room and the function in it; it is loaded when its turn comes.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.trace import Called, Clashed, ItemRead, NameUnbound, Operation

Check = Callable[[Case[Any]], Claim | None]

ORDER: dict[type[Operation], tuple[str, ...]] = {
    Clashed: (
        "batch_axis_in_input_shape",
        "input_dim_without_time",
        "missing_return_sequences",
        "time_axis_lost",
        "embedding_of_embedded",
        "wrong_data_rank",
        "axis_added",
        "wrong_rank",
        "cell_instead_of_layer",
        "removed_argument",
        "unknown_argument",
        "missing_argument",
        "gone_gate_attribute",
        "refused_file_name",
        "missing_attribute",
        "gone_name",
        "unpacking_mismatch",
        "stateful_without_batch_size",
        "several_outputs_in_sequential",
        "merge_shapes",
        "impossible_reshape",
        "wrong_initial_state",
        "surplus_initial_state",
        "sparse_against_one_hot",
        "target_shape_mismatch",
        "sequences_against_one_label",
        "broadcast_target",
        "wrong_number_of_targets",
        "data_shape_mismatch",
        "wrong_model_inputs",
        "sample_count_mismatch",
        "softmax_over_one_unit",
        "cross_entropy_over_one_unit",
        "probabilities_as_logits",
        "logits_as_probabilities",
        "metrics_without_list",
        "unknown_training_name",
        "not_compiled",
        "unusable_data",
        "scaler_shape",
        "array_shapes_clash",
        "mask_dropped",
        "mask_beside_states",
        "padding_not_masked",
        "padded_left",
        "stateful_shuffled",
        "value_out_of_range",
        "accuracy_of_measures",
        "mixed_keras",
        "class_instead_of_instance",
        "backward_layer",
        "layer_instead_of_cell",
        "broken_cell",
        "invalid_input_shape",
        "invalid_argument",
        "axis_out_of_range",
        "open_features",
        "weights_of_other_width",
        "wrong_number_of_inputs",
        "dot_axes",
        "attention_shapes",
        "too_few_steps",
        "not_a_tensor",
        "not_a_layer",
        "tensorflow_on_symbolic",
        "mask_shape",
        "input_dtype",
        "unknown_monitor",
        "wrong_weighting",
        "broken_class",
        "layer_made_in_call",
        "never_called",
        "symbolic_as_data",
        "open_size",
        "index_out_of_range",
        "disconnected_graph",
        "end_not_symbolic",
        "repeated_name",
        "weights_before_build",
        "wrong_weights",
        "nothing_to_reset",
        "stateful_batch_mismatch",
        "unroll_of_unknown_length",
        "ignored_argument",
        "keras_raises",
    ),
    Called: ("no_fused_kernel", "model_made_each_round", "gates_in_other_order"),
    ItemRead: ("gates_in_other_order",),
    NameUnbound: ("name_bound_nowhere",),
}


@cache
def check(name: str) -> Check:
    found: Check = getattr(import_module(f"lstm_lint.checks.{name}"), name)
    return found
