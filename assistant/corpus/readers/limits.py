"""What a single source file may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes on disk and unpacked, pages, members and XML nesting of an archive, seconds and memory."""

    file_bytes: int = 100 * 1024 * 1024
    expanded_bytes: int = 400 * 1024 * 1024
    text_characters: int = 20_000_000
    pages: int = 2_000
    members: int = 10_000
    nesting: int = 256
    seconds: float = 240.0
    memory_bytes: int = 4 * 1024 * 1024 * 1024
