"""Who may do what: a users file with salted scrypt hashes, roles, rights, and a trail of who tried."""

import hashlib
import hmac
import os
import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from assistant.errors import AccessDenied, SettingsError
from assistant.records.store import Records, stamp

COST, BLOCK, PARALLEL = 2**14, 8, 5
"""scrypt parameters of the OWASP password storage cheat sheet: about 0.2 s and 16 MB a try."""
SHORTEST_PASSWORD = 8
FAILURES, WAIT_SECONDS = 5, 300.0
"""So many wrong passwords for one name close it for so long."""
FAILURES_FROM = 30
"""So many wrong tries from one place, whatever the names, close that place for as long."""
SIGN_IN = "로그인"
"""The action of the trail's lines on signing in."""


class Role(StrEnum):
    """What a person works as."""

    COUNSELLOR = "상담사"
    POLICY = "정책담당"
    EVALUATOR = "평가자"
    ADMIN = "관리자"


class Right(StrEnum):
    """What can be allowed; the value is what a refusal names."""

    PUBLISH = "자료 게시"
    APPROVE = "승인"
    NOTICE = "공지"
    RECORDS = "기록 열람"
    PURGE = "기록 파기"
    USERS = "사용자 관리"
    EVALUATE = "평가"
    CALL_BACK = "정정 전화"
    TRAIL = "감사 기록"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.COUNSELLOR: frozenset({Right.CALL_BACK}),
    Role.POLICY: frozenset({Right.PUBLISH, Right.APPROVE, Right.NOTICE, Right.RECORDS, Right.CALL_BACK}),
    Role.EVALUATOR: frozenset({Right.RECORDS, Right.EVALUATE, Right.CALL_BACK}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class User:
    """A person who signed in."""

    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the role has the right."""
        return right in RIGHTS[self.role]


class Users:
    """The users file. Without one nobody can sign in, and nothing can be changed."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it need not exist yet."""
        self._path = path
        self._lock = threading.Lock()
        self._failures: dict[tuple[str, str], list[float]] = {}

    @property
    def exist(self) -> bool:
        """Whether anybody can sign in."""
        return bool(self._load())

    def names(self) -> tuple[User, ...]:
        """Everybody in the file."""
        return tuple(User(name, Role(entry["role"])) for name, entry in self._load().items())

    def add(self, name: str, password: str, role: Role | str) -> User:
        """Write a new person into the file, or a new password and role for one (SettingsError)."""
        try:
            role = Role(role)
        except ValueError as error:
            raise SettingsError(
                f"역할 {role!r}은(는) 없습니다. {' · '.join(Role)} 가운데 골라 주세요."
            ) from error
        if not re.fullmatch(r"[0-9A-Za-z가-힣._-]{2,40}", name):
            raise SettingsError(f"이름 {name!r}을(를) 쓸 수 없습니다. 한글·영문·숫자 2~40자로 적어 주세요.")
        if len(password) < SHORTEST_PASSWORD:
            raise SettingsError(f"비밀번호가 짧습니다. {SHORTEST_PASSWORD}자 이상으로 정해 주세요.")
        salt = secrets.token_bytes(16)
        entry = {"role": role.value, "salt": salt.hex(), "hash": _hashed(password, salt).hex()}
        self._save({**self._load(), name: entry})
        return User(name, role)

    def remove(self, name: str) -> None:
        """Take a person out of the file; the trail keeps the name (SettingsError)."""
        entries = self._load()
        if name not in entries:
            raise SettingsError(f"{name}: 그런 사용자가 없습니다. `users list`로 이름을 확인해 주세요.")
        self._save({other: entry for other, entry in entries.items() if other != name})

    def sign_in(self, name: str, password: str, place: str = "") -> User:
        """The person with this name and password; `place`: where the try comes from, if that is known.

        AccessDenied, also for a while after five wrong tries for a name (known or not) or 30 from a place.
        """
        keys = [("name", name), *([("place", place)] if place else [])]
        self._count(keys)
        entry = self._load().get(name)
        salt = bytes.fromhex(entry["salt"]) if entry else bytes(16)
        given = _hashed(password, salt)
        if entry is None or not hmac.compare_digest(given.hex(), entry["hash"]):
            raise AccessDenied("이름이나 비밀번호가 맞지 않습니다. 확인하고 다시 입력해 주세요.")
        with self._lock:
            self._failures.pop(keys[0], None)
            for key in keys[1:]:
                self._failures.get(key, [0.0]).pop()
        return User(name, Role(entry["role"]))

    def known(self, name: str) -> tuple[User, str] | None:
        """A person as the file has them now, with a mark that changes with the password; None: not there."""
        entry = self._load().get(name)
        return (User(name, Role(entry["role"])), entry["salt"]) if entry else None

    def _count(self, keys: list[tuple[str, str]]) -> None:
        """Count a try before its password is looked at, so that many at once gain nothing (AccessDenied)."""
        now = time.monotonic()
        with self._lock:
            recent = {
                k: [at for at in tries if now - at < WAIT_SECONDS] for k, tries in self._failures.items()
            }
            self._failures = {k: tries for k, tries in recent.items() if tries}
            for key in keys:
                if len(self._failures.get(key, ())) >= (FAILURES if key[0] == "name" else FAILURES_FROM):
                    raise AccessDenied(
                        "로그인을 여러 번 틀렸습니다. 5분 뒤에 다시 시도하거나 관리자에게 문의해 주세요."
                    )
            for key in keys:
                self._failures.setdefault(key, []).append(now)

    def _load(self) -> dict[str, dict[str, str]]:
        if not self._path.is_file():
            return {}
        try:
            loaded = yaml.safe_load(self._path.read_text(encoding="utf-8")) or {}
            return {str(name): dict(entry) for name, entry in loaded["users"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise SettingsError(
                f"{self._path}: 사용자 파일을 읽을 수 없습니다. 백업을 되돌리거나 새로 만들어 주세요."
            ) from error

    def _save(self, entries: Mapping[str, Mapping[str, str]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        staged = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        staged.touch(mode=0o600)
        staged.write_text(yaml.safe_dump({"users": dict(entries)}, allow_unicode=True), encoding="utf-8")
        staged.replace(self._path)


def require(records: Records, user: User | None, right: Right, detail: str = "") -> User:
    """The user, where the right is theirs; the try is written to the trail either way (AccessDenied)."""
    allowed = user is not None and user.may(right)
    note(records, user.name if user else None, right.value, allowed, detail)
    if user is None:
        raise AccessDenied(f"{right.value}: 로그인이 필요합니다. 먼저 로그인해 주세요.")
    if not allowed:
        raise AccessDenied(
            f"{right.value}: {user.name}({user.role}) 님에게 권한이 없습니다. 관리자에게 요청해 주세요."
        )
    return user


def note(records: Records, name: str | None, action: str, allowed: bool, detail: str = "") -> None:
    """Write a line of the trail, which only grows; personal numbers that somebody typed are masked."""
    with records.writing() as db:
        db.execute(
            "INSERT INTO audit (at, user, action, allowed, detail) VALUES (?,?,?,?,?)",
            (stamp(), name, action, int(allowed), records.masker.mask(detail)[:500]),
        )


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=PARALLEL, maxmem=64 * 1024 * 1024)
