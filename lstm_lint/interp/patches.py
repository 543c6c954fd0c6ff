"""What a file puts on the modules and things of a library: what it sets there, they have."""

import re


def sets(text: str, name: str) -> bool:
    """Does the file assign an attribute of this name, or set attributes by texts of which one is this name?"""
    if re.search(rf"\.{name}\s*=(?!=)", text) or re.search(rf"{_TARGETS}\.{name}{_MORE_TARGETS}", text, re.MULTILINE):
        return True
    return "setattr" in text and re.search(rf"[\"']{name}[\"']", text) is not None


_TARGETS = r"^[ \t]*[(\[]?[\w.,* \t\[\]]*"
_MORE_TARGETS = r"[ \t]*(?:[,)\]][\w.,* \t\[\])]*|:[^\n]*)=(?!=)"
