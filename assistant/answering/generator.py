"""Optional prose: a language model rewords an answer that stands already; what fails a check is not shown.

The model sees the masked question and the current statements of the answer with ids, as one JSON document,
and replies `[{"text", "ids"}]`. Its prose is a second reading of the summary: statements, citations,
must-confirms and status never change.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assistant.answering.abridgement import Support, check, without_links, words_of_prose
from assistant.answering.composer import syllables
from assistant.domain import Answer, ProseSentence, State, Statement, Status
from assistant.errors import GeneratorError, SettingsError

SENTENCES = 3
SYLLABLES = 90
"""What is read aloud in about 15 seconds (DESIGN rule 1), as for the extractive summary."""
EVIDENCE = 12
LONGEST_EVIDENCE = 400
"""Code points of a statement that is sent; a longer one is no sentence to read out."""
LONGEST_REPLY = 65_536
"""Bytes of a reply that are read; three sentences need about one thousand."""
SEED = 20210302
NOT_CONFIGURED = "언어 모델이 설정되어 있지 않습니다(ASSISTANT_LLM_BASE_URL)."
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences that passed every check, each with the citation markers of the answer it stands on."""

    sentences: tuple[ProseSentence, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no prose, in one Korean line that quotes neither the question nor the model."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A statement that is sent: `S1`, `S2` … in order."""

    statement: Statement
    quotes: tuple[str, ...]


class Generator:
    """A model behind an OpenAI-compatible endpoint. Safe to share between threads.

    The same masked question over the same statements gives the same prose while the object lives: what was
    accepted is remembered (512 texts, in memory only).
    """

    def __init__(
        self, base_url: str, model: str, api_key: str | None, timeout: float, *, mask: Callable[[str], str]
    ) -> None:
        """`base_url` ends before /chat/completions; `timeout` in seconds bounds a whole call; `mask` hides
        personal numbers of the question (SettingsError for an address or key that cannot be used).
        """
        import httpx

        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", base_url) or not model or not timeout > 0:
            raise SettingsError(
                "언어 모델 설정을 쓸 수 없습니다. ASSISTANT_LLM_BASE_URL은 http(s) 주소, "
                "ASSISTANT_LLM_MODEL은 모델 이름, ASSISTANT_LLM_TIMEOUT은 0보다 큰 초로 적어 주세요."
            )
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        try:
            self._client = httpx.Client(base_url=base_url, headers=headers, timeout=timeout)
        except (ValueError, httpx.InvalidURL) as error:
            raise SettingsError(
                "언어 모델의 주소나 키를 쓸 수 없습니다. "
                "ASSISTANT_LLM_BASE_URL과 ASSISTANT_LLM_API_KEY를 확인해 주세요."
            ) from error
        self.model = model
        self.timeout = timeout
        self._mask = mask
        self._workers = ThreadPoolExecutor(16, thread_name_prefix="prose")
        self._accepted = lru_cache(maxsize=512)(self._prose)

    def write(self, answer: Answer) -> Prose | Refused:
        """Prose for an answer, or why there is none; never later than the timeout, never an exception."""
        if answer.status is not Status.ANSWERED or answer.candidates:
            return Refused("확정된 답변에만 문장을 다듬습니다.")
        items = _evidence(answer)
        if not items:
            return Refused("지금 유효한 원문이 없어 문장을 다듬지 않았습니다.")
        question = without_links(self._mask(answer.standalone_question or answer.question))
        try:
            return self._accepted(question, items)
        except GeneratorError as error:
            return Refused(str(error))

    def close(self) -> None:
        """Stop waiting for anything and close the connections."""
        self._workers.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _prose(self, question: str, items: tuple[_Item, ...]) -> Prose:
        return checked(self._reply(question, items), items)

    def _reply(self, question: str, items: tuple[_Item, ...]) -> bytes:
        """The endpoint's bytes. Another thread reads them: no way of being slow reaches the caller."""
        deadline = time.monotonic() + self.timeout
        body = json.dumps(self._request(question, items), ensure_ascii=False).encode("utf-8", "replace")
        reading: Future[bytes] = self._workers.submit(self._read, body, deadline)
        try:
            return reading.result(self.timeout)
        except TookTooLong as error:
            reading.cancel()
            raise GeneratorError(f"언어 모델이 {self.timeout:g}초 안에 답하지 않았습니다.") from error

    def _request(self, question: str, items: tuple[_Item, ...]) -> dict[str, Any]:
        evidence = [
            {"id": f"S{i}", "text": without_links(item.statement.text)} for i, item in enumerate(items, 1)
        ]
        material = json.dumps({"question": question, "evidence": evidence}, ensure_ascii=False)
        return {
            "model": self.model,
            "messages": [
                {"role": "system", "content": words_of_prose().instruction},
                {"role": "user", "content": material},
            ],
            "temperature": 0,
            "top_p": 1,
            "seed": SEED,
            "max_tokens": 512,
            "stream": False,
        }

    def _read(self, body: bytes, deadline: float) -> bytes:
        import httpx

        received = bytearray()
        try:
            with self._client.stream("POST", "chat/completions", content=body) as response:
                if response.status_code != 200:
                    raise GeneratorError(
                        f"언어 모델 서버가 오류를 돌려주었습니다(HTTP {response.status_code})."
                    )
                for piece in response.iter_raw():
                    received += piece
                    if len(received) > LONGEST_REPLY:
                        raise GeneratorError("언어 모델의 답이 너무 깁니다.")
                    if time.monotonic() > deadline:
                        raise GeneratorError(f"언어 모델이 {self.timeout:g}초 안에 답하지 않았습니다.")
        except httpx.TimeoutException as error:
            raise GeneratorError(f"언어 모델이 {self.timeout:g}초 안에 답하지 않았습니다.") from error
        except httpx.HTTPError as error:
            raise GeneratorError("언어 모델 서버에 연결하지 못했거나 연결이 끊겼습니다.") from error
        return bytes(received)


def phrased(answer: Answer, outcome: Prose | Refused, milliseconds: float) -> Answer:
    """The answer with its prose, or with the reason why there is none; nothing else differs."""
    timings = {**answer.timings_ms, "prose": milliseconds}
    if isinstance(outcome, Refused):
        return replace(answer, prose=(), prose_refused=outcome.reason, timings_ms=timings)
    return replace(answer, prose=outcome.sentences, prose_refused=None, timings_ms=timings)


def checked(reply: bytes, items: tuple[_Item, ...]) -> Prose:
    """The prose of a reply; GeneratorError where its form, or any one sentence, breaks a rule."""
    rows = _rows(reply)
    if not rows:
        raise GeneratorError("언어 모델이 쓸 문장을 돌려주지 않았습니다.")
    if len(rows) > SENTENCES or sum(syllables(text) for text, _ in rows) > SYLLABLES:
        raise GeneratorError(f"언어 모델의 글이 읽어 주기에 깁니다(문장 {SENTENCES}개, {SYLLABLES}음절까지).")
    sentences = tuple(_sentence(row, items) for row in rows)
    return Prose(sentences)


def _evidence(answer: Answer) -> tuple[_Item, ...]:
    """The current statements, those of the summary first, then what must be confirmed, then the rest."""
    quotes = {c.marker: c.quote for c in answer.citations}
    order = dict.fromkeys((*answer.summary, *answer.must_confirm, *range(len(answer.statements))))
    found = [
        _Item(statement, tuple(quotes[m] for m in statement.citations))
        for statement in (answer.statements[i] for i in order)
        if statement.state is State.CURRENT and len(statement.text) <= LONGEST_EVIDENCE
    ]
    return tuple(found[:EVIDENCE])


def _rows(reply: bytes) -> list[tuple[str, list[str]]]:
    """(text, ids) of a chat completion whose content is a JSON list of such objects."""
    broken = GeneratorError("언어 모델의 답이 정해진 형식(JSON)이 아닙니다.")
    try:
        content = json.loads(reply.decode("utf-8"))["choices"][0]["message"]["content"]
        fenced = _FENCE.match(content)
        rows = json.loads(fenced.group(1) if fenced else content)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise broken from error
    if not isinstance(rows, list):
        raise broken
    found = []
    for row in rows:
        if not isinstance(row, Mapping) or set(row) != {"text", "ids"}:
            raise broken
        text, ids = row["text"], row["ids"]
        if not isinstance(text, str) or not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
            raise broken
        found.append((" ".join(text.split()), ids))
    return found


def _sentence(row: tuple[str, list[str]], items: tuple[_Item, ...]) -> ProseSentence:
    """A sentence with the markers of the statements it stands on; ids that were not sent are dropped."""
    text, ids = row
    sent = {f"S{i}": item for i, item in enumerate(items, 1)}
    cited = [sent[i] for i in dict.fromkeys(ids) if i in sent]
    if not cited:
        raise GeneratorError("근거를 대지 않은 문장이 있어 쓰지 않았습니다.")
    if len({item.statement.programme for item in cited}) > 1:
        raise GeneratorError("한 문장에 서로 다른 사업의 근거가 섞여 쓰지 않았습니다.")
    found = check(text, [Support(without_links(item.statement.text), item.quotes) for item in cited])
    if found.broken is not None:
        raise GeneratorError(f"언어 모델의 문장을 쓰지 않았습니다: {found.broken}.")
    markers = (m for i in found.used for m in cited[i].statement.citations)
    return ProseSentence(text, tuple(dict.fromkeys(markers)))
