"""The rules: each looks at one operation of a trace and makes a claim about it, or stays silent.

The lists are written out by hand, the most specific rule first: the first answer about an operation wins. What no rule
explains, `keras_raises` reports, so that no clash is lost.
"""

from collections.abc import Callable
from typing import Any

from lstm_lint.checks import (
    batch_axis_in_input_shape,
    embedding_of_embedded,
    gone_gate_attribute,
    gone_name,
    impossible_reshape,
    keras_raises,
    merge_shapes,
    missing_argument,
    missing_attribute,
    missing_return_sequences,
    name_bound_nowhere,
    removed_argument,
    several_outputs_in_sequential,
    stateful_without_batch_size,
    time_axis_lost,
    unknown_argument,
    unpacking_mismatch,
    wrong_rank,
)
from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.findings import Target
from lstm_lint.trace import Clashed, NameUnbound, Operation, Trace

Check = Callable[[Case[Any]], Claim | None]

CHECKS: dict[type[Operation], tuple[Check, ...]] = {
    Clashed: (
        batch_axis_in_input_shape.check,
        missing_return_sequences.check,
        time_axis_lost.check,
        embedding_of_embedded.check,
        wrong_rank.check,
        removed_argument.check,
        unknown_argument.check,
        missing_argument.check,
        gone_gate_attribute.check,
        missing_attribute.check,
        gone_name.check,
        unpacking_mismatch.check,
        stateful_without_batch_size.check,
        several_outputs_in_sequential.check,
        merge_shapes.check,
        impossible_reshape.check,
        keras_raises.check,
    ),
    NameUnbound: (name_bound_nowhere.check,),
}


def judge(trace: Trace, target: Target) -> list[Claim]:
    """All claims about a trace; what is met on several ways through the program is said once."""
    claims: dict[tuple[str, int], Claim] = {}
    for operation in trace.operations:
        checks = CHECKS.get(type(operation), ())
        if operation.quiet or not checks:
            continue
        case = Case(operation, trace, target)
        claim = next((claim for check in checks if (claim := check(case)) is not None), None)
        if claim is not None:
            claims.setdefault((claim.rule, id(claim.place.node)), claim)
    return list(claims.values())
