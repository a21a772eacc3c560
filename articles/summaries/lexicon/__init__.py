"""English words that the finder and the checks treat by name, read from the text files beside this one."""

from pathlib import Path

FOLDER = Path(__file__).parent


def _lines(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _families(name: str) -> dict[str, str]:
    """For each word after a colon, the one before it."""
    pairs = [line.split(": ") for line in _lines(name)]
    return {word: head for head, words in pairs for word in words.split()}


STOP_WORDS = _words("stop_words.txt")
FUNCTION_WORDS = _words("function_words.txt")
NEGATIONS = _words("negations.txt")
DENIALS = _words("denials.txt")
TITLES = _words("titles.txt")
COMMON_WORDS = _words("common_words.txt")
IRREGULAR = _families("irregular.txt")
DEMONYMS = _families("demonyms.txt")
STATES = _families("states.txt")
SYNONYMS = {word: line.split()[0] for line in _lines("synonyms.txt") for word in line.split()}
# Both sides of each line.
ANTONYMS = [(one.split(), other.split()) for one, other in (line.split("|") for line in _lines("antonyms.txt"))]
# How many of a thousand stories have it.
FREQUENT_WORDS = {
    word: int(band)
    for band, words in (line.split(": ") for line in _lines("frequent_words.txt"))
    for word in words.split()
}

# Words before the colon of a headline.
LABELS = frozenset(
    "NEW EXCLUSIVE VIDEO VIDEOS PHOTO PHOTOS WATCH READ OPINION UPDATE UPDATED LIVE BREAKING POLL REVEALED".split()
)
DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
