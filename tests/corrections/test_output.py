"""Where a published correction shows: the story, its marks, feeds, structured data, search and the receipt."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from articles.catalogue.models import Article, Wording
from articles.corrections import acts
from articles.corrections.models import Correction, Report
from articles.revisions.acts import change, publish
from tests.world import correct, edie, make_article, max_admin, rita

pytestmark = pytest.mark.django_db

SIX = "Tarn is open. It has six dishes. More will come."
FOUR = SIX.replace("six", "four")
SAID = "An earlier version said “It has six dishes.” It now says “It has four dishes.”"


def page_of(article: Article, status: int = 200) -> str:
    answer = rita().get(Article.objects.get(pk=article.pk).get_absolute_url())
    assert answer.status_code == status
    return answer.text


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


class StoryTests:
    def test_notice_at_the_foot_and_a_mark_at_the_words(self) -> None:
        article = make_article(headline="News", body=SIX, standfirst="In Tarn.", bullets=[])
        correct(article, body=FOUR)
        page = page_of(article)
        assert page.index("It has four dishes.</a> More will come.") < page.index('class="notice" id="correction-1"')
        assert '<a class="fixed" href="#correction-1">It has four dishes.</a>' in page
        assert SAID in page
        assert ">Correction, <time" in page

    def test_critical_notice_stands_on_top(self) -> None:
        article = make_article(headline="News", body=SIX, standfirst="In Tarn.", bullets=[])
        correct(article, body=FOUR, severity="critical")
        page = page_of(article)
        assert page.index('id="correction-1"') < page.index("More will come.")

    def test_mark_inside_a_passage_and_a_link(self) -> None:
        article = make_article(headline="News", body=SIX, standfirst="S", bullets=["More will come to Tarn."])
        correct(article, body="Tarn is open. [It has four dishes.](https://tarn.example/) More will come.")
        page = page_of(article)
        assert '<span class="fixed">It has four dishes.</span></a>' in page
        assert '<a class="fixed" href="#correction-1" dir="ltr" lang="en">corrected</a>' in page

    def test_replaced_notice_goes_and_stays_in_the_record(self) -> None:
        article = make_article(body=SIX, standfirst="In Tarn.")
        first = correct(article, body=FOUR)
        second = correct(article, body=SIX, supersedes=first)
        page = page_of(article)
        assert 'id="correction-1"' not in page
        assert page.count('class="fixed" href="#correction-2"') == 1
        assert 'id="version-2"' in page
        assert second.text in page

    def test_words_that_were_changed_again_lose_their_mark(self) -> None:
        article = make_article(body=SIX, standfirst="In Tarn.")
        correct(article, body=FOUR)
        correct(article, body=FOUR.replace("four", "nine"), kind="update")
        page = page_of(article)
        assert 'class="fixed" href="#correction-1"' not in page
        assert 'class="fixed" href="#correction-2"' in page

    def test_more_than_two_fold(self) -> None:
        article = make_article(body=SIX)
        for text in ("One.", "Two."):
            correct(article, kind="note", text=text)
        assert "<details" not in page_of(article).partition("<main")[2]
        correct(article, kind="note", text="Three.")
        page = page_of(article).partition("<main")[2]
        assert "1 earlier notice</summary>" in page
        assert page.index("Three.") < page.index("Two.") < page.index("<details") < page.index("One.")

    def test_ground_is_public(self) -> None:
        article = make_article(body=SIX)
        correct(article, body=FOUR, kind="clarification", ground="Two were being built.")
        assert "Why this is no correction: Two were being built." in page_of(article)

    def test_spelling_has_no_notice_but_a_place_in_the_record(self) -> None:
        article = make_article(headline="Kestral opens")
        wording = Wording(**{**vars(article.wording), "headline": "Kestrel opens"})
        change(article, wording, [], by=edie(), kind="minor", reason="The name is Kestrel.")
        page = page_of(article)
        assert 'class="notice"' not in page
        assert "Edited</b>: The name is Kestrel." in page

    def test_notice_is_escaped(self) -> None:
        article = make_article()
        correct(article, kind="note", text="A <script>alert(1)</script>.")
        assert "<script>alert(1)" not in page_of(article)


class DataTests:
    def test_structured_data_tells_of_each_standing_notice(self) -> None:
        article = make_article(body=SIX)
        correction = correct(article, body=FOUR)
        (comment,) = data_of(page_of(article))["correction"]
        assert comment == {
            "@type": "CorrectionComment",
            "name": "Correction",
            "text": SAID,
            "datePublished": correction.published_at.isoformat(timespec="seconds"),
            "url": f"http://testserver{article.get_absolute_url()}#correction-1",
        }

    def test_story_without_any_says_nothing_of_them(self) -> None:
        assert "correction" not in data_of(page_of(make_article()))

    @pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom", "/feed.json"])
    def test_feeds_tell_it_and_say_that_the_story_changed(self, path: str) -> None:
        article = make_article(body=SIX)
        client = rita()
        first = client.get(path)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            correction = correct(article, body=FOUR)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 200
        assert "It has four dishes." in again.text
        assert str(correction.published_at.year) in again.text
        assert again.headers["Last-Modified"] != first.headers["Last-Modified"]

    def test_search_finds_the_new_words_and_no_longer_the_old(self) -> None:
        article = make_article(body="Tarn has a zebra.", bullets=[])
        correct(article, body="Tarn has a quagga.")
        assert article.get_absolute_url() in rita().get("/search/?q=quagga").text
        assert article.get_absolute_url() not in rita().get("/search/?q=zebra").text

    def test_receipt_leads_to_the_notice(self) -> None:
        article = make_article(body=SIX)
        report = Report.objects.create(article=article, kind="summary", what="It has four.")
        correct(article, body=FOUR, reports=[report])
        page = rita().get(report.get_absolute_url()).text
        assert f'{article.get_absolute_url()}#correction-1">Read the notice</a>' in page
        assert "It now says “It has four dishes.”" in page


class WithdrawnTests:
    def test_page_says_who_and_why_and_feeds_drop_it(self) -> None:
        article = make_article(body="The words.")
        correct(article, body="Other words.")
        acts.withdraw(article, by=edie(), reason="its source lied")
        page = page_of(article)
        assert ">Withdrawn, <time" in page
        assert "We no longer stand by this story because its source lied." in page
        assert "Withdrawn by Edie Torres." in page
        assert "Other words." not in page
        assert page.count('class="notice"') == 1
        assert '<meta name="robots" content="noindex">' in page
        for path in ("/feed.rss", "/sitemap-pages.xml", "/search/?q=words"):
            assert article.get_absolute_url() not in rita().get(path).text

    def test_story_put_back_shows_the_notices_of_its_words(self) -> None:
        article = make_article(body=SIX)
        correct(article, body=FOUR)
        acts.withdraw(article, by=edie(), reason="its source lied")
        publish(article, by=edie(), reason="It did not.")
        page = page_of(article)
        assert "no longer stand by this story" not in page.partition('id="record"')[0]
        assert SAID in page

    def test_sealed_story_is_gone_and_says_so(self) -> None:
        article = make_article(headline="A libel", body="The libel.", status="withdrawn")
        acts.seal(article, by=max_admin(), reason="The court of Tarn ordered it.")
        page = page_of(article, status=410)
        assert "The court of Tarn ordered it." in page
        assert "Sealed by Max Okafor." in page
        assert "libel." not in page
        assert '<meta name="robots" content="noindex">' in page


class QueryTests:
    def test_notices_cost_one_query_however_many(self, django_assert_num_queries: Any) -> None:
        article = make_article(body=SIX)
        for text in ("One.", "Two.", "Three."):
            correct(article, kind="note", text=text)
        assert Correction.objects.count() == 3
        with django_assert_num_queries(12):
            rita().get(article.get_absolute_url())
