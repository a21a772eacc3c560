"""Rules that make another text of a story: as an editor changes it, or as another outlet might tell it."""

import random
import re
from dataclasses import dataclass, replace
from functools import cache

from tests.bench.exports import vocabulary

SENTENCES = re.compile(r"(?<=[.!?])[”\"’]?\s+(?=[“\"A-Z0-9])")
WORD = re.compile(r"[^\W\d_]+")
# Each word for the other, both ways.
SYNONYMS = """
about:around above:over accept:approve aim:goal allow:let almost:nearly also:too although:though answer:reply
ask:request attempt:try aware:conscious because:since begin:start below:under big:large buy:purchase called:named
cancel:drop car:vehicle carry:transport cause:reason change:alter cheap:inexpensive check:inspect choose:pick
close:shut company:firm complain:object complete:finish copy:duplicate cost:price cut:reduce danger:risk
decide:resolve defect:fault demand:require device:gadget difficult:hard discover:find early:soon earn:make
employee:worker end:finish engineer:technician enough:sufficient error:mistake expect:anticipate expensive:costly
explain:clarify fail:collapse fall:drop fast:quick few:several fix:repair forbid:ban free:gratis gave:handed
get:obtain give:provide goods:products grow:expand happen:occur head:chief help:assist hide:conceal hold:keep
hope:wish house:home huge:enormous idea:notion important:significant improve:better increase:rise inform:tell
instead:rather job:post keep:retain known:familiar late:delayed launch:release leave:depart like:similar
limit:cap look:appear lose:forfeit machine:apparatus maker:manufacturer many:numerous method:way mobile:portable
money:cash month:weeks more:further move:shift must:should near:close need:require new:recent normal:usual
often:frequently old:former only:just open:unlock order:command own:possess part:piece pause:stop pay:spend
people:persons permit:licence phone:handset place:spot plan:scheme probably:likely problem:trouble promise:pledge
proof:evidence publish:issue quiet:silent raise:lift reach:attain ready:prepared receive:get refuse:decline
remain:stay remove:delete replace:swap report:account reveal:disclose rich:wealthy rule:regulation safe:secure
said:stated say:state says:states sell:offer send:dispatch serious:grave ship:vessel shop:store show:demonstrate
shrink:dwindle side:flank similar:alike slow:sluggish small:little staff:personnel stop:halt story:tale
strong:robust study:survey supply:deliver suppose:assume surprise:astonish take:grab talk:speak test:trial
think:believe town:city true:genuine try:attempt turn:become use:employ usually:normally want:wish warn:caution
watch:monitor work:labour world:globe wrong:incorrect year:twelvemonth young:youthful
"""
PAIRS: list[tuple[str, str]] = [(one, other) for one, _, other in (pair.partition(":") for pair in SYNONYMS.split())]
OTHER_WORD = dict(PAIRS) | {other: one for one, other in PAIRS}


@dataclass(frozen=True)
class Telling:
    """A headline and the paragraphs below it."""

    headline: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs as one plain text."""
        return "\n\n".join(self.paragraphs)


def reword(telling: Telling, chance: random.Random) -> Telling:
    """Other words for a third of those that have any, in every sentence; here and there the sentence turned round."""
    return replace(telling, paragraphs=tuple(_reworded(text, chance, 0.33) for text in telling.paragraphs))


def reorder(telling: Telling, chance: random.Random) -> Telling:
    """The same paragraphs in another order."""
    return replace(telling, paragraphs=tuple(chance.sample(telling.paragraphs, len(telling.paragraphs))))


def shorten(telling: Telling, chance: random.Random) -> Telling:
    """The first paragraph and the half of the others, in their order."""
    first, *others = telling.paragraphs
    kept = sorted(chance.sample(range(len(others)), (len(others) + 1) // 2))
    return replace(telling, paragraphs=(first, *(others[place] for place in kept)))


def rename(telling: Telling, chance: random.Random) -> Telling:
    """Another headline: some words out of the text."""
    words = telling.text.split()
    start = chance.randrange(max(1, len(words) - 8))
    return replace(telling, headline=" ".join(words[start : start + 8]).strip(".,").capitalize())


def retell(telling: Telling, chance: random.Random, background: str) -> Telling:
    """Another outlet's report: shorter, in other words and order, figures written otherwise, with background."""
    sentences = [sentence for text in telling.paragraphs for sentence in SENTENCES.split(text)]
    kept = [sentence for sentence in sentences if chance.random() < 0.8] or sentences
    told = [_figures_otherwise(_reworded(_said_otherwise(sentence), chance, 0.8)) for sentence in kept]
    middle = told[1:]
    chance.shuffle(middle)
    return rename(Telling("", (told[0], *middle, background)), chance)


def _reworded(text: str, chance: random.Random, share: float) -> str:
    return " ".join(_turned_round(_with_synonyms(part, chance, share), chance) for part in SENTENCES.split(text))


def _with_synonyms(text: str, chance: random.Random, share: float) -> str:
    return WORD.sub(lambda word: _synonym(word[0]) if chance.random() < share else word[0], text)


def _synonym(word: str) -> str:
    """English words by the table; the longer ones of the generated vocabulary are read backwards."""
    if word in OTHER_WORD:
        return OTHER_WORD[word]
    return word[::-1] if len(word) > 4 and word in _invented() else word


@cache
def _invented() -> frozenset[str]:
    return frozenset(vocabulary())


def _turned_round(sentence: str, chance: random.Random) -> str:
    """“On Friday, it rained.” becomes “It rained, on Friday.”, one time in two."""
    first, comma, rest = sentence.rstrip(".").partition(", ")
    is_fit = comma and "“" not in sentence and '"' not in sentence and len(first.split()) < 9 and len(rest.split()) > 3
    if not is_fit or chance.random() < 0.5:
        return sentence
    head = first if first.split()[0][1:2].isupper() else first[0].lower() + first[1:]
    return f"{rest[0].upper()}{rest[1:]}, {head}."


def _said_otherwise(sentence: str) -> str:
    """Someone's own words as a report of them."""
    said = re.fullmatch(r"[“\"](?P<words>.+?),?[”\"],? said (?P<who>[^.,]+)(?P<rest>.*)", sentence)
    return f"According to {said['who']}{said['rest'].rstrip('.')}, {said['words']}." if said else sentence


def _figures_otherwise(text: str) -> str:
    text = re.sub(r"(\d)%", r"\1 per cent", text)
    text = re.sub(r"(\d) percent", r"\1%", text)
    text = re.sub(r"(\d) million", r"\1m", text)
    return re.sub(r"\b(\d{1,3}),(\d{3})\b", r"\1\2", text)
