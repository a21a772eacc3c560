"""Editors, imports and readers of two processes in any order: every answer is what a fresh rendering says."""

import re
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles.catalogue.models import Article, SiteStatement, Source, Topic, Wording
from articles.importing.pipeline import Options, import_files
from articles.publishing.generation import come_due
from articles.publishing.pages import PublishedPages
from articles.publishing.pieces import shelf
from articles.revisions import acts
from articles.summaries.models import Bullet
from articles.summaries.points import Point
from tests.publishing.asking import Told, ask, generation, open_pages, raw_sql
from tests.world import edie, make_article

MAIN = ["/", "/topics/", "/sources/", "/about/"]
LISTS = ["/", "/?before=junk", "/topics/", "/sources/", "/reviews/", "/feed.rss", "/feed.json", "/sitemap.xml"]
OTHERS = [
    "/search/?q=station",
    "/search/?q=dish&kind=news",
    "/about/",
    "/corrections/",
    "/saved/?story=dish",
    "/topics/networks/",
    "/sources/nordlys-tech/",
]
WORDS = st.sampled_from(["Dish", "Station", "Kestrel opens a station", "A bowl <b>&</b> a dish"])
READERS = [
    {},
    {"HTTP_COOKIE": "reading=dark.xl; other=1"},
    {"HTTP_ACCEPT_ENCODING": "identity", "HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "points--1"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "results"},
]


class PublishedPagesMachine(RuleBasedStateMachine):
    """Two processes with a small store each, over one database, and everyone who writes to it."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        shelf.clear()
        self.django = WSGIHandler()
        self.processes = [open_pages(max_bytes=400_000), open_pages(max_bytes=400_000)]
        self.addresses = [*LISTS, *OTHERS]
        self.clock = time_machine.travel(timezone.now(), tick=True)
        self.now = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def first_story(self) -> None:
        self.publish("Dish")

    @rule(headline=WORDS)
    def publish(self, headline: str) -> None:
        story = make_article(headline=headline)
        self.addresses += [story.get_absolute_url(), f"{story.get_absolute_url()}brief/"]

    @rule(headline=WORDS, draw=st.data())
    def correct(self, headline: str, draw: st.DataObject) -> None:
        story = draw.draw(st.sampled_from(list(Article.objects.order_by("pk"))))
        if story.is_public:
            points = [Point(f"{headline} it is.", is_approved=True)]
            acts.change(story, Wording(headline, "", f"{headline}.", ""), points, by=edie(), kind="minor", reason="So.")

    @rule(draw=st.data())
    def withdraw_or_publish_again(self, draw: st.DataObject) -> None:
        story = draw.draw(st.sampled_from(list(Article.objects.order_by("pk"))))
        if story.is_published:
            acts.withdraw(story, by=edie(), reason="Its source has taken it back.")
        else:
            acts.publish(story, by=edie())

    @rule(headline=WORDS)
    def rename_address(self, headline: str) -> None:
        story = Article.objects.order_by("pk")[0]
        story.take_slug(headline)
        story.save()
        self.addresses.append(story.get_absolute_url())

    @rule(model=st.sampled_from([Topic, Source]), name=st.sampled_from(["Networks", "Chips & dip", "SCMP"]))
    def rename_label(self, model: type[Topic] | type[Source], name: str) -> None:
        if not model.objects.filter(name=name).exists():
            model.objects.filter(pk=model.objects.order_by("pk")[0].pk).update(name=name)

    @rule()
    def unapprove_in_bulk(self) -> None:
        Bullet.objects.filter(position=1).update(status="draft", approved_at=None, approved_by=None)

    @rule()
    def unfile_by_sql(self) -> None:
        raw_sql("DELETE FROM articles_articletopic")

    @rule(stated=WORDS)
    def overwrite_by_sql(self, stated: str) -> None:
        raw_sql(f"UPDATE articles_article SET updated_as_stated = '{stated}', is_edited = NOT is_edited")  # noqa: S608

    @rule(text=WORDS)
    def state(self, text: str) -> None:
        SiteStatement.objects.update_or_create(pk=1, defaults={"text": text})

    @rule(headline=WORDS, number=st.integers(0, 9))
    def import_story(self, headline: str, number: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            page = f"{headline} no. {number}\n\nThe station has a dish.\n\nSource: Nordlys Tech\n"
            Path(folder, f"{number}.txt").write_text(page, encoding="utf-8")
            assert [result.outcome for result in import_files([folder], Options(is_publishing=True))]
        # PostgreSQL's triggers wait for the end of a transaction, which here no import reaches: it ends once more.
        generation()
        come_due()

    @rule(hours=st.integers(1, 30))
    def time_goes_by(self, hours: int) -> None:
        self.now.shift(timedelta(hours=hours))

    @rule(which=st.integers(0, 1), reader=st.sampled_from(READERS), draw=st.data())
    def read(self, which: int, reader: dict[str, Any], draw: st.DataObject) -> None:
        self.compare(self.processes[which], draw.draw(st.sampled_from(self.addresses)), reader)

    @rule(which=st.integers(0, 1))
    def read_everything(self, which: int) -> None:
        for address in self.addresses:
            self.compare(self.processes[which], address, {})

    @invariant()
    def main_pages_are_fresh(self) -> None:
        for address in [*MAIN, self.addresses[len(LISTS) + len(OTHERS)]]:
            self.compare(self.processes[0], address, {})

    def compare(self, process: PublishedPages, address: str, reader: dict[str, Any]) -> None:
        # What the processes make pieces of is never undone; what is rendered afresh is made of none.
        with patch("articles.publishing.pieces.is_settled", return_value=True):
            told = ask(process, address, **reader)
        fresh = ask(self.django, address, **reader)
        assert (told.status, timeless(told)) == (fresh.status, timeless(fresh)), address


def timeless(told: Told) -> bytes:
    """The body without the moment at which it was made, which an RSS feed without stories holds."""
    return re.sub(rb"<lastBuildDate>[^<]*", b"", told.body)


@pytest.mark.django_db
def test_every_answer_is_fresh() -> None:
    thorough = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=[*HealthCheck])
    run_state_machine_as_test(PublishedPagesMachine, settings=thorough)
