"""The made-up translation, and what it finds."""

import pytest
from django.template import Context, Template
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy, npgettext, pgettext, pgettext_lazy

from tests.web.pseudo import bracketed, untranslated


def render(source: str, **values: object) -> str:
    return Template("{% load i18n %}" + source).render(Context(values))


class BracketedTests:
    def test_each_way_into_gettext(self) -> None:
        with bracketed():
            assert gettext("Save") == "⟦Save⟧"
            assert pgettext("verb", "Save") == "⟦Save⟧"
            assert [ngettext("%(n)d story", "%(n)d stories", n) % {"n": n} for n in (1, 2)] == [
                "⟦1 story⟧",
                "⟦2 stories⟧",
            ]
            assert npgettext("a", "%(n)d story", "%(n)d stories", 2) % {"n": 2} == "⟦2 stories⟧"

    def test_words_that_were_lazy_before(self) -> None:
        save, close = gettext_lazy("Save"), pgettext_lazy("verb", "Close")
        stories = ngettext_lazy("%(n)d story", "%(n)d stories", "n")
        with bracketed():
            assert f"{save} {close} {stories % {'n': 3}}" == "⟦Save⟧ ⟦Close⟧ ⟦3 stories⟧"

    def test_templates(self) -> None:
        with bracketed():
            assert render('{% translate "Save" %}{% translate "Save" context "verb" %}') == "⟦Save⟧⟦Save⟧"
            assert render("{% blocktranslate %}by {{ who }}{% endblocktranslate %}", who="Rita") == "⟦by Rita⟧"

    def test_all_is_as_it_was_afterwards(self) -> None:
        with bracketed():
            pass
        assert gettext("Save") == "Save"
        assert render('{% translate "Save" %}') == "Save"


class UntranslatedTests:
    @pytest.mark.parametrize(
        ("html", "found"),
        [
            ("<p>⟦Save⟧</p>", []),
            ("<p>Save</p>", ["Save"]),
            ("<p>⟦Save⟧ now</p>", ["now"]),
            ("<p>⟦Stories of <time>⟦9 ⟦Jan⟧⟧</time> and <a href='/'>others</a>⟧, 12</p><p>in full</p>", ["in full"]),
            ("<title>⟦Topics⟧ | Front</title>", ["| Front"]),
            (
                "<input placeholder='Find'><img alt='⟦A dish⟧'><a aria-label='Next' href='/'>⟦Next⟧</a>",
                ["Find", "Next"],
            ),
            (
                "<input type=submit value='Go'><input value='typed'><meta name=description content='News'>",
                ["Go", "News"],
            ),
            ("<p data-network='No answer' data-key='some-slug' data-hx-target='find a'></p>", ["No answer"]),
            ("<dt><kbd>Esc</kbd></dt><script>let a</script><pre><code>let b</code></pre>", []),
            ("<html lang='en'><p lang='de'>Guten <b>Tag</b><img alt='Bild'></p>Tag", ["Tag"]),
            ("<p lang='de'>Guten <small lang='zz'>Close</small> Tag <i lang='zz'>⟦Save⟧</i></p>", ["Close"]),
        ],
    )
    def test_what_stands_outside(self, html: str, found: list[str]) -> None:
        assert untranslated(html) == found

    def test_data_is_nobody_s_to_translate(self) -> None:
        assert untranslated("<p>Rita, South China Morning Post</p>", "Rita", "South China Morning Post") == []
        assert untranslated("<p>Margarita</p>", "Rita") == ["Margarita"]
