"""Bytes to text, exactly: encoding as Python itself finds it, line ends kept; and which texts are worth a parse."""

import re

from lstm_lint.records import dataclass

LARGEST = 1_000_000
NEWLINE = re.compile(r"\r\n?|\n")

_COOKIE = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t\f]*#.*?coding[:=]", re.MULTILINE)
_RECURRENT = ("LSTM", "GRU", "RNN", "Bidirectional", "TimeDistributed")
_KERAS_IMPORT = re.compile(r"^[^\S\n]*(?:from|import)\b[^#\n]*(?:keras|tensorflow)", re.MULTILINE)
_KERAS_NAME = re.compile(
    r"\b(?:Sequential|Model|Functional|Input|InputLayer|Layer|Lambda|Dense|EinsumDense|Embedding|Masking|Activation|Dropout"
    r"|Flatten|Reshape|Permute|RepeatVector|TimeseriesGenerator|Attention|AdditiveAttention|MultiHeadAttention"
    r"|Concatenate|Add|Average|Dot|Multiply|Maximum|Minimum|Subtract|(?:Batch|Layer|Group|Unit)Normalization"
    r"|(?:Separable|Depthwise)?Conv(?:olution)?[123]D\w*|(?:Global)?(?:Max|Average|Avg)(?:imum)?Pool(?:ing)?[123]D"
    r"|(?:UpSampling|ZeroPadding|Cropping)[123]D|(?:Spatial|Gaussian|Alpha)Dropout\w*|GaussianNoise"
    r"|ReLU|LeakyReLU|PReLU|ELU|Softmax|TextVectorization|StringLookup|IntegerLookup)\b"
)


@dataclass(eq=False)
class Broken(Exception):
    """A file that cannot be read as Python: `rule` is a card's name, row and column count from 1."""

    rule: str
    message: str
    row: int = 1
    column: int = 1


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding, `utf-8-sig` where a byte order mark stands."""
    if b"\0" in data:
        raise _at(data, data.index(b"\0"), "binary-file", "this is no text: it holds NUL bytes")
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
        text.encode("utf-8")
    except UnicodeDecodeError as error:
        raise _at(data, error.start, "bad-encoding", _undecodable(error)) from None
    except (UnicodeError, LookupError) as error:
        raise Broken("bad-encoding", f"cannot be decoded as {encoding}: {error}") from None
    if "\0" in text:
        raise Broken("binary-file", "this is no text: it holds NUL characters")
    return text, encoding


def wanted(text: str) -> bool:
    """Whether the text holds a recurrent name, or a Keras layer or model class beside a Keras import."""
    if any(name in text for name in _RECURRENT):
        return True
    return "keras" in text and bool(_KERAS_IMPORT.search(text)) and bool(_KERAS_NAME.search(text))


def _encoding(data: bytes) -> str:
    """What Python takes: a cookie in the first two lines, a byte order mark, else utf-8."""
    if not _COOKIE.search(data[:1_000]):
        return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    import io
    from tokenize import detect_encoding

    try:
        return detect_encoding(io.BytesIO(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).readline)[0]
    except SyntaxError as error:
        raise Broken("bad-encoding", str(error.msg)) from None


def _undecodable(error: UnicodeDecodeError) -> str:
    byte = f"byte 0x{error.object[error.start]:02x}"
    if error.encoding == "utf-8":
        return f"{byte} is not UTF-8, and no encoding is declared"
    return f"{byte} cannot be decoded as {error.encoding}, the declared encoding"


def _at(data: bytes, offset: int, rule: str, message: str) -> Broken:
    lines = NEWLINE.split(data[:offset].decode("utf-8", errors="replace"))
    return Broken(rule, message, len(lines), len(lines[-1]) + 1)
