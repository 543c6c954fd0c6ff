"""A text back into its file: all of it or nothing."""

import os
import shutil
import tempfile
from pathlib import Path


def write(path: Path, text: str, encoding: str) -> None:
    """Replace the file's content at once, so that no reader and no crash ever sees half of it."""
    real = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode(encoding))
        shutil.copymode(real, temporary)
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise
