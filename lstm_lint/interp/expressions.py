"""Names, choices, lambdas and the like."""

from lstm_lint.interp import containers, names
from lstm_lint.interp.branches import arms_fit_others, fork
from lstm_lint.interp.functions import new_function
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.truths import asked, truth_of
from lstm_lint.source import nodes
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Value, either


def name(machine: Machine, node: nodes.Name) -> Value:
    return names.read(machine, node, node.value)


def boolean(machine: Machine, node: nodes.BooleanOperation) -> Value:
    left = machine.evaluate(node.left)
    answer = truth_of(machine, left, node.left)
    if answer is not None:
        stop = answer is (node.operator == "or")
        return left if stop else machine.evaluate(node.right)
    values = fork(machine, [lambda: left, lambda: machine.evaluate(node.right)])
    return either(values)


def choice(machine: Machine, node: nodes.IfExp) -> Value:
    answer = asked(machine, node.test)
    if answer is not None:
        return machine.evaluate(node.body if answer else node.orelse)
    with machine.silence(arms_fit_others(machine, node.test), hidden=False):
        return either(fork(machine, [lambda: machine.evaluate(node.body), lambda: machine.evaluate(node.orelse)]))


def lambda_(machine: Machine, node: nodes.Lambda) -> Value:
    return new_function(machine, node, "<lambda>")


def walrus(machine: Machine, node: nodes.NamedExpr) -> Value:
    value = machine.evaluate(node.value)
    if isinstance(node.target, nodes.Name):
        names.bind(machine, node.target.value, value, node.target)
    return value


def yield_(machine: Machine, node: nodes.Yield) -> Value:
    value = node.value
    if isinstance(value, nodes.From):
        several = machine.evaluate(value.item)
        known = containers.elements(machine, several)
        many = containers.each(machine, several)
        values = known if known is not None else [many.element if many else Unknown("a yield from")]
    else:
        known = values = [machine.evaluate(value) if value else NONE]
    machine.here.yielded(values, known is not None and machine.ways == machine.here.ways and not machine.rounds)
    return Unknown("what is sent to a generator")


def await_(machine: Machine, node: nodes.Await) -> Value:
    machine.evaluate(node.expression)
    return Unknown("an awaited value")
