"""Names in a bullet, and whether an article has them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.summaries.lexicon import COMMON_WORDS, LABELS, STATES, STOP_WORDS, TITLES
from articles.summaries.number_patterns import MODEL
from articles.summaries.numbers import NUMBER_WORDS
from articles.summaries.places import STATE, kindred, states_in
from articles.summaries.stems import stem
from articles.summaries.words import Word, find_words, fold, key_of, plain

# Who owns things in sentences about anybody.
ANYONE = frozenset(
    "today yesterday tomorrow tonight world nation country city state company firm maker government police family"
    " men women children people man woman child boy girl mother father wife husband son daughter it week month"
    " year".split()
)
COMMON_STEMS = frozenset(stem(word) for word in COMMON_WORDS)
# Endings of words that are hardly ever names.
COMMON_ENDING = re.compile(
    r"\w{3}(?:tions?|ments?|ness|ists?|ingly|ously|ically|ators?|ologists?|ships?|isms?|ities|ical|ously|fully|lessly|"
    r"makers?|workers?|holders?|owners?|keepers?|sellers?|buyers?|goers?|drivers?|riders?|fighters?|writers?|women)$"
)
SMALL_WORDS = frozenset("of the and for de du la le".split())
# What a capital may follow without meaning a name: the start, a full stop, a colon, an opening quote.
START = re.compile(r"(?:^|[.!?:;…]|--?\s)[\s\"'(\[]*$|[\s(\[][\"']$")
TITLE_BEFORE = re.compile(r"([A-Za-z]+)\. ?$")
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")
SHORT_ACRONYMS = frozenset("us uk un eu la ny dc hk nz".split())
MOSTLY = 0.9
ENOUGH_WORDS = 20


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an article, as the check of names needs them.

    ``forms`` are all words in lower case and ``lower`` those that are written so; ``keys`` and ``lower_keys`` what
    they count as (``words.key_of``); ``names`` the forms written with a capital; ``acronyms`` those written in
    capitals and ``initials`` those of runs of capitalised words, each with the key of its last; ``all_initials`` of
    every word, in order; ``models`` words with digits, without hyphens.
    """

    forms: frozenset[str]
    lower: frozenset[str]
    keys: frozenset[str]
    lower_keys: frozenset[str]
    names: frozenset[str]
    acronyms: frozenset[str]
    initials: dict[str, str]
    all_initials: str
    models: frozenset[str]
    is_english: bool
    is_german: bool

    @property
    def is_foreign(self) -> bool:
        """Whether the article is certainly not in English: long enough to tell, and without its small words."""
        return not self.is_english and len(self.forms) >= ENOUGH_WORDS

    @property
    def has_capitals(self) -> bool:
        """Whether a capital tells a name in it; it does not in German, nor in Chinese or Arabic."""
        return not self.is_german and (bool(self.names) or not self.is_foreign)


def make_vocabulary(texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Vocabulary:
    """The vocabulary of the passages ``texts``, whose words are ``words``."""
    every = [word for passage in words for word in passage]
    capital = [word for word in every if _has_capital(word.text)]
    lower = [word for word in every if not _has_capital(word.text)]
    forms = [plain(word.text) for word in every]
    states = [word for text in texts for word in states_in(text)]
    runs = [run for text, passage in zip(texts, words, strict=True) for run in capital_runs(text, passage)]
    initials = {initials: key_of(run[-1]) for run in runs for initials in _initials(run)}
    keys = {word.key for word in every} | {key_of(word) for word in states} - {""}
    keys |= {key for short, key in (("us", "usa"), ("uk", "uk")) if short in initials}
    return Vocabulary(
        forms=frozenset(forms) | frozenset(map(plain, states)),
        lower=frozenset(word.text for word in lower),
        keys=frozenset(keys | {stem(form) for form in forms}),
        lower_keys=frozenset(stem(word.text) for word in lower),
        names=frozenset(plain(word.text) for word in capital) | frozenset(map(plain, states)),
        acronyms=frozenset(plain(word.text) for word in capital if ACRONYM.fullmatch(word.text)),
        initials=initials,
        all_initials="".join(form[:1] for form in forms),
        models=frozenset(model for text in texts for _, model in find_models(text)),
        is_english=_share(forms, ENGLISH) > 0.08,
        is_german=_share(forms, GERMAN) > 0.08,
    )


def find_missing_names(bullet: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[str]:
    """The names of ``bullet`` (whose words are ``words``) that the article does not have, as they are written.

    A capitalised word is a name, at the start of a sentence only if the article never has it in lower case and
    English does not commonly. Plurals, acronyms of a capitalised run and kindred names (India, Indian) count as
    found. German capitalises every noun, so there only words with digits are looked at.
    """
    models = [text for text, model in find_models(bullet) if model not in vocabulary.models]
    if not vocabulary.has_capitals:
        return models
    missing = [word for word in _names(bullet, words, vocabulary) if not _is_found(word.text, vocabulary)]
    known = {initials for run in capital_runs(bullet, words) for initials in _initials(run)} & vocabulary.acronyms
    return [run for run in _joined(bullet, missing) if not _spells_out(run, known)] + models


def find_models(text: str) -> Iterator[tuple[str, str]]:
    """Words with digits (A320, 5G, F-16), as written and in lower case without hyphens."""
    for match in MODEL.finditer(fold(text)):
        yield match[0], match[0].lower().replace("-", "")


def find_names(bullet: str, words: Sequence[Word], vocabulary: Vocabulary) -> list[Word]:
    """The words of ``bullet`` that are names, whether the article has them or not."""
    return [] if not vocabulary.has_capitals else list(_names(bullet, words, vocabulary))


def capital_runs(text: str, words: Sequence[Word]) -> Iterator[list[str]]:
    """Runs of capitalised words in ``text``, with the small words between them: "Bank", "of", "England"."""
    run: list[str] = []
    end = 0
    for word in words:
        is_joined = text[end : word.start].strip() in ("", "-", "&", ".")
        if run and not is_joined:
            yield run
            run = []
        if _has_capital(word.text) or (run and word.text in SMALL_WORDS):
            run.append(word.text)
        elif run:
            yield run
            run = []
        end = word.end
    if run:
        yield run


def _names(bullet: str, words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[Word]:
    folded = fold(bullet)
    known = [match.span() for match in MODEL.finditer(folded)]
    known += [match.span() for match in STATE.finditer(folded) if _has_state(match[0], vocabulary)]
    is_title = _is_title(words)
    for word in words:
        if not _may_be_name(word.text) or any(start <= word.start < end for start, end in known):
            continue
        is_start = is_title or _is_at_start(folded[: word.start])
        is_owner = folded.startswith("'s ", word.start + len(word.text))
        if not is_start or _is_name_at_start(word.text, vocabulary, is_owner=is_owner):
            yield word


def _has_state(abbreviation: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.forms.issuperset(map(plain, STATES[abbreviation].split()))


def _is_at_start(before: str) -> bool:
    if not START.search(before):
        return False
    title = TITLE_BEFORE.search(before)
    return title is None or title[1].lower() not in TITLES


def _is_title(words: Sequence[Word]) -> bool:
    """Whether capitals tell nothing in this text, since nearly every word of content has one."""
    said = [word.text for word in words if word.key and word.text[0].isalpha()]
    return len(said) >= 4 and sum(text[0].isupper() for text in said) > MOSTLY * len(said)


def _has_capital(text: str) -> bool:
    return text != text.lower()


def _may_be_name(text: str) -> bool:
    low = plain(text)
    is_word = len(text) > 1 and _has_capital(text) and not any(map(str.isdigit, text))
    if low in STOP_WORDS and low != "us":
        return False
    return is_word and text != "Us" and low not in TITLES and low not in NUMBER_WORDS and text not in LABELS


def _is_name_at_start(text: str, vocabulary: Vocabulary, *, is_owner: bool) -> bool:
    """Whether a capital where any word has one makes a name. What owns something and was never spoken of is one."""
    low = plain(text)
    if low in vocabulary.lower or stem(low) in vocabulary.lower_keys:
        return False
    if low in vocabulary.names:
        return True
    return vocabulary.is_english and (not _is_common(low) or (is_owner and low not in ANYONE))


def _is_common(low: str) -> bool:
    """Whether a word is one of English, or has the ending of one: "biggest", "chipmaker"."""
    stump = low.removesuffix("est")
    forms = {low} if stump == low else {low, stump, stump[:-1], f"{stump}e", f"{stump[:-1]}y"}
    return any(stem(form) in COMMON_STEMS for form in forms) or bool(COMMON_ENDING.fullmatch(low))


def other_keys(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The keys under which the article has a name in another form: India for Indian, a run of words for its acronym."""
    low = plain(name)
    if low in vocabulary.forms or key_of(name) in vocabulary.keys:
        return frozenset()
    if ACRONYM.fullmatch(name) and low in vocabulary.initials:
        return frozenset({vocabulary.initials[low]})
    return frozenset(key_of(form) for form in kindred(low, vocabulary.names))


def _is_found(text: str, vocabulary: Vocabulary) -> bool:
    low = plain(text)
    if low in vocabulary.forms or stem(low) in vocabulary.keys or key_of(text) in vocabulary.keys:
        return True
    if ACRONYM.fullmatch(text) and _stands_for(low, vocabulary):
        return True
    return any(kindred(low, vocabulary.names))


def _stands_for(acronym: str, vocabulary: Vocabulary) -> bool:
    return acronym in vocabulary.initials or (len(acronym) > 3 and acronym in vocabulary.all_initials)


def _spells_out(run: str, known: set[str]) -> bool:
    """Whether the article has this run as an acronym: "United Nations" for a story that says "UN"."""
    words = [word.text for word in find_words(run)]
    return any(initials in known for initials in _initials(words))


def _initials(run: list[str]) -> Iterator[str]:
    """The initials of every stretch of a run, with and without its small words, that could be an acronym."""
    for letters in {
        "".join(word[0] for word in run).lower(),
        "".join(word[0] for word in run if _has_capital(word)).lower(),
    }:
        for size in range(2, min(7, len(letters)) + 1):
            for at in range(len(letters) - size + 1):
                initials = letters[at : at + size]
                if size > 2 or initials in SHORT_ACRONYMS:
                    yield initials


def _joined(text: str, words: Sequence[Word]) -> list[str]:
    """The words as written, neighbours in one piece."""
    pieces: list[tuple[int, int]] = []
    for word in words:
        if pieces and text[pieces[-1][1] : word.start] in (" ", "-", "\u00a0"):
            pieces[-1] = (pieces[-1][0], word.end)
        else:
            pieces.append((word.start, word.end))
    return [text[start:end] for start, end in pieces]


def _share(forms: Sequence[str], of: frozenset[str]) -> float:
    return sum(form in of for form in forms) / max(1, len(forms))


ENGLISH = frozenset("the of and to in a is that for it was with he she on by".split())
GERMAN = frozenset("der die das und ist nicht ein eine den dem des mit im auf für sich von zu".split())
