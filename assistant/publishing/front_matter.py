"""Metadata → the YAML of a front matter or sidecar, in the contract's order; what is empty is left out."""

from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import yaml

from assistant.domain import Amendment, Condition, Contact, Metadata, Relation, Window

ALWAYS = ("round", "effective_from", "effective_until")
"""Written even when unknown: null says that somebody looked."""


def to_yaml(metadata: Metadata) -> str:
    """YAML that `parse_metadata` reads back as the same metadata."""
    plain = {}
    for field in fields(Metadata):
        value = getattr(metadata, field.name)
        if value not in ((), None) or field.name in ALWAYS:
            plain[field.name] = _plain(value)
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=10_000)


def with_front_matter(metadata: Metadata, body: str) -> str:
    """A Markdown file: the front matter and, behind it, the text."""
    return f"---\n{to_yaml(metadata)}---\n{body}"


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return [_plain(part) for part in value]
        case Window():
            pairs: dict[str, object] = {"kind": value.kind, "channel": value.channel, "group": value.group}
            pairs |= {"from": value.start, "until": value.end}
            return {name: part for name, part in pairs.items() if part is not None}
        case Amendment() | Relation() | Contact() | Condition():
            return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        case Enum():
            return value.value
        case date() | str() | int() | float() | None:
            return value
    raise TypeError(f"no YAML for {type(value).__name__}")
