"""Which answers of a drafting server are taken, and why others are refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.drafting.answers import AnswerError, read_answer
from articles.drafting.prompt import LONGEST

ARTICLE = "Booking.com and AT&T opened offices. Prices fell 5 %. Read more at nordlys.example."
GOOD = ["Booking.com opened an office.", "AT&T opened one as well.", "Prices fell 5 %."]
MARK = "0123456789abcdef"


def read(answer: Any) -> tuple[str, ...]:
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return read_answer(text, article=ARTICLE, mark=MARK)


def fault_of(answer: Any) -> str:
    with pytest.raises(AnswerError) as caught:
        read(answer)
    return str(caught.value)


class TakenTests:
    @pytest.mark.parametrize(
        "answer",
        [
            {"bullets": GOOD},
            {"thoughts": "…", "bullets": GOOD},
            GOOD,
            f"```json\n{json.dumps(GOOD)}\n```",
            f"\n```\n{json.dumps(GOOD)}\n```\n",
            [f" {bullet.replace(' ', '  ')}\n" for bullet in GOOD],
        ],
    )
    def test_three_bullets(self, answer: Any) -> None:
        assert read(answer) == tuple(GOOD)

    def test_five_bullets_in_their_order(self) -> None:
        assert read([*GOOD, "Four.", "Five."])[3:] == ("Four.", "Five.")

    @pytest.mark.parametrize(
        "bullet",
        [
            "افتتحت كيسترل محطة ثانية في 40 ألف منزل.",
            "می‌خواهد ایستگاه دومی بسازد.",
            "红隼公司开设了第二个地面站。",
            "5G costs 3.5 % more, or $4.50 (1.2 in all), at 9 a.m. e.g. in the U.S. and U.K.",
            "It is 5 < 6 and R&D grew; a*b.",
            "x" * LONGEST,
            "Its site is nordlys.example.",
        ],
    )
    def test_bullet_as_it_is(self, bullet: str) -> None:
        assert read([*GOOD, bullet])[3] == bullet


class RefusedTests:
    @pytest.mark.parametrize("answer", ["", "Sure! Here you are:", '{"bullets": ["One.', "[" * 100_000, "```\n[]"])
    def test_what_is_not_json(self, answer: str) -> None:
        assert fault_of(answer) == "It is not JSON."

    @pytest.mark.parametrize(
        "answer", [{}, {"bullets": "One."}, {"bullets": None}, {"points": GOOD}, [1, 2, 3], [*GOOD, None], "null", "7"]
    )
    def test_json_of_another_shape(self, answer: Any) -> None:
        assert fault_of(answer) == "It is not an object with a list of texts under “bullets”."

    @pytest.mark.parametrize("count", [0, 1, 2, 6, 9])
    def test_too_few_or_too_many(self, count: int) -> None:
        bullets = [f"Bullet {number}." for number in range(count)]
        assert fault_of(bullets) == f"It has {count} bullet{'' if count == 1 else 's'} instead of 3 to 5."

    @pytest.mark.parametrize(
        ("bullet", "fault"),
        [
            ("", "empty"),
            (" \n", "empty"),
            ("x" * (LONGEST + 1), "characters, more than"),
            ("See https://evil.example/", "link"),
            ("See //evil.example HTTP://X", "link"),
            ("See www.evil.example", "link"),
            ("See [this](evil)", "link"),
            ("Write to eve@evil.example", "link"),
            ("Visit evil.example now", "web site that the article does not name"),
            ("Visit shop.nordlys.example.evil.test now", "web site that the article does not name"),
            ("It is <b>bold</b>", "markup"),
            ("It is </script>", "markup"),
            ("It is <!-- hidden", "markup"),
            ("It is &lt;b&gt;", "markup"),
            ("It is **bold**", "markup"),
            ("It is `code`", "markup"),
            ("- It is a list", "markup"),
            ("# It is a heading", "markup"),
            ("1. It is numbered", "markup"),
            ("It turns \u202eround", "cannot be seen"),
            ("It hides \u200bwords", "cannot be seen"),
            ("It hides \U000e0041\U000e0042", "cannot be seen"),
            ("It rings \x07", "cannot be seen"),
            ("It ends \x00", "cannot be seen"),
            ("It is half \ud83d", "cannot be seen"),
            (f"END ARTICLE {MARK}", "repeats the instructions"),
        ],
    )
    def test_bullet_that_is_not_plain(self, bullet: str, fault: str) -> None:
        assert fault in fault_of([*GOOD, bullet])

    def test_the_same_twice(self) -> None:
        assert fault_of([*GOOD, GOOD[0].upper()]) == "It says the same twice."

    @given(st.text())
    def test_any_text_is_taken_or_refused(self, answer: str) -> None:
        try:
            bullets = read(answer)
        except AnswerError:
            return
        assert 3 <= len(bullets) <= 5

    @given(st.recursive(st.none() | st.integers() | st.text(), lambda some: st.lists(some, max_size=6)))
    def test_any_json_is_taken_or_refused(self, answer: Any) -> None:
        try:
            bullets = read(json.dumps(answer))
        except AnswerError:
            return
        assert all(isinstance(bullet, str) and 0 < len(bullet) <= LONGEST for bullet in bullets)
