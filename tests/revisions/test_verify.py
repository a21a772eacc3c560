"""``verify_record`` finds what was done past the triggers, and names it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from articles.catalogue.models import Article
from articles.corrections.models import Correction
from articles.revisions import acts
from articles.revisions.chain import Link
from articles.revisions.models import Revision, RevisionText
from articles.summaries.models import Bullet
from tests.world import correct, edie, make_article, max_admin

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    """A story with three versions and two notices."""
    article = make_article(slug="dish", headline="Dish", bullets=["A point."])
    first = correct(article, headline="Bowl")
    correct(article, headline="Cup", supersedes=first)
    return Article.objects.get()


def broken(capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says of a record that does not hold."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as exit_code:
        call_command("verify_record")
    assert exit_code.value.code == 1
    return capsys.readouterr().err


def redo(revision: Revision, **changes: Any) -> None:
    """Change a version and make its hash anew, as somebody would who knows how."""
    for name, value in changes.items():
        setattr(revision, name, value)
    columns = {name: getattr(revision, name) for name in Link.__dataclass_fields__}
    Revision.objects.filter(pk=revision.pk).update(**changes, hash=Link(**columns).hash)


class SoundTests:
    def test_record_that_holds_has_a_hash_of_its_own(self, story: Article, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("verify_record")
        first = capsys.readouterr().out
        assert first.startswith("The record of 1 story holds.\nIts hash is ")
        call_command("verify_record")
        assert capsys.readouterr().out == first
        correct(story, headline="Jug")
        call_command("verify_record")
        assert capsys.readouterr().out != first

    def test_stories_in_every_state(self, story: Article, capsys: pytest.CaptureFixture[str]) -> None:
        make_article(status="draft")
        make_article(is_sample=True)
        withdrawn = make_article(status="withdrawn")
        acts.publish(withdrawn, by=edie(), reason="It was right.")
        sealed = make_article(status="withdrawn")
        acts.seal(sealed, by=max_admin(), reason="A court ordered it.")
        call_command("verify_record")
        assert "of 4 stories holds" in capsys.readouterr().out

    def test_queries_do_not_grow(self, django_assert_num_queries: Any) -> None:
        for _ in range(5):
            correct(make_article(), headline="Bowl")
        with django_assert_num_queries(6):
            call_command("verify_record")


@pytest.mark.usefixtures("unguarded")
class BrokenTests:
    @pytest.mark.parametrize(
        ("attack", "fault"),
        [
            (
                lambda: Revision.objects.filter(number=2).update(reason="Other."),
                "dish: version 2, is not as it was recorded",
            ),
            (
                lambda: redo(Revision.objects.get(number=2), reason="Other."),
                "dish: version 3, does not follow on the one before it",
            ),
            (
                lambda: RevisionText.objects.filter(revision__number=1).update(headline="Other"),
                "dish: version 1, has another text than was recorded",
            ),
            (lambda: RevisionText.objects.filter(revision__number=1).delete(), "dish: version 1, has lost its text"),
            (lambda: Article.objects.update(headline="Other"), "dish: what stands is not what version 3 says"),
            (lambda: Article.objects.update(body_html="<p>Other.</p>"), "dish: its page does not show its words"),
            (lambda: Bullet.objects.update(text="Other."), "dish: what stands is not what version 3 says"),
            (lambda: Bullet.objects.all().delete(), "dish: what stands is not what version 3 says"),
            (
                lambda: Article.objects.update(status="withdrawn"),
                "dish: the record does not say that it is withdrawn",
            ),
            (lambda: Article.objects.update(status="draft"), "dish: the record does not say that it is draft"),
            (
                lambda: Revision.objects.filter(number=1).update(is_sample=True),
                "dish: the record does not agree on whether it is a sample",
            ),
            (
                lambda: Correction.objects.filter(number=1).update(severity="minor"),
                "is not as it was published",
            ),
            (
                lambda: Correction.objects.filter(number=2).update(supersedes=None),
                "is not as it was published",
            ),
            (lambda: Correction.objects.filter(number=2).update(by_name="Sam"), "does not agree with its version"),
            (lambda: Correction.objects.filter(number=2).delete(), "dish: version 3, has lost its notice"),
        ],
    )
    def test_first_break_is_named(
        self, attack: Callable[[], Any], fault: str, story: Article, capsys: pytest.CaptureFixture[str]
    ) -> None:
        attack()
        assert fault in broken(capsys)

    def test_published_story_without_a_record(self, capsys: pytest.CaptureFixture[str]) -> None:
        Article.objects.create(slug="new", headline="New", status="published", is_from_archive=True)
        assert broken(capsys) == "new: the record does not say that it is published\n"

    def test_missing_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        article = make_article(slug="dish")
        correct(article, headline="Bowl")
        acts.withdraw(article, by=edie(), reason="It was wrong.")
        Correction.objects.all().delete()
        RevisionText.objects.filter(revision__number=2).delete()
        Revision.objects.filter(number=2).delete()
        assert broken(capsys) == "dish: version 2, is missing: the next one there is has the number 3\n"

    def test_each_story_is_named_by_its_first_break(self, capsys: pytest.CaptureFixture[str]) -> None:
        for slug in ("one", "two"):
            make_article(slug=slug)
        Article.objects.update(headline="Other")
        assert broken(capsys).splitlines() == [
            "one: what stands is not what version 1 says",
            "two: what stands is not what version 1 says",
        ]

    def test_words_of_a_sealed_story(self, capsys: pytest.CaptureFixture[str]) -> None:
        article = make_article(slug="dish", status="withdrawn")
        words = Revision.objects.with_texts().filter(number=1)[0].text
        acts.seal(article, by=max_admin(), reason="A court ordered it.")
        words.save(force_insert=True)
        assert broken(capsys) == "dish: version 1, has a text, though the story is sealed\n"
        RevisionText.objects.all().delete()
        Article.objects.update(standfirst="The words.")
        assert broken(capsys) == "dish: words of it are still there\n"
