"""The page: Gradio in the FastAPI application that also serves /api. Only here is Gradio imported."""

import importlib
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import uvicorn
from fastapi import FastAPI

from assistant.channels.http import Who, add_api, nobody
from assistant.channels.web import bench, counsel, evaluators, history, review, staff, staff_watched, worklist
from assistant.channels.web.signin import Sessions
from assistant.channels.web.signin_form import UploadGate, add_routes, dialog_html
from assistant.channels.web.theme import theme
from assistant.corpus.readers import Limits
from assistant.errors import SettingsError
from assistant.publishing import publication
from assistant.publishing.office import Office
from assistant.publishing.watching import Watching
from assistant.records.users import Users
from assistant.service import Assistant
from assistant.settings import Settings

TITLE = "복지 상담 도우미"
SCRIPTS = (
    "shift.js",
    "carry.js",
    "call.js",
    "answer.js",
    "slow.js",
    "drafts.js",
    "signin.js",
    "staff.js",
    "desk.js",
)
STYLES = ("theme.css", "staff.css", "desk.css", "evaluators.css")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WAITING = 64
"""Questions that may wait; past this the page says so instead of hanging."""


def build_app(assistant: Assistant, settings: Settings, waiting: int = WAITING) -> FastAPI:
    """The whole web application: /api first, the page at /. Nothing in it asks another host for anything.

    Without a users file the page offers asking only: no sign-in, no tab of staff or evaluators. `waiting`:
    questions that may wait for their turn.
    """
    gradio = _gradio()
    app = FastAPI(title=TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    users = Users(settings.users_path)
    sessions = Sessions(users, assistant.records) if users.exist else None
    add_api(app, assistant, _who(sessions), named=sessions is not None)
    app.add_middleware(UploadGate, sessions=sessions)
    if sessions is not None:
        add_routes(app, sessions)
    folder = Path(__file__).parent
    script = "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    style = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    return gradio.mount_gradio_app(  # type: ignore[no-any-return]  # Gradio is untyped here
        app,
        _blocks(gradio, assistant, settings, sessions).queue(
            max_size=waiting, default_concurrency_limit=counsel.AT_ONCE, api_open=False
        ),
        path="/",
        theme=theme(gradio),
        css=style,
        head=f"<script>{script}</script>",
        footer_links=[],
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        mcp_server=False,
        max_file_size=Limits().file_bytes,
    )


def serve(assistant: Assistant, settings: Settings, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve until interrupted. No access log: addresses of suggestions hold what callers say.

    What was begun before a crash is finished first. Beyond this machine the page is served only where
    somebody can sign in (SettingsError).
    """
    if host not in LOOPBACK and not Users(settings.users_path).exist:
        raise SettingsError(
            f"--host {host}: 다른 컴퓨터에 열려면 로그인할 사람이 있어야 합니다. "
            "`python -m assistant users add`로 먼저 등록해 주세요."
        )
    if assistant.records is not None:
        publication.start(Office(assistant, assistant.records))
    uvicorn.run(build_app(assistant, settings), host=host, port=port, log_level="warning", access_log=False)


def _who(sessions: Sessions | None) -> Who:
    """Who sends a request: the name signed in with."""
    if sessions is None:
        return nobody

    def name(request: Any) -> str | None:
        user = sessions.user_of(request)
        return user.name if user else None

    return name


def _gradio() -> ModuleType:
    """Gradio, imported with its telemetry off, and with its statistics of the queue put off for good.

    Those would be computed again over all questions of the day, with pandas, after every single one.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)
    return importlib.import_module("gradio")


def _blocks(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions | None) -> Any:
    """The tabs, one module each; those of staff and evaluators only where somebody can sign in."""
    with gradio.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as blocks:
        gradio.HTML(
            counsel.header(TITLE, dialog_html() if sessions else ""),
            elem_id="header",
            js_on_load="window.counsel.mountHeader(element)",
        )
        with gradio.Tabs(elem_id="tabs"):
            with gradio.Tab("상담", id="counsel"):
                counsel.lay_out(gradio, assistant, _who(sessions))
            with gradio.Tab("이번 근무 이력", id="history"):
                history.lay_out(gradio)
            if sessions is not None:
                _gated(gradio, assistant, settings, sessions)
    return blocks


def _gated(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions) -> None:
    """The tabs behind the sign-in: each shows its form until somebody with the right has signed in."""
    assert assistant.records is not None
    watching = Watching(Office(assistant, assistant.records))
    with gradio.Tab("자료 관리", id="staff") as documents:
        staff.lay_out(gradio, assistant, settings, sessions, watching)
    with gradio.Tab("할 일", id="work") as work:
        worklist.lay_out(gradio, assistant, settings, sessions)
    with gradio.Tab("기록·정정", id="review"):
        review.lay_out(gradio, assistant, settings, sessions)
    with gradio.Tab("검색 점검", id="bench"):
        bench.lay_out(gradio, assistant, settings, sessions)
    staff_watched.look_when_opened(gradio, sessions, watching, (documents, work))
    with gradio.Tab("평가", id="evaluation"):
        evaluators.lay_out(gradio, assistant, settings, sessions)
