"""The HTTP channel: questions, search, suggestions, health and original files as JSON under /api."""

import logging
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, Field

from assistant.answering.serialise import answer_to_dict, evidence_to_dict
from assistant.errors import AssistantError, IndexUnavailable
from assistant.records.logged import Verdict
from assistant.service import Assistant

LONGEST_QUESTION = 20_000
"""Code points that are accepted at the edge; the service says what it can use."""


class AskRequest(BaseModel):
    """A question of one call; `context` are the earlier questions of the same call, oldest first."""

    question: str = Field(max_length=LONGEST_QUESTION)
    as_of: date | None = None
    context: list[str] = Field(default_factory=list, max_length=20)


class RatingRequest(BaseModel):
    """A counsellor's verdict on an answer, with one line of text."""

    verdict: Verdict
    note: str = Field(default="", max_length=500)


def add_api(app: FastAPI, assistant: Assistant) -> None:
    """Add the routes under /api and turn the project's errors into one line of JSON."""
    app.include_router(_router(assistant), prefix="/api")
    app.add_exception_handler(AssistantError, _told)


def _told(request: Request, error: Exception) -> JSONResponse:
    """An error of this project as JSON; the question is not logged (it may hold personal data)."""
    logging.getLogger(__name__).warning("%s %s: %s", request.method, request.url.path, type(error).__name__)
    status = 503 if isinstance(error, IndexUnavailable) else 400
    return JSONResponse({"error": str(error)}, status_code=status)


def _router(assistant: Assistant) -> APIRouter:
    router = APIRouter()
    started = datetime.now(UTC).isoformat()

    @router.post("/ask")
    def ask(request: AskRequest) -> dict[str, Any]:
        """The Answer of DESIGN 3.2."""
        answer = assistant.ask(request.question, as_of=request.as_of, context=request.context, channel="http")
        return answer_to_dict(answer)

    @router.post("/answers/{answer_id}/rating")
    def rate(answer_id: str, rating: RatingRequest) -> dict[str, str]:
        """Keep a verdict on an answer that was given."""
        assistant.rate(answer_id, rating.verdict, rating.note)
        return {"answer_id": answer_id, "verdict": rating.verdict}

    @router.get("/search")
    def search(
        q: Annotated[str, Query(max_length=LONGEST_QUESTION)],
        k: Annotated[int, Query(ge=1, le=100)] = 10,
        as_of: date | None = None,
    ) -> list[dict[str, Any]]:
        """Documents that fit a question, best first: place in each ranking, and why one is left out."""
        return [evidence_to_dict(e) for e in assistant.search(q, as_of=as_of, k=k)]

    @router.get("/suggest")
    def suggest(
        prefix: Annotated[str, Query(max_length=200)], limit: Annotated[int, Query(ge=1, le=20)] = 8
    ) -> list[dict[str, str]]:
        """Programmes that fit what is typed so far."""
        return [{"programme": s.programme, "title": s.title} for s in assistant.suggest(prefix, limit)]

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
