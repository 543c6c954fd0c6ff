"""The rules: each looks at one operation of a trace and makes a claim about it, or stays silent.

The lists are written out by hand, the most specific rule first: the first answer about an operation wins. What no rule
explains, `keras_raises` reports, so that no clash is lost.
"""

from collections.abc import Callable, Iterable
from typing import Any

from lstm_lint.checks.batch_axis_in_input_shape import batch_axis_in_input_shape
from lstm_lint.checks.case import Case
from lstm_lint.checks.embedding_of_embedded import embedding_of_embedded
from lstm_lint.checks.fails_in_forward_pass import fails_in_forward_pass
from lstm_lint.checks.gone_gate_attribute import gone_gate_attribute
from lstm_lint.checks.gone_name import gone_name
from lstm_lint.checks.impossible_reshape import impossible_reshape
from lstm_lint.checks.keras_raises import keras_raises
from lstm_lint.checks.keywords import one_by_one
from lstm_lint.checks.merge_shapes import merge_shapes
from lstm_lint.checks.missing_argument import missing_argument
from lstm_lint.checks.missing_attribute import missing_attribute
from lstm_lint.checks.missing_return_sequences import missing_return_sequences
from lstm_lint.checks.name_bound_nowhere import name_bound_nowhere
from lstm_lint.checks.removed_argument import removed_argument
from lstm_lint.checks.several_outputs_in_sequential import several_outputs_in_sequential
from lstm_lint.checks.silently_wrong import silently_wrong
from lstm_lint.checks.stateful_without_batch_size import stateful_without_batch_size
from lstm_lint.checks.time_axis_lost import time_axis_lost
from lstm_lint.checks.unknown_argument import unknown_argument
from lstm_lint.checks.unpacking_mismatch import unpacking_mismatch
from lstm_lint.checks.wrong_initial_state import wrong_initial_state
from lstm_lint.checks.wrong_rank import wrong_rank
from lstm_lint.claims import Claim
from lstm_lint.findings import Target
from lstm_lint.trace import Clashed, NameUnbound, Operation, Trace

Check = Callable[[Case[Any]], Claim | None]

CHECKS: dict[type[Operation], tuple[Check, ...]] = {
    Clashed: (
        batch_axis_in_input_shape,
        missing_return_sequences,
        time_axis_lost,
        embedding_of_embedded,
        wrong_rank,
        removed_argument,
        unknown_argument,
        missing_argument,
        gone_gate_attribute,
        missing_attribute,
        gone_name,
        unpacking_mismatch,
        stateful_without_batch_size,
        several_outputs_in_sequential,
        merge_shapes,
        impossible_reshape,
        wrong_initial_state,
        silently_wrong,
        fails_in_forward_pass,
        keras_raises,
    ),
    NameUnbound: (name_bound_nowhere,),
}


def judge(trace: Trace, target: Target) -> list[Claim]:
    """All claims about a trace; what is met on several ways through the program is said once."""
    claims: dict[tuple[str, object], Claim] = {}
    for operation in trace.operations:
        checks = () if operation.quiet else CHECKS.get(type(operation), ())
        for case in _cases(Case(operation, trace, target)) if checks else ():
            claim = next((claim for check in checks if (claim := check(case)) is not None), None)
            if claim is not None:
                claims.setdefault((claim.rule, claim.place.node), claim)
    return list(claims.values())


def _cases(case: Case[Any]) -> Iterable[Case[Any]]:
    return one_by_one(case) if isinstance(case.operation, Clashed) else (case,)
