"""Fixtures of this folder's tests."""

from tests.small import small

__all__ = ["small"]
