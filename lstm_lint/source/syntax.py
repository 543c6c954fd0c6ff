"""Python's own parser, 5 to 15 times as fast as libcst's, behind the guards that keep it and libcst from crashing."""

import warnings
from typing import TYPE_CHECKING

from lstm_lint.source.text import Broken

if TYPE_CHECKING:
    import ast

_LIMITS = ("too many nested", "too many levels", "too many statically nested", "too complex")


def python_tree(text: str) -> "ast.Module":
    """The tree, or Broken with Python's own words and position."""
    import ast

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        message = error.msg.split(" (<unknown>")[0]
        rule = "file-too-deep" if any(words in message for words in _LIMITS) else "broken-syntax"
        raise Broken(rule, message, max(error.lineno or 1, 1), max(error.offset or 1, 1)) from None
    except (RecursionError, MemoryError):
        raise Broken("file-too-deep", "nested too deeply for Python's parser") from None
    except ValueError as error:
        raise Broken("broken-syntax", str(error)) from None


def indent_of(text: str) -> str:
    """How deep its first block is indented; four blanks if there is none."""
    from io import StringIO
    from tokenize import INDENT, TokenError, generate_tokens

    tokens = generate_tokens(StringIO(text).readline)
    try:
        return next((token.string for token in tokens if token.type == INDENT), "    ")
    except (TokenError, SyntaxError):
        return "    "
