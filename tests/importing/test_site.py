"""The whole site out, and back in on an empty one: not a byte is lost."""

import io
import json
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image as Pillow

from articles.catalogue.models import Article, Image, SiteStatement, Source, Topic
from articles.corrections import acts as corrections
from articles.corrections.models import Correction, Report
from articles.importing.exporting import records
from articles.importing.formats.site_lines import dump
from articles.importing.models import Original
from articles.importing.pipeline import Result
from articles.importing.proposals import ProposedChange
from articles.revisions import acts
from articles.revisions.guards import PREFIX
from articles.revisions.models import Revision, RevisionText
from articles.summaries.models import Bullet
from articles.summaries.points import Point, add_drafts, approve, reword, write_points
from articles.web import triggers
from tests.importing.stories import FIXTURES, SEED, every_row, run
from tests.world import NOON, correct, edie, make_article, make_review, max_admin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A media folder of its own."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.MEDIA_ROOT = folder
    return folder


def picture(colour: str) -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Pillow.new("RGB", (4, 3), colour).save(file, "PNG")
    return file.getvalue()


def put_picture(media: Path, name: str, colour: str) -> str:
    path = media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture(colour))
    return name


def exported() -> str:
    return "".join(f"{dump(record)}\n" for record in records())


def empty() -> None:
    """Take everything away that an export tells of, past the triggers that keep the record."""
    triggers.uninstall(connection, PREFIX)
    ProposedChange.objects.all().delete()
    Report.objects.all().delete()
    Correction.objects.all()._raw_delete(connection.alias)
    for model in (RevisionText, Revision, Article, Source, Topic, SiteStatement):
        model._default_manager.all().delete()
    triggers.install(connection)


def restore(tmp_path: Path, text: str, **options: Any) -> list[Result]:
    path = tmp_path / "site.jsonl"
    path.write_text(text, encoding="utf-8")
    return run(path, **options)


@pytest.fixture
def site(media: Path) -> str:
    """An export of a site with something of everything."""
    with time_machine.travel(NOON):
        run(SEED, is_publishing=True)
        article = make_article(
            headline="Kestrel öffnet “zwei”",
            topics=["Networks", "Phones"],
            sources=[("SCMP", "https://scmp.example/1"), "Nordlys"],
            bullets=["One.", "Two."],
            byline="Ann Wu",
        )
        (draft,) = add_drafts(article, ["81,000 homes."], model="some-model", prompt_version="v7")
        reword(draft, "82,000 homes.", by=edie())
        draft.refresh_from_db()
        approve(article, draft, by=edie(), override="The firm has told us.")
        points = [Point(bullet.text, True, bullet.pk) for bullet in Bullet.objects.filter(article=article)]
        write_points(article, [*points, Point("Hidden.", is_approved=False)], by=edie())
        for colour in ("red", "green"):
            name = put_picture(media, f"images/2026/11/{colour}.png", colour)
            Image.objects.create(article=article, file=name, alt=colour, caption="C", credit="Ann", position=2)
        Image.objects.create(article=article, credit="Getty", position=9)
        article.take_slug("moved")
        article.save()
        make_review()
        make_article(headline="Withdrawn", status="withdrawn")
        corrected = make_article(headline="Six dishes", body="Tarn is open. It has six.")
        first = correct(corrected, body="Tarn is open. It has four.")
        correct(corrected, headline="Five dishes", body="Tarn is open. It has five.", supersedes=first)
        corrections.seal(make_article(headline="Sealed", status="withdrawn"), by=max_admin(), reason="A court said so.")
        make_article(headline="Draft of it", status="draft", topics=["Secret"], sources=["Secret"])
        Report.objects.create(article=article, kind="fact", what="Wrong.", email="rita@example.org")
    return exported()


class RoundTripTests:
    def test_export_of_the_import_has_the_same_bytes(self, site: str, tmp_path: Path) -> None:
        run(FIXTURES / "samples", is_publishing=True)
        site = exported()
        count = Article.objects.public().count()
        empty()
        results = restore(tmp_path, site)
        assert [result.message for result in results if result.outcome != "created"] == []
        assert len(results) == count
        assert exported() == site

    def test_record_and_its_notices_hold_as_they_did(
        self, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = list(Correction.objects.order_by("code").values("code", "text", "by_name", "published_at"))
        call_command("verify_record")
        told = capsys.readouterr().out
        empty()
        restore(tmp_path, site)
        assert list(Correction.objects.order_by("code").values("code", "text", "by_name", "published_at")) == before
        call_command("verify_record")
        assert capsys.readouterr().out == told
        assert [one.supersedes is not None for one in Correction.objects.order_by("number")] == [False, True]

    @pytest.mark.parametrize(
        ("part", "name", "value", "words"),
        [
            ("corrections", "text", "An earlier version said nothing.", "is not as it was published"),
            ("corrections", "version", 9, "names what no line before it holds"),
            ("corrections", "supersedes", "C-0000", "names what no line before it holds"),
            ("versions", "reason", "Other.", "version 1, is not as it was recorded"),
            ("versions", "previous_hash", "ab", "version 1, does not follow on the one before it"),
        ],
    )
    def test_record_that_was_tampered_with_stays_out(
        self, part: str, name: str, value: object, words: str, site: str, tmp_path: Path
    ) -> None:
        lines = [json.loads(line) for line in site.splitlines()]
        story = next(line["story"] for line in lines if line.get("story", {}).get("corrections"))
        story[part][0][name] = value
        empty()
        results = restore(tmp_path, "".join(f"{json.dumps(line)}\n" for line in lines))
        (failed,) = (result for result in results if result.is_error)
        assert words in failed.message
        assert not Article.objects.filter(slug=story["slug"]).exists()

    def test_pictures_come_along(self, site: str, tmp_path: Path, media: Path) -> None:
        empty()
        for path in media.rglob("*.png"):
            path.unlink()
        restore(tmp_path, site)
        assert (media / "images/2026/11/red.png").read_bytes() == picture("red")
        red = Image.objects.get(alt="red")
        assert (red.width, red.height, red.caption, red.credit) == (4, 3, "C", "Ann")
        assert exported() == site

    def test_second_import_changes_nothing(self, site: str, tmp_path: Path) -> None:
        before = every_row()
        assert {result.outcome for result in restore(tmp_path, site)} == {"unchanged"}
        empty()
        restore(tmp_path, site)
        rows = every_row()
        assert {result.outcome for result in restore(tmp_path, site)} == {"unchanged"}
        assert every_row() == rows != before

    def test_without_accounts_names_stay(self, site: str, tmp_path: Path) -> None:
        empty()
        Report.objects.all().delete()
        User.objects.all().delete()
        restore(tmp_path, site)
        one = Bullet.objects.get(text="One.")
        assert (one.approved_by, one.approved_by_name) == (None, "Edie Torres")
        assert set(Revision.objects.values_list("by_name", flat=True)) == {"", "Edie Torres", "Max Okafor"}
        assert not Revision.objects.exclude(created_by=None).exists()
        assert exported() == site

    def test_how_a_point_was_made_comes_along(self, site: str, tmp_path: Path) -> None:
        empty()
        restore(tmp_path, site)
        point = Bullet.objects.get(origin="machine")
        assert (point.text, point.drafted_text, point.override) == (
            "82,000 homes.",
            "81,000 homes.",
            "The firm has told us.",
        )
        assert (point.model, point.prompt_version) == ("some-model", "v7")
        assert point.drafted_at
        assert point.drafted_at - NOON < timedelta(minutes=1)
        assert [flag["words"] for flag in point.flags if flag["kind"] == "number"] == [["82,000"]]

    def test_first_words_of_a_person_stay_here(self, site: str) -> None:
        Bullet.objects.filter(text="One.").update(drafted_text="Something hasty.")
        assert "hasty" not in exported()

    def test_pages_are_there_again(self, site: str, tmp_path: Path, client: Any) -> None:
        empty()
        restore(tmp_path, site)
        assert client.get("/articles/moved/").status_code == 200
        assert client.get("/articles/kestrel-offnet-zwei/").headers["Location"] == "/articles/moved/"
        assert client.get("/articles/withdrawn/").status_code == 200
        assert client.get("/search/?q=zwei").content.decode().count("Kestrel öffnet") >= 1

    def test_dry_run_writes_nothing(self, site: str, tmp_path: Path, media: Path) -> None:
        empty()
        for path in media.rglob("*.png"):
            path.unlink()
        before = every_row()
        results = restore(tmp_path, site, is_dry_run=True)
        assert {result.outcome for result in results} == {"create"}
        assert every_row() == before
        assert list(media.rglob("*.png")) == []
        named = next(result for result in results if result.slug == "moved")
        assert named.document
        assert [source.name for source in named.document.sources] == ["SCMP", "Nordlys"]


class ContentTests:
    def test_order_and_first_line(self, site: str) -> None:
        lines = [json.loads(line) for line in site.splitlines()]
        assert lines[0]["newsroom"] == 1
        assert lines[0]["statement"] == SiteStatement.objects.get().text
        kinds = [next(iter(line)) for line in lines[1:]]
        assert kinds == sorted(kinds, key=["source", "topic", "picture", "story"].index)
        slugs = [line["story"]["slug"] for line in lines if "story" in line]
        assert slugs == sorted(slugs)
        assert site == exported()

    def test_only_what_is_public_and_nobody_s_address(self, site: str) -> None:
        for secret in ("Draft of it", "Secret", "Hidden.", "rita@example.org", "edie", "Wrong."):
            assert secret not in site
        assert "Edie Torres" in site

    def test_pictures_by_hash_with_their_bytes(self, site: str) -> None:
        pictures = [json.loads(line)["picture"] for line in site.splitlines() if line.startswith('{"picture"')]
        assert [(one["name"], one["sha256"], one["content"]) for one in pictures] == [
            (f"images/2026/11/{colour}.png", sha256(picture(colour)).hexdigest(), b64encode(picture(colour)).decode())
            for colour in ("green", "red")
        ]


class MeetingTests:
    """An export that comes to a site which is not empty."""

    def test_story_that_says_something_else_here_is_left(self, site: str, tmp_path: Path) -> None:
        article = Article.objects.get(slug="moved")
        acts.change(
            article,
            article.wording,
            [Point("Edie's.", is_approved=True, override="Edie was there.")],
            by=edie(),
            kind="minor",
            reason="S.",
        )
        before = every_row()
        (left,) = (result for result in restore(tmp_path, site) if result.outcome != "unchanged")
        assert (left.outcome, left.slug, left.is_error) == ("conflict", "moved", False)
        assert "left as it stands" in left.message
        assert every_row() == before

    @pytest.mark.parametrize("slug", ["moved", "kestrel-offnet-zwei"])
    def test_address_that_leads_to_another_story_is_not_taken_from_it(
        self, site: str, tmp_path: Path, slug: str
    ) -> None:
        empty()
        other = make_article(headline="Other", slug=slug)
        other.take_slug("elsewhere")
        other.save()
        left = [result for result in restore(tmp_path, site) if result.outcome != "created"]
        assert [(result.outcome, result.slug) for result in left] == [("conflict", "moved")]

    def test_outlets_and_topics_are_known_by_name_and_keep_their_addresses(self, site: str, tmp_path: Path) -> None:
        empty()
        Source.objects.create(name="scmp", slug="south-china", description="Ours.")
        Topic.objects.create(name="Other", slug="networks")
        assert {result.outcome for result in restore(tmp_path, site)} == {"created"}
        assert Source.objects.get(name__iexact="SCMP").description == "Ours."
        article = Article.objects.get(slug="moved")
        assert [row.topic.slug for row in article.article_topics.all()] == ["networks-2", "phones"]
        assert {result.outcome for result in restore(tmp_path, site)} == {"unchanged"}

    def test_other_picture_of_the_same_name_stays(self, site: str, tmp_path: Path, media: Path) -> None:
        empty()
        put_picture(media, "images/2026/11/red.png", "blue")
        restore(tmp_path, site)
        assert (media / "images/2026/11/red.png").read_bytes() == picture("blue")
        assert (media / Image.objects.get(alt="red").file.name).read_bytes() == picture("red")

    def test_standing_statement_is_not_replaced(self, site: str, tmp_path: Path) -> None:
        empty()
        SiteStatement.objects.create(text="We are right.")
        assert "standing statement differs" in restore(tmp_path, site)[0].warnings[0].message
        assert SiteStatement.objects.get().text == "We are right."


def change(site: str, kind: str, **values: Any) -> str:
    """``site`` with other values in the last record of ``kind``."""
    lines = site.splitlines()
    place = max(number for number, line in enumerate(lines) if line.startswith(f'{{"{kind}"'))
    record = json.loads(lines[place])
    record[kind].update(values)
    lines[place] = json.dumps(record)
    return "\n".join(lines)


class BrokenTests:
    @pytest.mark.parametrize(
        ("kind", "values", "cause"),
        [
            ("story", {"headline": 1}, "story.headline: a text is needed"),
            ("story", {"headline": "x" * 501}, "article, headline: Ensure this value has at most 500 characters"),
            ("story", {"headline": "a\0"}, "no text"),
            ("story", {"status": "draft"}, "never published"),
            ("story", {"versions": []}, "no record to restore"),
            ("story", {"added_at": "2026-11-20"}, "a time with its offset"),
            ("story", {"is_edited": 1}, "story.is_edited: true or false is needed"),
            ("story", {"topics": ["nowhere"]}, "names 'nowhere', which no line above holds"),
            ("story", {"topics": "networks"}, "story.topics: a list is needed"),
            ("story", {"bullets": [{"text": "A."}]}, "story.bullets[0]: origin, approved_at missing"),
            (
                "story",
                {"sources": [{"source": "scmp", "role": "original", "url": "javascript:x"}]},
                "Enter a valid URL",
            ),
            ("story", {"review": {"product": "P"}}, "missing"),
            ("story", {"published_at": None, "is_from_archive": False}, "the database refused it"),
            ("source", {"home_page": "javascript:x"}, "Enter a valid URL"),
            ("topic", {"name": "x" * 81}, "at most 80 characters"),
            ("picture", {"content": "AAAA"}, "its bytes are not those of its hash"),
            ("picture", {"content": "?"}, "not base64"),
            ("picture", {"name": "images/2026/11/../../../x.png"}, "is not a name such as"),
            (
                "picture",
                {"content": b64encode(b"<svg>").decode(), "sha256": sha256(b"<svg>").hexdigest()},
                "Upload a valid image",
            ),
        ],
    )
    def test_fault_is_named_with_its_line_and_the_others_come_in(
        self, site: str, tmp_path: Path, kind: str, values: dict[str, Any], cause: str
    ) -> None:
        empty()
        broken = change(site, kind, **values)
        results = restore(tmp_path, broken)
        first = next(result for result in results if result.is_error)
        assert cause in first.message
        assert first.line == 1 + next(n for n, line in enumerate(broken.splitlines()) if line not in site)
        assert any(result.outcome == "created" for result in results)
        if kind == "story":
            slug = json.loads(broken.splitlines()[-1])["story"]["slug"]
            assert not Article.objects.filter(slug=slug).exists()

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            ('{"newsroom":2}\n', "version 2 of the format"),
            ('{"newsroom":1\n', "not JSON"),
            ('{"newsroom":"1"}\n', "a whole number is needed"),
        ],
    )
    def test_other_format_is_refused_as_a_whole(self, site: str, tmp_path: Path, text: str, cause: str) -> None:
        empty()
        (result,) = restore(tmp_path, text + site)
        assert (result.outcome, result.line) == ("error", 1)
        assert cause in result.message
        assert not Article.objects.exists()

    @pytest.mark.parametrize(
        "line", ["[]", '{"story":1}', '{"rumour":{}}', "{}", '{"source":{},"topic":{}}', "\xff", "nul"]
    )
    def test_line_that_is_no_record(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "site.jsonl"
        path.write_bytes(b'{"newsroom":1}\n\n' + line.encode("latin-1") + b"\n")
        (result,) = run(path)
        assert (result.outcome, result.line) == ("error", 3)

    def test_what_a_later_version_adds_is_told_and_not_read(self, site: str, tmp_path: Path) -> None:
        empty()
        results = restore(tmp_path, change(site, "story", colour="red"))
        assert {result.outcome for result in results} == {"created"}
        assert results[-1].warnings[0].message == "story.colour: unknown, not read"

    def test_line_beyond_reason_is_refused(self, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.importing.pipeline.MAX_LINE", 100)
        result = restore(tmp_path, site)[-1]
        assert (result.is_error, "a line of more than" in result.message) == (True, True)


class CommandTests:
    def test_file_and_standard_output_are_the_same(self, site: str, tmp_path: Path) -> None:
        path = tmp_path / "out.jsonl"
        call_command("export_site", str(path))
        out = io.StringIO()
        call_command("export_site", stdout=out)
        assert path.read_text(encoding="utf-8") == out.getvalue() == site
        assert list(tmp_path.glob("*.unfinished")) == []

    def test_lost_picture_leaves_the_file_that_was(self, site: str, tmp_path: Path, media: Path) -> None:
        path = tmp_path / "out.jsonl"
        path.write_text("earlier")
        (media / "images/2026/11/red.png").unlink()
        with pytest.raises(CommandError, match=r"images/2026/11/red\.png can't be read \(No such file"):
            call_command("export_site", str(path))
        assert path.read_text() == "earlier"
        assert list(tmp_path.glob("*.unfinished")) == []

    def test_import_command_takes_it_from_a_file_or_when_told_from_standard_input(
        self, site: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        empty()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(site.encode())))
        call_command("import_articles", "-", "--format", "jsonl", stdout=io.StringIO())
        assert exported() == site

    def test_empty_site(self, tmp_path: Path) -> None:
        assert exported() == '{"newsroom":1,"statement":"","statement_changed_at":null}\n'
        assert restore(tmp_path, exported()) == []
        assert not Original.objects.exists()
