"""Fixtures of the channels' tests."""

from tests.desk import desk

__all__ = ["desk"]
