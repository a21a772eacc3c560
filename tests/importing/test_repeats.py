"""The same story twice: flagged when it comes, decided by an editor, never merged."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from articles.catalogue.models import Article, ArticleSource, Source
from articles.importing.pipeline import Options, import_files
from articles.importing.possible_repeats import DecidedError, Likeness, LikenessKey, PossibleRepeat
from articles.importing.repeats import find_repeats
from articles.revisions import acts
from tests.bench.repeats import HERE, read
from tests.importing.stories import SEED, SEED_TITLE, export
from tests.world import edie, make_article, max_admin, rita

pytestmark = pytest.mark.django_db

NAME = f"{SEED.stem}.txt"


def bring(folder: Path, kind: str, *lines: str, name: str = "b.txt") -> Article:
    """Import a report of the seed's event, or a later one, with ``lines`` below it."""
    told = read(HERE / kind / NAME)
    path = folder / name
    path.write_text(export(told.headline, *told.paragraphs, *lines), encoding="utf-8")
    (result,) = import_files([str(path)], Options())
    assert result.outcome == "created"
    return Article.objects.get(headline=told.headline)


def bring_seed(**options: Any) -> Article:
    assert [result.outcome for result in import_files([str(SEED)], Options(**options))] == ["created"]
    return Article.objects.get(headline=SEED_TITLE)


class FindRepeatsTests:
    def test_another_outlet_s_report_is_flagged_and_nothing_is_merged(self, tmp_path: Path) -> None:
        seed = bring_seed()
        report = bring(tmp_path, "elsewhere", "Source: Nordlys Tech")
        repeat = PossibleRepeat.objects.undecided().get()
        assert (repeat.article, repeat.other) == (report, seed)
        assert 0.4 <= repeat.resemblance < 1
        assert str(repeat) == f"{report.headline}: possibly the same story as {SEED_TITLE}"
        assert [article.status for article in (seed, report)] == ["draft", "draft"]
        assert [link.source.name for link in seed.article_sources.all()] == ["SCMP"]

    def test_later_story_on_the_subject_is_not_flagged(self, tmp_path: Path) -> None:
        bring_seed()
        bring(tmp_path, "later")
        assert not PossibleRepeat.objects.exists()

    def test_most_alike_comes_first(self, tmp_path: Path) -> None:
        seed, report = bring_seed(), bring(tmp_path, "elsewhere")
        again = make_article(headline=report.headline, body=report.body_markdown)
        assert [repeat.other for repeat in find_repeats(again)] == [report, seed]

    def test_text_that_says_nothing_repeats_nothing(self) -> None:
        for _ in range(2):
            assert find_repeats(make_article(headline="-", body="-")) == []

    def test_dry_run_remembers_nothing(self) -> None:
        list(import_files([str(SEED)], Options(is_dry_run=True)))
        assert not Likeness.objects.exists()
        assert not LikenessKey.objects.exists()

    def test_looking_up_takes_three_queries(self, django_assert_num_queries: Any) -> None:
        article = make_article()
        with django_assert_num_queries(3):
            find_repeats(article)


class ConfirmTests:
    def pair(self, folder: Path, *lines: str) -> PossibleRepeat:
        bring_seed(is_publishing=True)
        bring(folder, "elsewhere", *lines)
        return PossibleRepeat.objects.get()

    def test_kept_story_names_the_other_outlets(self, tmp_path: Path) -> None:
        repeat = self.pair(tmp_path, "Source: Nordlys Tech, SCMP")
        ArticleSource.objects.filter(source__name="Nordlys Tech").update(url="https://nordlys.example/padget")
        repeat.confirm(by=edie())
        repeat.refresh_from_db()
        assert (repeat.is_same, repeat.decided_by, repeat.decided_at is not None) == (True, edie(), True)
        also = repeat.kept.also_reported
        assert [(link.source.name, link.url, link.headline, link.position) for link in also] == [
            ("Nordlys Tech", "https://nordlys.example/padget", "Dixon unit to make Xiaomi phones at Noida plant", 2)
        ]
        assert [link.source.name for link in repeat.kept.rests_on] == ["SCMP"]
        assert (repeat.kept.status, repeat.repeat.status) == ("published", "draft")

    def test_page_says_who_reported_it_as_well(self, tmp_path: Path) -> None:
        repeat = self.pair(tmp_path, "Source: Nordlys Tech, Harbour Wire")
        ArticleSource.objects.filter(source__name="Nordlys Tech").update(url="https://nordlys.example/padget")
        page = repeat.kept.get_absolute_url()
        assert b"Also reported by" not in rita().get(page).content
        repeat.confirm(by=edie())
        answer = rita().get(page).content.decode()
        link = '<a href="https://nordlys.example/padget" rel="external noopener">'
        assert f"<dt>Also reported by</dt><dd>{link}Nordlys Tech</a>, Harbour Wire</dd>" in answer
        assert f"Also reported by: {link}Dixon unit to make Xiaomi phones at Noida plant</a> (Nordlys Tech)" in answer
        assert "<dt>Source</dt><dd>" in answer

    def test_story_on_the_site_is_kept_though_it_came_later(self, tmp_path: Path) -> None:
        bring_seed()
        report = bring(tmp_path, "elsewhere", "Source: Nordlys Tech")
        acts.publish(report, by=edie())
        repeat = PossibleRepeat.objects.get()
        repeat.confirm(by=edie())
        assert (repeat.kept.headline, repeat.repeat.headline) == (report.headline, SEED_TITLE)
        assert [link.source.name for link in repeat.kept.also_reported] == ["SCMP"]

    def test_story_without_a_source_adds_none(self, tmp_path: Path) -> None:
        repeat = self.pair(tmp_path)
        repeat.confirm(by=edie())
        assert repeat.kept.also_reported == []

    def test_editor_decides_once(self, tmp_path: Path) -> None:
        repeat = self.pair(tmp_path, "Source: Nordlys Tech")
        stale = PossibleRepeat.objects.get()
        repeat.dismiss(by=edie())
        for decide in (stale.confirm, stale.dismiss):
            with pytest.raises(DecidedError, match="decided"):
                decide(by=max_admin())
        repeat.refresh_from_db()
        assert (repeat.is_same, repeat.decided_by) == (False, edie())
        assert repeat.kept.also_reported == []
        assert not PossibleRepeat.objects.undecided().exists()


class ConstraintTests:
    @pytest.mark.parametrize(
        "wrong", [{"is_same": True}, {"resemblance": 1.5}, {"resemblance": -0.1}, {"decided_by_id": 1}]
    )
    def test_database_refuses(self, wrong: dict[str, Any]) -> None:
        first, second = make_article(), make_article()
        PossibleRepeat.objects.create(article=second, other=first, resemblance=0.5)
        with pytest.raises(IntegrityError), transaction.atomic():
            PossibleRepeat.objects.update(**wrong)

    def test_pair_stands_once_and_in_one_order(self) -> None:
        first, second = make_article(), make_article()
        PossibleRepeat.objects.create(article=second, other=first, resemblance=0.5)
        for article, other in ((second, first), (first, second), (first, first)):
            with pytest.raises(IntegrityError), transaction.atomic():
                PossibleRepeat.objects.create(article=article, other=other, resemblance=0.5)


class AlsoTests:
    """Reports that a story does not rest on count nowhere as its sources."""

    def test_lists_of_an_outlet_leave_them_out(self) -> None:
        article = make_article(sources=["SCMP", "Nordlys"])
        ArticleSource.objects.filter(source__name="Nordlys").update(role="also")
        nordlys, scmp = Source.objects.order_by("name")
        assert list(Article.objects.from_source(scmp)) == [article]
        assert not Article.objects.from_source(nordlys).exists()
        assert [source.name for source in Source.objects.with_stories()] == ["SCMP"]
        assert [source.name for source in Source.objects.of_stories(Article.objects.all())] == ["SCMP"]

    def test_cards_and_feeds_leave_them_out(self) -> None:
        make_article(sources=[("SCMP", "https://scmp.example/1"), ("Nordlys", "https://nordlys.example/1")])
        ArticleSource.objects.filter(source__name="Nordlys").update(role="also")
        for path in ("/", "/feed.rss"):
            answer = rita().get(path).content
            assert b"SCMP" in answer
            assert b"Nordlys" not in answer
