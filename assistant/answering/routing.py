"""Before search: alerts that stand above any answer, and questions that belong elsewhere. The rules are
`routes.yaml`; what they do not foresee is near to the labelled `examples.yaml` (module `examples`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.answering.examples import Examples
from assistant.domain import Alert, Contact, Status

ROUTES = Path(__file__).with_name("routes.yaml")
_BLANK = "■"
_STAND_BESIDE_ALERTS = frozenset({"personal_record"})
"""Redirections that still hold when the question is a cry for help; every other gives way to an answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A question as typed and without spaces, harmless phrases blanked in both."""

    typed: str
    joined: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A route: `words` are searched in the question as typed, `patterns` and `weak` in it without spaces.

    `unless` takes back what `weak` matched, nothing else.
    """

    code: str
    text: str
    contacts: tuple[Contact, ...]
    words: re.Pattern[str] | None
    patterns: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    status: Status | None = None

    def applies(self, heard: Heard) -> bool:
        """Whether the question calls for this route."""
        if self.words and self.words.search(heard.typed):
            return True
        if self.patterns and self.patterns.search(heard.joined):
            return True
        if not self.weak or not self.weak.search(heard.joined):
            return False
        return self.unless is None or not self.unless.search(heard.joined)


class Router:
    """The rules of one file, and beside them examples of what they do not foresee."""

    def __init__(self, path: Path = ROUTES, examples: Examples | None = None) -> None:
        """Read the rules of a YAML file; without `examples` the rules stand alone."""
        self._examples = examples
        rules = yaml.safe_load(path.read_text(encoding="utf-8"))
        sets = {name: f"(?:{pattern})" for name, pattern in rules["sets"].items()}
        self._harmless = _compiled(rules["harmless"], sets)
        self._alerts = tuple(_rule(raw, sets) for raw in rules["alerts"])
        self._redirects = tuple(_rule(raw, sets) for raw in rules["redirects"])

    def alerts(self, question: str, vector: NDArray[np.float32] | None = None) -> tuple[Alert, ...]:
        """Dangers the question speaks of, the gravest rule first.

        Where no rule applies and the question's embedding is given, dangers of the examples it is near to.
        """
        heard = self._heard(question)
        found = [rule for rule in self._alerts if rule.applies(heard)]
        if not found and vector is not None and self._examples is not None:
            near = self._examples.dangers(vector)
            found = [rule for code in near for rule in self._alerts if rule.code == code]
        return tuple(Alert(rule.code, rule.text, rule.contacts) for rule in found)

    def redirect(self, question: str) -> Rule | None:
        """The rule that sends the question elsewhere, if one does; a cry for help is answered, not sent."""
        heard = Heard(question.lower(), "".join(question.lower().split()))
        found = next((rule for rule in self._redirects if rule.applies(heard)), None)
        if found is None or found.code in _STAND_BESIDE_ALERTS:
            return found
        return None if self.alerts(question) else found

    def _heard(self, question: str) -> Heard:
        """The question with harmless phrases blanked, wherever its spaces are."""
        typed = list(question.lower())
        places = [place for place, character in enumerate(typed) if not character.isspace()]
        joined = "".join(typed[place] for place in places)
        if self._harmless:
            for match in self._harmless.finditer(joined):
                for place in places[match.start() : match.end()]:
                    typed[place] = _BLANK
        return Heard("".join(typed), "".join(typed[place] for place in places))


def _rule(raw: Mapping[str, Any], sets: Mapping[str, str]) -> Rule:
    return Rule(
        raw["code"],
        raw["text"],
        tuple(Contact(c["name"], c["phone"]) for c in raw["contacts"]),
        _compiled(raw.get("words"), sets),
        _compiled(raw.get("patterns"), sets),
        _compiled(raw.get("weak"), sets),
        _compiled(raw.get("unless"), sets),
        Status(raw["status"]) if "status" in raw else None,
    )


def _compiled(patterns: Sequence[str] | None, sets: Mapping[str, str]) -> re.Pattern[str] | None:
    """One pattern out of several, with the named groups of words filled in; None where there is none."""
    if not patterns:
        return None
    filled = "|".join(f"(?:{pattern})" for pattern in patterns)
    for name, words in sets.items():
        filled = filled.replace(f"<{name}>", words)
    return re.compile(filled)
