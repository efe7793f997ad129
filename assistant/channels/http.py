"""The HTTP channel: questions, search, suggestions, shift, health and original files as JSON under /api."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import FileResponse, JSONResponse
from pydantic import AfterValidator, BaseModel, Field

from assistant.answering.generator import Prose
from assistant.answering.serialise import answer_to_dict, evidence_to_dict
from assistant.channels.shift import shift_of
from assistant.domain import Filters
from assistant.errors import AssistantError, IndexUnavailable
from assistant.records.logged import Verdict
from assistant.service import Assistant

LONGEST_QUESTION = 20_000
"""Code points that are accepted at the edge; the service says what it can use."""


LONGEST_CALL_NOTE = 80
"""Code points of the words by which a call is known again."""


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


CallNote = Annotated[str | None, Field(max_length=LONGEST_CALL_NOTE), AfterValidator(_one_line)]
"""Words by which a call is known when somebody has to call back; on one line, None where there are none."""


class AskRequest(BaseModel):
    """A question of one call; `context` are the earlier questions of the same call, oldest first.

    `call` is what the call is known by: logged with the answer, personal numbers masked.
    """

    question: str = Field(max_length=LONGEST_QUESTION)
    as_of: date | None = None
    context: list[str] = Field(default_factory=list, max_length=20)
    category: str | None = None
    region: str | None = None
    call: CallNote = None


class RatingRequest(BaseModel):
    """A counsellor's verdict on an answer, with one line of text."""

    verdict: Verdict
    note: str = Field(default="", max_length=500)


Who = Callable[[Any], str | None]
"""The name of the person who sent a request; None where nobody signed in."""


def nobody(request: Any) -> str | None:
    """Who sends requests where nobody can sign in."""
    return None


def add_api(app: FastAPI, assistant: Assistant, who: Who = nobody, named: bool = False) -> None:
    """Add the routes under /api and turn the project's errors into one line of JSON.

    `who` names the person of a request; where people are `named`, the shift is theirs alone.
    """
    app.include_router(_router(assistant, who), prefix="/api")
    app.include_router(_page_router(assistant, who, named), prefix="/api")
    app.add_exception_handler(AssistantError, _told)


def _told(request: Request, error: Exception) -> JSONResponse:
    """An error of this project as JSON; the question is not logged (it may hold personal data)."""
    logging.getLogger(__name__).warning("%s %s: %s", request.method, request.url.path, type(error).__name__)
    status = 503 if isinstance(error, IndexUnavailable) else 400
    return JSONResponse({"error": str(error)}, status_code=status)


def _router(assistant: Assistant, who: Who) -> APIRouter:
    router = APIRouter()
    started = datetime.now(UTC).isoformat()

    @router.post("/ask")
    def ask(asked: AskRequest, request: Request) -> dict[str, Any]:
        """The Answer of DESIGN 3.2."""
        answer = assistant.ask(
            asked.question,
            as_of=asked.as_of,
            context=asked.context,
            channel="http",
            user=who(request),
            call=asked.call,
            filters=Filters(asked.category or None, asked.region or None),
        )
        return answer_to_dict(answer)

    @router.post("/answers/{answer_id}/rating")
    def rate(answer_id: str, rating: RatingRequest, request: Request) -> dict[str, str]:
        """Keep a verdict on an answer that was given."""
        assistant.rate(answer_id, rating.verdict, rating.note, who(request))
        return {"answer_id": answer_id, "verdict": rating.verdict}

    @router.get("/search")
    def search(
        q: Annotated[str, Query(max_length=LONGEST_QUESTION)],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        as_of: date | None = None,
        category: str | None = None,
        region: str | None = None,
    ) -> list[dict[str, Any]]:
        """Documents that fit a question, best first: place in each ranking, and why one is left out."""
        filters = Filters(category or None, region or None)
        return [evidence_to_dict(e) for e in assistant.search(q, as_of=as_of, k=k, filters=filters)]

    @router.get("/suggest")
    def suggest(
        prefix: Annotated[str, Query(max_length=200)],
        limit: Annotated[int, Query(ge=1, le=20)] = 8,
        as_of: date | None = None,
    ) -> list[dict[str, str]]:
        """Programmes that fit what is typed so far, with their state on the day."""
        found = assistant.suggest(prefix, limit, as_of)
        return [{"programme": s.programme, "title": s.title, "state": s.state} for s in found]

    @router.get("/health")
    def health() -> dict[str, str]:
        """That the service answers, which generation is live, when it started, and today's date there."""
        return {
            "status": "ok",
            "generation": assistant.generation_id,
            "started": started,
            "today": assistant.today().isoformat(),
        }

    @router.get("/document/{document_id}/original", response_model=None)
    def original(document_id: str) -> FileResponse | JSONResponse:
        """The file a document was read from."""
        folder = assistant.settings.corpus_dir.resolve()
        file = (folder / assistant.document(document_id).path).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            return JSONResponse(
                {"error": f"{document_id}: 원문 파일이 자료 폴더에 없습니다."}, status_code=404
            )
        return FileResponse(file, filename=file.name)

    return router


def _page_router(assistant: Assistant, who: Who, named: bool) -> APIRouter:
    """What the page asks for beside answers."""
    router = APIRouter()

    @router.post("/answers/{answer_id}/prose")
    def prose(answer_id: str) -> dict[str, Any]:
        """A language model's checked prose for an answer just given, or the reason why there is none."""
        outcome = assistant.prose_of(answer_id)
        if isinstance(outcome, Prose):
            told = [{"text": s.text, "citations": list(s.citations)} for s in outcome.sentences]
            return {"prose": told, "refused": None}
        return {"prose": [], "refused": outcome.reason}

    @router.get("/who")
    def name(request: Request) -> dict[str, str | None]:
        """Whose name the questions of this browser are kept under."""
        return {"name": who(request)}

    @router.get("/shift")
    def shift(request: Request) -> list[dict[str, Any]]:
        """Today's questions on the page, newest first; of the person who asks, where people sign in."""
        if assistant.records is None or (named and who(request) is None):
            return []
        return shift_of(assistant.records, assistant.today(), assistant.settings.timezone, who(request))

    @router.get("/filters")
    def filters() -> dict[str, tuple[str, ...]]:
        """Categories and regions that questions can be narrowed to."""
        categories, regions = assistant.filter_choices()
        return {"categories": categories, "regions": regions}

    return router
