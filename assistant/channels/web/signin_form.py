"""The sign-in form, and the routes /sign-in and /sign-out that its script calls."""

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.channels.web.markup import safe
from assistant.errors import AccessDenied
from assistant.records.users import Right, User

if TYPE_CHECKING:
    from assistant.channels.web.signin import Sessions

COOKIE = "session"
SLOW_SECONDS = 1.0
"""A refusal takes no less, so that guessing is slow and its time says nothing."""


UPLOADING = (Right.PUBLISH, Right.EVALUATE)
"""Rights whose tabs take files."""


class Credentials(BaseModel):
    """What the form holds."""

    name: str = Field(max_length=40)
    password: str = Field(max_length=200)


def add_routes(app: FastAPI, sessions: "Sessions") -> None:
    """POST /sign-in sets the session's cookie, POST /sign-out ends the session."""
    one_at_a_time = asyncio.Semaphore(1)

    @app.post("/sign-in")
    async def sign_in(given: Credentials, request: Request) -> JSONResponse:
        started = asyncio.get_running_loop().time()
        try:
            place = _from_here(request)
            async with one_at_a_time:
                token, user = await run_in_threadpool(sessions.sign_in, given.name, given.password, place)
        except AccessDenied as error:
            return await _refused(error, started)
        return _signed_in(token, user, secure=request.url.scheme == "https")

    @app.post("/sign-out")
    def sign_out(request: Request) -> JSONResponse:
        sessions.sign_out(request)
        answer = JSONResponse({})
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return answer


class UploadGate:
    """Files are taken only from people who work with files here: a stranger cannot fill the disk."""

    def __init__(self, app: ASGIApp, sessions: "Sessions | None") -> None:
        """Stand before `app`; without sessions nobody uploads."""
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse an upload of somebody else; all other requests pass."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].endswith("/upload"):
            refused = await run_in_threadpool(self._refused, Request(scope))
            if refused is not None:
                return await JSONResponse({"error": refused}, status_code=403)(scope, receive, send)
        await self._app(scope, receive, send)

    def _refused(self, request: Request) -> str | None:
        if self._sessions is None:
            return "로그인할 사람이 없는 실행에서는 파일을 올릴 수 없습니다."
        user = self._sessions.user_of(request)
        if user is not None and any(user.may(right) for right in UPLOADING):
            return None
        try:
            self._sessions.allowed(request, UPLOADING[0], "파일 올리기")
        except AccessDenied as error:
            return str(error)
        return None


def _from_here(request: Request) -> str:
    """Where a form comes from; one that another site sent is refused (AccessDenied)."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise AccessDenied("다른 사이트에서 보낸 로그인입니다. 상담 화면을 열어 로그인해 주세요.")
    return request.client.host if request.client else ""


async def _refused(error: AccessDenied, started: float) -> JSONResponse:
    """What is told after SLOW_SECONDS since the loop's time `started`."""
    await asyncio.sleep(max(0.0, SLOW_SECONDS - asyncio.get_running_loop().time() + started))
    return JSONResponse({"error": str(error)}, status_code=401)


def _signed_in(token: str, user: User, secure: bool) -> JSONResponse:
    """Who has signed in, with the session's cookie."""
    answer = JSONResponse({"name": user.name, "role": user.role})
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


def dialog_html() -> str:
    """The form in a dialog, for who signs in where questions are asked."""
    close = '<button type="button" data-sign-in-close>닫기</button>'
    form = _form("로그인", "로그인하면 묻고 평가한 기록에 이름이 남습니다.", close)
    return f'<dialog id="sign-in" aria-label="로그인">{form}</dialog>'


def _form(title: str, words: str, foot: str = "") -> str:
    return (
        f'<form class="sign-in" data-sign-in><h2>{title}</h2><p>{words}</p>'
        '<label>이름<input name="name" autocomplete="username" required maxlength="40"></label>'
        '<label>비밀번호<input name="password" type="password" autocomplete="current-password" required '
        'maxlength="200"></label><p class="sign-in-error" role="alert" hidden></p>'
        f"<button>로그인</button>{foot}</form>"
    )


def notice_html(user: User | None, right: Right) -> str:
    """What stands at a tab's head: the sign-in form, a refusal, or who is signed in."""
    if user is None:
        return _form("로그인이 필요합니다", f"이 화면은 ‘{safe(right.value)}’ 권한이 있는 사람만 씁니다.")
    who = f"<b>{safe(user.name)}</b>({safe(user.role.value)}) 님"
    out = '<button type="button" data-sign-out>로그아웃</button>'
    if user.may(right):
        return f'<p class="signed-in">{who} {out}</p>'
    return (
        f'<p class="signed-in refused">{who}에게는 ‘{safe(right.value)}’ 권한이 없습니다. '
        f"관리자에게 요청해 주세요. {out}</p>"
    )
