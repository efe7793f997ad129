"""Checks of a whole corpus: what files cannot know about each other, and what nobody should publish."""

from assistant.corpus.checks.findings import Finding, Severity
from assistant.corpus.checks.run import check_corpus

__all__ = ["Finding", "Severity", "check_corpus"]
