"""Lines that a label makes known: "Credits: …", "Updated: …", "Published: …". Pure functions of one line's text.

Each answers with what stands behind the label, or with "" for a line that is no such line. A sentence that happens
to start like a label is none.
"""

import re

from articles.catalogue.dates import parse_partial_date
from articles.importing.documents import CREDIT_LENGTH, UPDATED_LENGTH, fold

COLON = r"\s*[:\uff1a]\s*"
PICTURE = (
    r"(?:(?:all|cover|featured?|header|hero|lead|main|top)\s+)?"
    r"(?:image|photo|photograph|pic|picture|illustration|graphic|screenshot|video)s?"
)
CREDIT = re.compile(
    rf"(?:(?:{PICTURE}\s+)?credits?(?:\s*\(s\))?|{PICTURE}\s+(?:source|courtesy(?:\s+of)?|by|via)|courtesy(?:\s+of)?)"
    rf"{COLON}(?P<text>.+)",
    re.IGNORECASE,
)
# Without a colon, or with a word that captions start with as well: what follows must look like a name.
NAMED_CREDIT = re.compile(
    rf"(?:{PICTURE}\s+(?:credits?|courtesy\s+of|by|via)|courtesy\s+of|credits?\s+[-\u2013\u2014])\s+(?P<text>.+)"
    rf"|(?:image|photo|picture)s?{COLON}(?P<name>.+)",
    re.IGNORECASE,
)
GLUED_CREDIT = re.compile(
    rf"[.!?][\"'\u201d\u2019)]?\s+(?:{PICTURE}\s+)?credits?{COLON}(?P<text>[^.!?]{{1,80}}[.!?]?)", re.IGNORECASE
)
LONGEST_GLUED = 140
UPDATED = re.compile(
    rf"(?:last\s+)?updated(?:\s+on\b)?(?P<colon>{COLON}|\s+[-\u2013]\s+|\s+)(?P<text>.+)", re.IGNORECASE
)
PUBLISHED = re.compile(rf"(?:first\s+)?(?:published|posted)(?:\s+on\b)?(?:{COLON}|\s+)(?P<text>.+)", re.IGNORECASE)
LABEL = re.compile(
    rf"(?:(?:last\s+)?updated|(?:{PICTURE}\s+)?credits?|sources?|via)\s*[:\uff1a]", re.IGNORECASE
)  # what a reader takes for a label, whatever follows
MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
NUMERIC_DATE = re.compile(r"\b\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b|\b\d{1,2}/\d{1,2}\b")
RELATIVE = re.compile(
    r"(?:about\s+|over\s+)?(?:an?|\d+)\s*(?:min(?:ute)?|h(?:ou)?r|day|week|month|year|[mhdwy])s?\s+ago"
    r"|just now|today|yesterday|last (?:week|month|year)",
    re.IGNORECASE,
)
WRAPPERS = {"(": ")", "[": "]", "*": "*", "_": "_"}
FINAL_STOP = re.compile(r"[.!?][\"'\u201d\u2019)\]]*$")
MOST_NAME_WORDS, MOST_CAPTION_WORDS, MOST_CREDIT_WORDS = 8, 4, 15
SHORT_SENTENCE = 6
ARTICLES = frozenset({"A", "An", "The"})
FIRST_YEAR, LAST_YEAR = 1900, 2199


def unwrap(text: str) -> str:
    """``text`` without the brackets or stars that enclose the whole of it."""
    is_wrapped = len(text) > 2 and WRAPPERS.get(text[0]) == text[-1] and text[0] not in text[1:-1]
    return text[1:-1].strip() if is_wrapped else text


def credit_of(text: str) -> str:
    """Whom a line credits with a picture."""
    match = CREDIT.fullmatch(text)
    if match:
        name = fold(match["text"])
        return name if len(name) <= CREDIT_LENGTH and not reads_like_sentence(name, MOST_CREDIT_WORDS) else ""
    match = NAMED_CREDIT.fullmatch(text)
    if not match:
        return ""
    name = fold(match["text"] or match["name"])
    words = name.split()
    most = MOST_NAME_WORDS if match["text"] else MOST_CAPTION_WORDS
    is_short = 0 < len(words) <= most and len(name) <= CREDIT_LENGTH
    is_name = is_short and not name[0].islower() and words[0] not in ARTICLES and not FINAL_STOP.search(name)
    return name if is_name else ""


def has_glued_credit(text: str) -> bool:
    """Whether a paragraph ends with a credit, which makes it neither a paragraph nor a credit line."""
    place = text.rfind(" ", 0, max(0, len(text) - LONGEST_GLUED)) + 1
    return any(match.end() == len(text) for match in GLUED_CREDIT.finditer(text, place))


def reads_like_sentence(text: str, most_words: int) -> bool:
    """Whether ``text`` is too long for names, or longer than a few words and closed by a full stop."""
    count = len(text.split())
    return count > most_words or (count > SHORT_SENTENCE and bool(FINAL_STOP.search(text)))


def updated_of(text: str) -> str:
    """When a line says that the page was changed last, as it says it."""
    match = UPDATED.fullmatch(text)
    stated = fold(match["text"]) if match else ""
    if not match or len(stated) > UPDATED_LENGTH:
        return ""
    is_date = looks_like_date(stated) if match["colon"].strip() else is_bare_date(stated)
    return stated if is_date else ""


def published_of(text: str) -> str:
    """The full date, with its year, on which a line says that the page was published."""
    match = PUBLISHED.fullmatch(text)
    stated = parse_partial_date(fold(match["text"])) if match else None
    return stated.machine if stated and FIRST_YEAR <= (stated.year or 0) <= LAST_YEAR else ""


def looks_like_date(text: str) -> bool:
    """Whether a short text names a day in any style: with a month, in figures, or by how long ago it was."""
    has_month = MONTH.search(text) and any(map(str.isdigit, text))
    has_year = len(text.split()) <= 3 and re.search(r"\b(?:19|20)\d\d\b", text)
    return bool(has_month or has_year or NUMERIC_DATE.search(text) or RELATIVE.search(text))


def is_bare_date(text: str) -> bool:
    """Whether ``text`` is a date and nothing else."""
    return parse_partial_date(text) is not None or bool(RELATIVE.fullmatch(text))
