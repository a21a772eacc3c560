"""Whether the same story is found when it comes twice, and nothing else.

The site holds the seeds, the samples and generated stories, imported as anybody would. Against it are held copies
that rules have edited or told anew, other outlets' reports of samples written by hand (``elsewhere/``), and later
stories on the subjects of samples (``later/``), which repeat nothing.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from articles.catalogue.models import Article
from articles.importing.likeness import keys_of, traits_of
from articles.importing.models import Original
from articles.importing.pipeline import Options, import_files
from articles.importing.possible_repeats import PossibleRepeat
from articles.importing.repeats import alike_stories
from tests.bench.exports import make_story, write_exports
from tests.bench.figures import Figure
from tests.bench.rewording import Telling, rename, reorder, retell, reword, shorten

HERE = Path(__file__).parent
# For how many of the generated stories repeats are planted.
PLANTED = 200
Edit = Callable[[Telling, random.Random], Telling]


class Case(NamedTuple):
    """A text, and the primary key of the story that it repeats: None if it repeats nothing."""

    kind: str
    telling: Telling
    original: int | None


def repeats(size: int) -> Iterator[Figure]:
    """Recall by kind of repeat with its cases and the lower end of its interval (Wilson, 95 %); false pairs."""
    fill_site(size)
    texts = list(cases())
    start = time.process_time()
    found = {case: find(case.telling) for case in texts}
    lookup = (time.process_time() - start) / len(found)
    for kind in ("reworded", "reordered", "shortened", "renamed", "retold", "elsewhere"):
        hits = [case.original in others for case, others in found.items() if case.kind == kind]
        yield from recall_of(f"repeats.{kind}", hits)
    yield from recall_of("repeats", [case.original in others for case, others in found.items() if case.original])
    wrong = sum(len(others - {case.original}) for case, others in found.items()) + PossibleRepeat.objects.count()
    stories = Article.objects.count()
    yield Figure("repeats.false", wrong, "pairs")
    yield Figure("repeats.false.cases", stories * (stories - 1) / 2 + stories * len(found), "pairs")
    yield Figure("repeats.lookup.cpu", lookup * 1000, "ms")


def fill_site(size: int) -> None:
    """Import the seeds, the samples and ``size`` generated exports."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        write_exports(Path(name), size)
        places = [settings.BASE_DIR / "fixtures" / "seeds", settings.BASE_DIR / "fixtures" / "samples", name]
        failed = [result for result in import_files([str(place) for place in places], Options()) if result.is_error]
    if failed:
        raise RuntimeError(f"{failed[0].file}: {failed[0].message}")


def cases() -> Iterator[Case]:
    """Every text to hold against the site."""
    originals = dict(Original.objects.order_by("article").values_list("file_name", "article"))
    for article in Article.objects.order_by("pk"):
        number = article.originals.values_list("file_name", flat=True)[0][:6]
        if not number.isdigit() or int(number) < PLANTED:
            yield from planted(article)
    for path in sorted((HERE / "elsewhere").glob("*.txt")):
        yield Case("elsewhere", read(path), originals.get(f"{path.stem}.md") or originals[path.name])
    for path in sorted((HERE / "later").glob("*.txt")):
        yield Case("later", read(path), None)


def planted(article: Article) -> Iterator[Case]:
    """One repeat of each kind that rules can make."""
    chance = random.Random(f"repeat of {article.headline}")  # noqa: S311 (no secret)
    telling = Telling(article.headline, tuple(article.body_text.split("\n\n")))
    edits: dict[str, Edit] = {"reworded": reword, "reordered": reorder, "shortened": shorten, "renamed": rename}
    for kind, edit in edits.items():
        yield Case(kind, edit(telling, chance), article.pk)
    background = make_story(1_000_000 + article.pk).paragraphs[0]
    yield Case("retold", retell(telling, chance, background), article.pk)


def read(path: Path) -> Telling:
    """A text whose first line is its headline."""
    headline, *paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
    return Telling(headline, tuple(paragraphs))


def find(telling: Telling) -> set[int | None]:
    """The primary keys of the stories that an import of this text would name."""
    traits = traits_of(telling.headline, telling.text)
    return {pk for _, pk in alike_stories(traits, keys_of(traits))}


def recall_of(name: str, hits: list[bool]) -> Iterator[Figure]:
    """The share of hits, of how many, and how low the true share may lie."""
    yield Figure(f"{name}.recall", sum(hits) / len(hits), "ratio")
    yield Figure(f"{name}.recall.low", wilson_low(sum(hits), len(hits)), "ratio")
    yield Figure(f"{name}.cases", len(hits), "texts")


def wilson_low(hits: int, cases: int) -> float:
    """The lower end of Wilson's 95 % interval for a share."""
    z, share = 1.96, hits / cases
    middle = share + z * z / (2 * cases)
    spread = z * sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    return (middle - spread) / (1 + z * z / cases)
