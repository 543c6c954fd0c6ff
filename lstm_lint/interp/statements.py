"""Statements: one function for each kind of node, found by the node's type."""

from collections.abc import Callable
from functools import partial
from typing import Any

from lstm_lint.interp import classes, containers, functions, names
from lstm_lint.interp.attributes import SETTER
from lstm_lint.interp.branches import arms_fit_others, asks_for_version, fork_flow
from lstm_lint.interp.displays import hashable, key_of
from lstm_lint.interp.frames import Flow
from lstm_lint.interp.machine import PLAIN_TYPES, Machine
from lstm_lint.interp.operators import operate
from lstm_lint.interp.subscripts import index_of, item, put_item
from lstm_lint.interp.targets import assign
from lstm_lint.interp.truths import asked
from lstm_lint.source import nodes
from lstm_lint.values.heap import ABSENT
from lstm_lint.values.library import NEVER, Argument
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Function, Method, Symbol, Thing, UserClass, Value


def expression_(machine: Machine, node: nodes.Expr) -> Flow:
    return Flow.RAISE if machine.evaluate(node.value) is NEVER else Flow.NEXT


def assign_(machine: Machine, node: nodes.Assign) -> Flow:
    value = machine.evaluate(node.value)
    if value is NEVER:
        return Flow.RAISE
    for target in node.targets:
        assign(machine, target, value, node)
    return Flow.NEXT


def annotated_(machine: Machine, node: nodes.AnnAssign) -> Flow:
    scope = machine.here.scope
    if scope.kind == "class" and isinstance(node.target, nodes.Name):
        fields = scope.names.get(classes.FIELDS, ())
        machine.heap.put(scope.names, classes.FIELDS, (*fields, node.target.value))
    if node.value is not None:
        assign(machine, node.target, machine.evaluate(node.value), node)
    return Flow.NEXT


def augmented_(machine: Machine, node: nodes.AugAssign) -> Flow:
    target = node.target
    operator = node.operator
    value = machine.evaluate(node.value)
    if isinstance(target, nodes.Subscript):
        owner, index = machine.evaluate(target.value), index_of(machine, target)
        result = operate(machine, operator, item(machine, owner, index, target), value, node)
        put_item(machine, owner, index, result, target)
        return Flow.NEXT
    before = machine.evaluate(target)
    if isinstance(before, Thing) and before.type == "list" and operator == "+":
        _extend(machine, before, value)
        return Flow.NEXT
    assign(machine, target, operate(machine, operator, before, value, node), node)
    return Flow.NEXT


def _extend(machine: Machine, target: Thing, value: Value) -> None:
    known, more = containers.rows(target), containers.elements(machine, value)
    certain = known is not None and more is not None and len(known) + len(more) <= containers.MOST_ELEMENTS
    together = (*(known or ()), *(more or ())) if certain else Unknown("a list extended by unknown values")
    machine.heap.put(target, "items", together)


def if_(machine: Machine, node: nodes.If) -> Flow:
    answer = asked(machine, node.test)
    if answer is True:
        return machine.suite(node)
    if answer is False:
        return _else(machine, node.orelse)
    before = len(machine.here.frame.exits)
    with machine.silence(arms_fit_others(machine, node.test), hidden=False):
        flow = fork_flow(machine, [lambda: machine.suite(node), lambda: _else(machine, node.orelse)])
    if len(machine.here.frame.exits) > before and asks_for_version(machine, node.test):
        machine.quiet += 1  # one arm returned: the rest of the function is the other; `follow` takes it back
    return flow


def _else(machine: Machine, orelse: Any) -> Flow:
    if orelse is None:
        return Flow.NEXT
    return machine.run_statement(orelse) if isinstance(orelse, nodes.If) else machine.suite(orelse)


def return_(machine: Machine, node: nodes.Return) -> Flow:
    machine.here.returned = machine.evaluate(node.value) if node.value is not None else NONE
    return Flow.RETURN


def raise_(machine: Machine, node: nodes.Raise) -> Flow:
    if node.exc is not None:
        machine.evaluate(node.exc)
    return Flow.RAISE


def assert_(machine: Machine, node: nodes.Assert) -> Flow:
    asked(machine, node.test)
    return Flow.NEXT


def function_(machine: Machine, node: nodes.FunctionDef) -> Flow:
    if _sets(machine, node):
        return Flow.NEXT
    decorators = [machine.evaluate(decorator) for decorator in node.decorators]
    function = functions.new_function(machine, node, node.name.value)
    value: Value = function
    for decorator in reversed(decorators):
        value = _decorated(machine, decorator, value, node)
    names.bind(machine, node.name.value, value, node.name)
    return Flow.NEXT


def _sets(machine: Machine, node: nodes.FunctionDef) -> bool:
    """`@name.setter` adds to a property what writing to it does."""
    only = node.decorators[0] if len(node.decorators) == 1 else None
    if not isinstance(only, nodes.Attribute) or only.attr.value not in ("setter", "deleter"):
        return False
    held = machine.evaluate(only.value)
    if not isinstance(held, Function) or held.kind != "property":
        return False
    if only.attr.value == "setter":
        setter = functions.new_function(machine, node, node.name.value)
        machine.heap.put(machine.here.scope.names, (SETTER, node.name.value), setter)
    return True


KINDS = {"builtins.staticmethod": "static", "builtins.classmethod": "class", "builtins.property": "property"}


def _decorated(machine: Machine, decorator: Value, value: Value, node: Any) -> Value:
    if isinstance(decorator, Symbol) and isinstance(value, Function) and decorator.path in KINDS:
        value.kind = KINDS[decorator.path]
        return value
    return machine.apply(decorator, [Argument(value)], False, node)


def class_(machine: Machine, node: nodes.ClassDef) -> Flow:
    decorators = [machine.evaluate(decorator) for decorator in node.decorators]
    value: Value = classes.define(machine, node)
    for decorator in reversed(decorators):
        made = _decorated(machine, decorator, value, node)
        value = made if isinstance(made, UserClass) else value
    names.bind(machine, node.name.value, value, node.name)
    return Flow.NEXT


def global_(machine: Machine, node: nodes.Global | nodes.Nonlocal) -> Flow:
    scope = machine.here.scope
    outer = list(scope.around())
    for each in node.names:
        name = each.value
        if isinstance(node, nodes.Global):
            scope.elsewhere[name] = outer[-1]
        else:
            scope.elsewhere[name] = next((s for s in outer[1:-1] if name in s.names.fields), scope)
    return Flow.NEXT


def del_(machine: Machine, node: nodes.Del) -> Flow:
    targets = node.target.elements if isinstance(node.target, nodes.Tuple) else (node.target,)
    for target in targets:
        if isinstance(target, nodes.Name):
            names.unbind(machine, target.value)
        elif isinstance(target, nodes.Attribute):
            owner = machine.evaluate(target.value)
            if isinstance(owner, Thing):
                machine.heap.put(owner, target.attr.value, ABSENT)
        elif isinstance(target, nodes.Subscript):
            _del_item(machine, machine.evaluate(target.value), index_of(machine, target))
    return Flow.NEXT


def _del_item(machine: Machine, owner: Value, index: Value) -> None:
    items = owner.get("items") if isinstance(owner, Thing) else None
    if isinstance(owner, Thing) and owner.type == "dict" and isinstance(items, dict) and hashable(index):
        machine.heap.put(owner, "items", {key: value for key, value in items.items() if key != key_of(index)})
    elif isinstance(owner, Thing) and owner.type in ("list", "dict"):
        machine.heap.put(owner, "items", Unknown("an element was deleted"))
    elif isinstance(owner, Thing) and owner.type not in PLAIN_TYPES:
        machine.apply(Method(owner, "__delitem__"), [Argument(index)], False, None)


def match_(machine: Machine, node: nodes.Match) -> Flow:
    from lstm_lint.interp.patterns import fits

    subject = machine.evaluate(node.subject)
    ways: list[Callable[[], Flow]] = []
    for case in node.cases:
        bound: dict[str, Value] = {}
        answer = fits(machine, case.pattern, subject, bound)
        if answer is False:
            continue
        run = partial(_case, machine, case, bound)
        if answer is True and case.guard is None:
            return fork_flow(machine, [*ways, run]) if ways else run()
        ways.append(run)
    ways.append(lambda: Flow.NEXT)
    return fork_flow(machine, ways) if len(ways) > 1 else Flow.NEXT


def _case(machine: Machine, case: nodes.MatchCase, bound: dict[str, Value]) -> Flow:
    for name, value in bound.items():
        names.bind(machine, name, value, case)
    if case.guard is not None and asked(machine, case.guard) is False:
        return Flow.NEXT
    return machine.suite(case)
