"""Settings: frozen, with one reader of environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which parts are used. Every field has an environment variable
    `ASSISTANT_<FIELD>`."""

    corpus_dir: Path = PROJECT / "corpus"
    index_dir: Path = PROJECT / "index"
    records_path: Path = PROJECT / "var" / "records.sqlite"
    uploads_dir: Path = PROJECT / "var" / "uploads"
    watched_dir: Path = PROJECT / "var" / "watched"
    users_path: Path = PROJECT / "var" / "users.yaml"
    evaluation_dir: Path = PROJECT / "evals"
    encoder: str | None = None
    cache_dir: Path | None = None
    threads: int = 2
    timezone: str = "Asia/Seoul"
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = None
    llm_timeout: float = 8.0
    retention_days: int = 365

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read `ASSISTANT_*`; an unknown variable of that prefix or an unusable number is a SettingsError."""
        environment = os.environ if environment is None else environment
        values: dict[str, object] = {}
        for name, raw in environment.items():
            if not name.startswith("ASSISTANT_") or not raw.strip():
                continue
            field = name.removeprefix("ASSISTANT_").lower()
            if field not in cls.__dataclass_fields__:
                known = ", ".join(f"ASSISTANT_{f.upper()}" for f in cls.__dataclass_fields__)
                raise SettingsError(f"알 수 없는 환경 변수 {name}입니다. 쓸 수 있는 이름: {known}")
            values[field] = _converted(name, str(cls.__dataclass_fields__[field].type), raw.strip())
        return cls(**values)  # type: ignore[arg-type]  # the field's own type was used to convert


def _converted(name: str, kind: str, raw: str) -> object:
    """The value of an environment variable as the type its field is declared with."""
    if "Path" in kind:
        return Path(raw).expanduser()
    try:
        if "int" in kind:
            return int(raw)
        if "float" in kind:
            return float(raw)
    except ValueError as error:
        raise SettingsError(
            f"환경 변수 {name}의 값 {raw!r}은(는) 숫자가 아닙니다. 숫자로 바꿔 주세요."
        ) from error
    return raw
