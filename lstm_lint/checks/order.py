"""The order of the rules. The lists are written out by hand, the most specific rule first: the first answer about an operation wins. What no rule
explains, `keras_raises` reports, so that no clash is lost.
"""

from collections.abc import Callable
from typing import Any

from lstm_lint.checks.accuracy_of_measures import accuracy_of_measures
from lstm_lint.checks.array_shapes_clash import array_shapes_clash
from lstm_lint.checks.attention_shapes import attention_shapes
from lstm_lint.checks.axis_out_of_range import axis_out_of_range
from lstm_lint.checks.backward_layer import backward_layer
from lstm_lint.checks.batch_axis_in_input_shape import batch_axis_in_input_shape
from lstm_lint.checks.broadcast_target import broadcast_target
from lstm_lint.checks.broken_cell import broken_cell
from lstm_lint.checks.calls import CALLS
from lstm_lint.checks.case import Case
from lstm_lint.checks.cell_instead_of_layer import cell_instead_of_layer
from lstm_lint.checks.class_instead_of_instance import class_instead_of_instance
from lstm_lint.checks.data_shape_mismatch import data_shape_mismatch
from lstm_lint.checks.dot_axes import dot_axes
from lstm_lint.checks.embedding_of_embedded import embedding_of_embedded
from lstm_lint.checks.gone_gate_attribute import gone_gate_attribute
from lstm_lint.checks.gone_name import gone_name
from lstm_lint.checks.ignored_argument import ignored_argument
from lstm_lint.checks.impossible_reshape import impossible_reshape
from lstm_lint.checks.input_dim_without_time import input_dim_without_time
from lstm_lint.checks.invalid_argument import invalid_argument
from lstm_lint.checks.invalid_input_shape import invalid_input_shape
from lstm_lint.checks.keras_raises import keras_raises
from lstm_lint.checks.layer_instead_of_cell import layer_instead_of_cell
from lstm_lint.checks.logits_as_probabilities import logits_as_probabilities
from lstm_lint.checks.mask_beside_states import mask_beside_states
from lstm_lint.checks.mask_dropped import mask_dropped
from lstm_lint.checks.merge_shapes import merge_shapes
from lstm_lint.checks.metrics_without_list import metrics_without_list
from lstm_lint.checks.missing_argument import missing_argument
from lstm_lint.checks.missing_attribute import missing_attribute
from lstm_lint.checks.missing_return_sequences import missing_return_sequences
from lstm_lint.checks.mixed_keras import mixed_keras
from lstm_lint.checks.name_bound_nowhere import name_bound_nowhere
from lstm_lint.checks.not_a_layer import not_a_layer
from lstm_lint.checks.not_a_tensor import not_a_tensor
from lstm_lint.checks.not_compiled import not_compiled
from lstm_lint.checks.nothing_to_reset import nothing_to_reset
from lstm_lint.checks.open_features import open_features
from lstm_lint.checks.probabilities_as_logits import probabilities_as_logits
from lstm_lint.checks.refused_file_name import refused_file_name
from lstm_lint.checks.removed_argument import removed_argument
from lstm_lint.checks.sample_count_mismatch import sample_count_mismatch
from lstm_lint.checks.scaler_shape import scaler_shape
from lstm_lint.checks.sequences_against_one_label import sequences_against_one_label
from lstm_lint.checks.several_outputs_in_sequential import several_outputs_in_sequential
from lstm_lint.checks.softmax_over_one_unit import softmax_over_one_unit
from lstm_lint.checks.sparse_against_one_hot import sparse_against_one_hot
from lstm_lint.checks.stateful_batch_mismatch import stateful_batch_mismatch
from lstm_lint.checks.stateful_without_batch_size import stateful_without_batch_size
from lstm_lint.checks.surplus_initial_state import surplus_initial_state
from lstm_lint.checks.target_shape_mismatch import target_shape_mismatch
from lstm_lint.checks.tensorflow_on_symbolic import tensorflow_on_symbolic
from lstm_lint.checks.time_axis_lost import time_axis_lost
from lstm_lint.checks.too_few_steps import too_few_steps
from lstm_lint.checks.unknown_argument import unknown_argument
from lstm_lint.checks.unknown_training_name import unknown_training_name
from lstm_lint.checks.unpacking_mismatch import unpacking_mismatch
from lstm_lint.checks.unroll_of_unknown_length import unroll_of_unknown_length
from lstm_lint.checks.unusable_data import unusable_data
from lstm_lint.checks.weights_before_build import weights_before_build
from lstm_lint.checks.weights_of_other_width import weights_of_other_width
from lstm_lint.checks.wrong_data_rank import wrong_data_rank
from lstm_lint.checks.wrong_initial_state import wrong_initial_state
from lstm_lint.checks.wrong_model_inputs import wrong_model_inputs
from lstm_lint.checks.wrong_number_of_inputs import wrong_number_of_inputs
from lstm_lint.checks.wrong_number_of_targets import wrong_number_of_targets
from lstm_lint.checks.wrong_rank import wrong_rank
from lstm_lint.checks.wrong_weights import wrong_weights
from lstm_lint.claims import Claim
from lstm_lint.trace import Called, Clashed, NameUnbound, Operation

Check = Callable[[Case[Any]], Claim | None]

CHECKS: dict[type[Operation], tuple[Check, ...]] = {
    Clashed: (
        batch_axis_in_input_shape,
        input_dim_without_time,
        missing_return_sequences,
        time_axis_lost,
        embedding_of_embedded,
        wrong_data_rank,
        wrong_rank,
        cell_instead_of_layer,
        removed_argument,
        unknown_argument,
        missing_argument,
        gone_gate_attribute,
        refused_file_name,
        missing_attribute,
        gone_name,
        unpacking_mismatch,
        stateful_without_batch_size,
        several_outputs_in_sequential,
        merge_shapes,
        impossible_reshape,
        wrong_initial_state,
        surplus_initial_state,
        sparse_against_one_hot,
        target_shape_mismatch,
        sequences_against_one_label,
        broadcast_target,
        wrong_number_of_targets,
        data_shape_mismatch,
        wrong_model_inputs,
        sample_count_mismatch,
        softmax_over_one_unit,
        probabilities_as_logits,
        logits_as_probabilities,
        metrics_without_list,
        unknown_training_name,
        not_compiled,
        unusable_data,
        scaler_shape,
        array_shapes_clash,
        mask_dropped,
        mask_beside_states,
        accuracy_of_measures,
        mixed_keras,
        class_instead_of_instance,
        backward_layer,
        layer_instead_of_cell,
        broken_cell,
        invalid_input_shape,
        invalid_argument,
        axis_out_of_range,
        open_features,
        weights_of_other_width,
        wrong_number_of_inputs,
        dot_axes,
        attention_shapes,
        too_few_steps,
        not_a_tensor,
        not_a_layer,
        tensorflow_on_symbolic,
        weights_before_build,
        wrong_weights,
        nothing_to_reset,
        stateful_batch_mismatch,
        unroll_of_unknown_length,
        ignored_argument,
        keras_raises,
    ),
    Called: CALLS,
    NameUnbound: (name_bound_nowhere,),
}
