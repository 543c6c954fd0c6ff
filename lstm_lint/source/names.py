"""Every name that anything in a text can bind, in whatever scope: what is not among them is bound nowhere."""

import ast
from collections.abc import Iterator

from lstm_lint.records import dataclass
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import Broken

_DYNAMIC = frozenset(
    ("globals", "locals", "vars", "exec", "eval", "execfile", "__builtins__", "builtins", "__builtin__", "gettext")
)
_DYNAMIC_ATTRIBUTES = frozenset(("f_globals", "f_locals", "f_builtins", "__globals__", "__builtins__"))


@dataclass(frozen=True)
class Bound:
    """`stars`: the modules that are imported whole, as written (`..package.module`). `dynamic`: names may come in ways
    that no reading of the text shows, such as `globals()` or `exec`."""

    names: frozenset[str]
    stars: tuple[str, ...]
    dynamic: bool


def bound_names(text: str) -> Bound | None:
    """None: this Python's parser does not read the text, so nothing is known."""
    try:
        nodes = list(ast.walk(python_tree(text)))
    except Broken:
        return None
    names = frozenset(name for node in nodes for name in _names(node))
    stars = tuple(star for node in nodes if isinstance(node, ast.ImportFrom) for star in _stars(node))
    return Bound(names, stars, any(map(_dynamic, nodes)))


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case _ if type(node).__name__ in ("TypeVar", "ParamSpec", "TypeVarTuple"):  # Python 3.12's syntax
            yield str(node.name)  # type: ignore[attr-defined]


def _stars(node: ast.ImportFrom) -> Iterator[str]:
    if any(alias.name == "*" for alias in node.names):
        yield "." * node.level + (node.module or "")


def _dynamic(node: ast.AST) -> bool:
    """Whether names can be bound through what this node mentions."""
    match node:
        case ast.Name(id=name) | ast.alias(name=name):
            return name.partition(".")[0] in _DYNAMIC
        case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
            return True
        case ast.Attribute(attr=name):
            return name in _DYNAMIC_ATTRIBUTES
        case ast.ImportFrom(module=str(module), names=names):
            return module in _DYNAMIC or (module == "sys" and any(alias.name == "modules" for alias in names))
    return False
