"""Receipt codes: short enough to read out, long enough not to be guessed.

Twelve symbols of Crockford's base 32 (60 random bits) in three groups, as in R-7F3K-92QD-M4XT.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code(prefix: str) -> str:
    """A fresh random code with ``prefix``, as "R"."""
    return _grouped(prefix, "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def read_code(text: str, prefix: str) -> str:
    """The code that ``text`` means, in its proper form, or "" if it can't be one.

    Case, dashes and spaces are forgiven, and so are the letters O, I and L, which the alphabet lacks.
    """
    symbols = "".join(sign for sign in text.upper() if sign.isalnum()).translate(FORGIVEN)
    if len(symbols) == LENGTH + 1 and symbols.startswith(prefix):
        symbols = symbols[1:]
    if len(symbols) != LENGTH or any(sign not in ALPHABET for sign in symbols):
        return ""
    return _grouped(prefix, symbols)


def _grouped(prefix: str, symbols: str) -> str:
    groups = [symbols[start : start + GROUP] for start in range(0, LENGTH, GROUP)]
    return "-".join([prefix, *groups])
