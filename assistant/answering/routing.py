"""Before search: alerts that stand above any answer, and questions that belong elsewhere. The rules are
`routes.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant.domain import Alert, Contact, Status

ROUTES = Path(__file__).with_name("routes.yaml")


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that must match, and those that take the match back."""

    code: str
    text: str
    contacts: tuple[Contact, ...]
    matches: re.Pattern[str]
    unless: re.Pattern[str] | None
    status: Status | None = None

    def applies(self, question: str) -> bool:
        """Whether the question calls for this route."""
        if not self.matches.search(question):
            return False
        return self.unless is None or not self.unless.search(question)


class Router:
    """The rules of one file."""

    def __init__(self, path: Path = ROUTES) -> None:
        """Read the rules of a YAML file."""
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
        self._alerts = tuple(_rule(raw) for raw in rules["alerts"])
        self._redirects = tuple(_rule(raw) for raw in rules["redirects"])

    def alerts(self, question: str) -> tuple[Alert, ...]:
        """Dangers the question speaks of, the gravest rule first."""
        return tuple(Alert(r.code, r.text, r.contacts) for r in self._alerts if r.applies(question))

    def redirect(self, question: str) -> Rule | None:
        """The rule that sends the question elsewhere, if one does."""
        return next((rule for rule in self._redirects if rule.applies(question)), None)


@cache
def default_router() -> Router:
    """The router of the rules that are shipped."""
    return Router()


def _rule(raw: Mapping[str, Any]) -> Rule:
    unless = raw.get("unless") or ()
    return Rule(
        raw["code"],
        raw["text"],
        tuple(Contact(c["name"], c["phone"]) for c in raw["contacts"]),
        re.compile("|".join(f"(?:{p})" for p in raw["patterns"])),
        re.compile("|".join(f"(?:{p})" for p in unless)) if unless else None,
        Status(raw["status"]) if "status" in raw else None,
    )
