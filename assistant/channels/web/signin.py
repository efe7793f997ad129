"""Named sign-in of the page, and the gate before what only some may use.

A tab that not everybody may use is a module with `lay_out(gradio, assistant, settings, sessions)`, called by
`page.py` inside its own `gradio.Tab`, only where a users file exists. It looks so:

    with sessions.gate(gradio, Right.NOTICE) as gate:     # sign-in form before it; hidden until one may
        text = gradio.Textbox(label="공지")
        post = gradio.Button("올리기")
        listed = gradio.HTML()
    post.click(sessions.guarded(gradio, Right.NOTICE, posted), [text], [listed], api_visibility="private")
    gate.show(shown, [listed])                            # filled when the page opens, for who may

`posted(user, text)` and `shown(user)` get the person who signed in, then the values of the inputs. `guarded`
checks the right on the server at every call, as anybody can post to Gradio's queue: a refusal is written to
the trail and told in one line, as every AssistantError is; outputs stay as they are. A handler that is not
`guarded` and not a gate's fails tests/channels/web/test_staff_rights.py. Outside of handlers
`sessions.user_of(request) -> User | None` and `sessions.allowed(request, right, detail) -> User`
(AccessDenied) take a `gradio.Request` or a FastAPI `Request`. The form's look is `.gate` in staff.css.
"""

import inspect
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from assistant.channels.web.markup import safe
from assistant.channels.web.signin_form import COOKIE, notice_html
from assistant.errors import AccessDenied, AssistantError
from assistant.records.store import Records
from assistant.records.users import SIGN_IN, Right, User, Users, note, require

IDLE_SECONDS, LONGEST_SECONDS = 2 * 3600.0, 10 * 3600.0
"""A session ends so long after it was last used, and so long after signing in: a shift."""
BROKEN = "내부 오류입니다. 다시 해 보고, 계속되면 담당자에게 시각과 하던 일을 알려 주세요."
TOLD_SECONDS = 15
"""So long a line about what went wrong stays."""


class Asked(Protocol):
    """What a session is read from: a `gradio.Request` or a FastAPI `Request`."""

    @property
    def cookies(self) -> Any:
        """The cookies by name."""


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    mark: str
    begun: float
    used: float


class Sessions:
    """Who is signed in, kept here under a random token: a restart signs everybody out."""

    def __init__(self, users: Users, records: Records | None) -> None:
        """Sign in the people of `users`; refusals go to the trail of `records`."""
        self.users = users
        self._records = records
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}

    def sign_in(self, name: str, password: str, place: str = "") -> tuple[str, User]:
        """A new session's token and its person; each try is in the trail (AccessDenied)."""
        known = self.users.known(name)
        try:
            user = self.users.sign_in(name, password, place)
        except AccessDenied:
            self._note(name if known else None, False, "" if known else "모르는 이름")
            raise
        self._note(name, True, "")
        token, now = secrets.token_urlsafe(32), time.monotonic()
        with self._lock:
            self._sessions = {t: s for t, s in self._sessions.items() if _lives(s, now)}
            self._sessions[token] = _Session(name, known[1] if known else "", now, now)
        return token, user

    def second_person(self, name: str, password: str) -> User:
        """Somebody who approves at another's screen: no session, the try in the trail (AccessDenied)."""
        try:
            user = self.users.sign_in(name.strip(), password)
        except AccessDenied:
            self._note(name.strip() if self.users.known(name.strip()) else None, False, "승인")
            raise
        self._note(user.name, True, "승인")
        return user

    def sign_out(self, request: Asked) -> None:
        """End the session of a request, if it has one."""
        with self._lock:
            self._sessions.pop(str(request.cookies.get(COOKIE)), None)

    def user_of(self, request: Asked | None) -> User | None:
        """Who asks, with today's role; None: nobody signed in, or no more, or the password was changed."""
        token, now = str(request.cookies.get(COOKIE)) if request is not None else "", time.monotonic()
        with self._lock:
            session = self._sessions.get(token)
            if session is None or not _lives(session, now):
                self._sessions.pop(token, None)
                return None
            self._sessions[token] = _Session(session.name, session.mark, session.begun, now)
        found = self.users.known(session.name)
        return found[0] if found and found[1] == session.mark else None

    def allowed(self, request: Asked | None, right: Right, detail: str = "") -> User:
        """Who asks, where the right is theirs; a refusal is written to the trail (AccessDenied)."""
        user = self.user_of(request)
        if user is not None and user.may(right):
            return user
        if self._records is None:
            raise AccessDenied(f"{right.value}: 기록을 쓰지 않는 실행에서는 할 수 없습니다.")
        return require(self._records, user, right, detail)

    def guarded(self, gradio: ModuleType, right: Right, work: Callable[..., Any]) -> Callable[..., Any]:
        """A Gradio handler that checks the right, then calls `work(user, *values)`; errors are one line.

        Where `work` is a generator, so is the handler.
        """

        def once(request: Asked, *values: Any) -> Any:
            with _told(gradio):
                return work(self.allowed(request, right, work.__name__), *values)

        def steps(request: Asked, *values: Any) -> Iterator[Any]:
            with _told(gradio):
                yield from work(self.allowed(request, right, work.__name__), *values)

        return _asking(gradio, steps if inspect.isgeneratorfunction(work) else once, work.__name__, right)

    @contextmanager
    def gate(self, gradio: ModuleType, right: Right) -> Iterator["Gate"]:
        """Lay out what follows behind the sign-in form, hidden until somebody with the right signs in."""
        gate = Gate(self, gradio, right)
        notice = gradio.HTML(notice_html(None, right), elem_classes="gate")
        with gradio.Column(visible=False, elem_classes="behind-gate") as inside:
            yield gate
        opened = _asking(gradio, lambda request: self._opened(gradio, right, request), "opened", right)
        gradio.on(None, opened, None, [notice, inside], **QUIET)

    def _opened(self, gradio: ModuleType, right: Right, request: Asked) -> tuple[str, Any]:
        user = self.user_of(request)
        return notice_html(user, right), gradio.Column(visible=user is not None and user.may(right))

    def _note(self, name: str | None, allowed: bool, detail: str) -> None:
        if self._records is not None:
            note(self._records, name, SIGN_IN, allowed, detail)


QUIET = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
"""How handlers are bound that fill the page when it opens."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A tab's gate: what is laid out inside it is seen by people with one right."""

    sessions: Sessions
    gradio: ModuleType
    right: Right

    def show(self, work: Callable[..., Any], outputs: Sequence[Any], on: Any = None) -> None:
        """Fill outputs with `work(user)` when the page opens, or on other triggers, for who may.

        Others get nothing, and no complaint: opening the page is no try.
        """

        def shown(request: Asked) -> Any:
            user = self.sessions.user_of(request)
            if user is None or not user.may(self.right):
                return self.gradio.skip() if len(outputs) == 1 else [self.gradio.skip()] * len(outputs)
            with _told(self.gradio):
                return work(user)

        self.gradio.on(on, _asking(self.gradio, shown, "shown", self.right), None, list(outputs), **QUIET)


@contextmanager
def _told(gradio: ModuleType) -> Iterator[None]:
    """Turn what goes wrong into one line on the page: an AssistantError's own, else that something broke."""
    try:
        yield
    except AssistantError as error:
        raise gradio.Error(safe(str(error)), TOLD_SECONDS, print_exception=False) from error
    except Exception as error:
        logging.getLogger(__name__).exception("A handler of the page broke")
        raise gradio.Error(BROKEN, TOLD_SECONDS, print_exception=False) from error


def _asking(gradio: ModuleType, handler: Callable[..., Any], name: str, right: Right) -> Callable[..., Any]:
    """The handler, marked so that Gradio gives it the request, and with the right that the test looks for."""
    handler.__annotations__ = {"request": gradio.Request}
    handler.__name__ = name
    handler.right = right  # type: ignore[attr-defined]  # a function takes any attribute
    return handler


def _lives(session: _Session, now: float) -> bool:
    return now - session.used < IDLE_SECONDS and now - session.begun < LONGEST_SECONDS
