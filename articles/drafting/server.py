"""Drafts written by a server that speaks OpenAI's protocol (``POST …/chat/completions``), through its SDK.

Whatever the server does, an answer takes no longer than it may, no more of it is read than is sensible, no redirect
is followed (the story and the key go to the address that the operator chose and nowhere else), and nothing that it
says gets into an error text. Source: OpenAI API reference, "Create chat completion".
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

import httpx
import openai
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from articles.drafting.answers import AnswerError, read_answer
from articles.drafting.prompt import PROMPT_VERSION, Prompt, Story, estimate_tokens, make_prompt
from articles.drafting.providers import Draft, DraftError, Usage

ANSWER_TOKENS = 2000  # more than five bullets take, with room for a model that thinks aloud before
ANSWER_BYTES = 256 * 1024
NO_KEY = "none"  # what a server gets that needs none: the SDK insists on one
BUSY = 429
LONGEST_WAIT = 86_400.0  # seconds
MOST_USED = 10_000_000  # tokens: a server that claims to have used more is not believed


@dataclass(frozen=True)
class Answer:
    """What a server answered: its text, what it took, and whether it stopped because it had no tokens left."""

    text: str
    usage: Usage
    is_cut_off: bool


@dataclass(frozen=True)
class ServerDrafter:
    """Asks ``model`` at ``base_url``, within ``seconds`` for each request and ``most_tokens`` for the whole draft."""

    base_url: str
    api_key: str = field(repr=False)
    model: str
    seconds: float
    most_tokens: int
    prompt_version: str = PROMPT_VERSION
    is_remote: bool = True

    def draft(self, story: Story) -> Draft:
        """Ask for bullets; once more, with the fault named, if the answer can't be used and the tokens suffice."""
        if not story.text.strip():
            raise DraftError(_("The story has no text to draft from."))
        mark = token_hex(16)
        prompt = make_prompt(story, mark=mark, tokens=self.most_tokens - ANSWER_TOKENS)
        given = f"{story.headline}\n{story.text}"
        answer = self._ask(prompt)
        try:
            return Draft(_read(answer, given, mark), answer.usage, prompt.is_cut)
        except AnswerError as error:
            first, reason = answer.usage, str(error)
            with override(None):  # in the language of the instructions
                repaired = prompt.repaired(answer.text, str(error))
        if first.tokens + repaired.tokens + ANSWER_TOKENS > self.most_tokens:
            refused = _("The answer of the drafting server was refused. %(reason)s") % {"reason": reason}
            raise DraftError(refused, usage=first)
        return self._draft_again(repaired, first, given, mark)

    def _draft_again(self, prompt: Prompt, first: Usage, given: str, mark: str) -> Draft:
        try:
            answer = self._ask(prompt)
        except DraftError as error:
            error.usage += first
            raise
        try:
            return Draft(_read(answer, given, mark), first + answer.usage, prompt.is_cut)
        except AnswerError as error:
            refused = _("The answer of the drafting server was refused twice. %(reason)s") % {"reason": error}
            raise DraftError(refused, usage=first + answer.usage) from None

    def _ask(self, prompt: Prompt) -> Answer:
        # Errors of the SDK may hold the server's words, the request and with it the key: none is kept as a cause.
        try:
            return asyncio.run(self._within_time(prompt))
        except (TimeoutError, openai.APITimeoutError):
            seconds = {"seconds": f"{self.seconds:g}"}
            reason = _("The drafting server did not answer within %(seconds)s seconds.") % seconds
            raise DraftError(reason, usage=Usage(prompt.tokens), is_temporary=True) from None
        except openai.APIStatusError as error:
            raise _refusal(error.response, self.model) from None
        except openai.APIConnectionError:
            reason = _("The drafting server could not be reached, or broke off.")
            raise DraftError(reason, usage=Usage(prompt.tokens), is_temporary=True) from None
        except openai.OpenAIError:
            raise DraftError(_("The drafting server could not be asked.")) from None

    async def _within_time(self, prompt: Prompt) -> Answer:
        http = openai.DefaultAsyncHttpxClient(
            follow_redirects=False, headers={"Accept-Encoding": "identity"}, event_hooks={"response": [_bound]}
        )
        client = openai.AsyncOpenAI(
            base_url=self.base_url,
            api_key=self.api_key or NO_KEY,
            http_client=http,
            timeout=self.seconds,
            max_retries=0,
        )
        async with asyncio.timeout(self.seconds), client:
            try:
                content = await self._complete(client, prompt, max_tokens=ANSWER_TOKENS)
            except openai.BadRequestError as error:
                # OpenAI's newer models know the limit by another name, which other servers do not know.
                if "max_completion_tokens" not in error.message:
                    raise
                content = await self._complete(client, prompt, max_completion_tokens=ANSWER_TOKENS)
        return _read_envelope(content, prompt)

    async def _complete(self, client: openai.AsyncOpenAI, prompt: Prompt, **limit: int) -> bytes:
        messages: Any = list(prompt.messages)
        limits: dict[str, Any] = dict(limit)
        raw = await client.chat.completions.with_raw_response.create(model=self.model, messages=messages, **limits)
        content: bytes = raw.content
        return content


class _Bounded(httpx.AsyncByteStream):
    """The start of a stream: what comes after ``ANSWER_BYTES`` is not read."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self.stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = ANSWER_BYTES
        async for chunk in self.stream:
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return

    async def aclose(self) -> None:
        await self.stream.aclose()


async def _bound(response: httpx.Response) -> None:
    """Bound the body; one that is compressed although that was declined stays so, and can't be read."""
    response.headers.pop("Content-Encoding", None)
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Bounded(response.stream)


def _read(answer: Answer, given: str, mark: str) -> tuple[str, ...]:
    if answer.is_cut_off:
        raise AnswerError(gettext_lazy("It was not finished after %(count)s tokens."), count=ANSWER_TOKENS)
    return read_answer(answer.text, article=given, mark=mark)


def _read_envelope(content: bytes, prompt: Prompt) -> Answer:
    """The answer inside what the protocol puts around it. Raises DraftError where it isn't there."""
    try:
        data = json.loads(content)
        choice = data["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        reason = _("The answer of the drafting server was refused. It is not what the protocol asks for.")
        raise DraftError(reason, usage=Usage(prompt.tokens, min(estimate_tokens_of(content), ANSWER_TOKENS)))
    return Answer(text, _usage(data, prompt, text), choice.get("finish_reason") == "length")


def estimate_tokens_of(content: bytes) -> int:
    """About how many tokens ``content`` has."""
    return estimate_tokens(content.decode(errors="replace"))


def _usage(data: dict[str, Any], prompt: Prompt, text: str) -> Usage:
    stated = data.get("usage")
    counts = stated if isinstance(stated, dict) else {}
    return Usage(
        _count(counts.get("prompt_tokens"), prompt.tokens),
        _count(counts.get("completion_tokens"), estimate_tokens(text)),
    )


def _count(stated: object, estimated: int) -> int:
    return stated if type(stated) is int and 0 <= stated <= MOST_USED else estimated


def _refusal(response: httpx.Response, model: str) -> DraftError:
    """What a status other than success means for an editor."""
    status = response.status_code
    said = {"status": status, "model": model}
    if status == BUSY:
        return DraftError(_("The drafting server has too much to do (429)."), is_temporary=True, wait=_wait(response))
    if status >= 500 or status in (408, 409):
        return DraftError(_("The drafting server failed (%(status)s).") % said, is_temporary=True, wait=_wait(response))
    if 300 <= status < 400:
        moved = _("The drafting server answers from another address (%(status)s): the setting has to name it.")
        return DraftError(moved % said)
    if status in (401, 403):
        return DraftError(_("The drafting server does not accept the key (%(status)s).") % said)
    if status == 404:
        unknown = _("The drafting server does not know the model “%(model)s”, or its address is wrong (404).")
        return DraftError(unknown % said)
    return DraftError(_("The drafting server refused the request (%(status)s).") % said)


def _wait(response: httpx.Response) -> float:
    """The seconds that the server asks to wait, as a number or as a date (RFC 9110, section 10.2.3); 0 for neither."""
    stated = response.headers.get("Retry-After", "")
    if stated.isascii() and stated.isdigit():
        return min(float(stated), LONGEST_WAIT)
    date = parse_http_date_safe(stated)
    return min(max(date - time.time(), 0.0), LONGEST_WAIT) if date else 0.0
