"""Files of the corpus as content: kept for good by hash, staged in a copy, written whole or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from assistant.errors import PublishingError

RETIRED = ".retired"
"""The folder of the corpus that retired documents move to; nothing in it is read."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the corpus before and after, by hash of its content; None where there is none."""

    path: str
    before: str | None
    after: str | None

    @property
    def reversed(self) -> "FileChange":
        """The change that takes this one back."""
        return FileChange(self.path, self.after, self.before)

    def as_json(self) -> list[Any]:
        """For the records."""
        return [self.path, self.before, self.after]


class Contents:
    """Every file that was ever published or drafted, under the sha256 of its content; nothing is removed."""

    def __init__(self, folder: Path) -> None:
        """Keep contents below `folder`."""
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep a content; its key."""
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        if not path.is_file():
            write_whole(path, content)
        return key

    def get(self, key: str) -> bytes:
        """A content by its key (PublishingError)."""
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise PublishingError(
                f"{key[:12]}: 보관된 파일이 없습니다. 보관 폴더 {self._folder}을(를) 백업에서 되돌려 주세요."
            ) from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file: whoever reads it, or is killed, meets the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.{os.getpid()}.part")
    with staged.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    staged.replace(path)


def content_key(path: Path) -> str | None:
    """The key of a file's content; None where there is no file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def apply_changes(folder: Path, changes: Iterable[FileChange], contents: Contents) -> None:
    """Bring files of a corpus folder to their state after the changes; doing it twice does no harm."""
    for change in changes:
        path = inside(folder, change.path)
        if change.after is None:
            path.unlink(missing_ok=True)
        elif content_key(path) != change.after:
            write_whole(path, contents.get(change.after))


def check_base(folder: Path, changes: Iterable[FileChange]) -> None:
    """Raise PublishingError where a file is no longer what a change was made from."""
    for change in changes:
        if content_key(inside(folder, change.path)) != change.before:
            raise PublishingError(
                f"{change.path}: 초안을 만든 뒤 파일이 바뀌었습니다. 바뀐 파일로 초안을 다시 만들어 주세요."
            )


def inside(folder: Path, relative: str) -> Path:
    """A path below the corpus folder (PublishingError where it leads out of it)."""
    parts = PurePosixPath(relative).parts
    if not parts or relative.startswith("/") or ".." in parts or "\\" in relative or "\0" in relative:
        raise PublishingError(f"{relative!r}: 자료 폴더 안의 경로가 아닙니다. 파일 이름을 고쳐 주세요.")
    return folder / relative


@contextmanager
def staged(
    corpus_dir: Path, work_dir: Path, changes: Iterable[FileChange], contents: Contents
) -> Iterator[Path]:
    """A copy of the corpus with the changes made, to build and check from; removed afterwards."""
    work_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="staged-", dir=work_dir))
    try:
        copy = folder / "corpus"
        ignored = shutil.ignore_patterns(RETIRED, ".sources", "*.part")
        shutil.copytree(corpus_dir, copy, ignore=ignored, copy_function=_linked)
        apply_changes(copy, changes, contents)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _linked(source: str, target: str) -> None:
    """The same content under another name, without copying it where the disk allows that.

    Files of the corpus are replaced whole, never written into: a staged one keeps what it had.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def fingerprint(folder: Path) -> str:
    """A hash of every readable file of a corpus folder, by path and content: equal means the same build."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            digest.update(f"{relative.as_posix()}\0{content_key(path)}\n".encode())
    return digest.hexdigest()
