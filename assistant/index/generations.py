"""Generations: complete, immutable builds of the index; `CURRENT` names the live one and is replaced
atomically.

index/generations/<id>/   one build, never changed after it is named
index/generations/.building-*   a build under way; swept when its process is gone
index/CURRENT             the id of the live generation
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMismatch, IndexNotBuilt, IndexUnavailable

LAYOUT = 2
"""Raised when the files of a generation change shape; an older layout must be built anew."""
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from, and the checksum (sha256) of each of its files. `area_class`: by which
    rows of tables by area are read (`city.yaml`)."""

    generation: str
    built_at: str
    corpus_hash: str
    encoder: str
    dimension: int
    analyzer: str
    chunking: str
    calibration: str
    documents: int
    chunks: int
    units: int
    problems: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    layout: int = LAYOUT
    area_class: str | None = None


class GenerationStore:
    """The generations in one index folder."""

    def __init__(self, index_dir: Path) -> None:
        """Hold an index folder; nothing is read or made yet."""
        self.index_dir = index_dir
        self.folder = index_dir / "generations"
        self.current_file = index_dir / "CURRENT"

    def current_id(self) -> str:
        """The id of the live generation (IndexNotBuilt when there is none)."""
        try:
            return self.current_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise IndexNotBuilt(
                f"{self.index_dir}: 색인이 없습니다. `python -m assistant index build`를 먼저 실행해 주세요."
            ) from error

    def path(self, generation: str) -> Path:
        """The folder of a generation (IndexDamaged when it is gone)."""
        found = self.folder / generation
        if not generation or not found.is_dir():
            raise IndexDamaged(
                f"{found}: 색인 세대 폴더가 없습니다. `index list`로 남은 세대를 보고 `index rollback` "
                f"또는 `index build`를 실행해 주세요."
            )
        return found

    def manifest(self, generation: str) -> Manifest:
        """The manifest of a generation (IndexDamaged, IndexMismatch)."""
        path = self.path(generation) / "manifest.json"
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            if raw.get("layout") != LAYOUT:
                raise IndexMismatch(
                    f"{path}: 다른 판의 색인입니다. `python -m assistant index build`로 다시 만들어 주세요."
                )
            return Manifest(**{**raw, "problems": tuple(tuple(p) for p in raw["problems"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise IndexDamaged(
                f"{path}: 색인 설명서를 읽을 수 없습니다. `index build`로 다시 만들어 주세요."
            ) from error

    def list(self) -> tuple[Manifest, ...]:
        """Manifests of all complete generations, oldest first; damaged ones are left out."""
        found = []
        for folder in sorted(self.folder.glob("[!.]*")) if self.folder.is_dir() else ():
            try:
                found.append(self.manifest(folder.name))
            except IndexUnavailable:
                continue
        return tuple(sorted(found, key=lambda m: (m.built_at, m.generation)))

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A folder to build in, under the writer's lock. What a killed build left behind is swept first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.writing():
            for stale in self.folder.glob(f"{_BUILDING}*"):
                shutil.rmtree(stale, ignore_errors=True)
            folder = self.folder / f"{_BUILDING}{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The writer's lock: one build or swap at a time; released by the system when its process dies."""
        self.index_dir.mkdir(parents=True, exist_ok=True)
        with (self.index_dir / "writer.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexUnavailable(
                    f"{self.index_dir}: 다른 프로세스가 색인을 만들고 있습니다. 끝난 뒤 다시 실행해 주세요."
                ) from error
            yield

    def seal(self, building: Path, manifest: Manifest) -> None:
        """Write the manifest with checksums into the build folder and give the folder its final name."""
        files = {
            p.relative_to(building).as_posix(): _checksum(p)
            for p in sorted(building.rglob("*"))
            if p.is_file()
        }
        content = {**asdict(manifest), "files": files}
        path = building / "manifest.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        for file in [p for p in building.rglob("*") if p.is_file()]:
            _flush(file)
        building.rename(self.folder / manifest.generation)
        _flush(self.folder)

    def switch(self, generation: str) -> None:
        """Make a verified generation the live one: readers see the old name or the new one, never anything
        between."""
        self.path(generation)
        staged = self.current_file.with_name(f"CURRENT.{os.getpid()}")
        staged.write_text(generation + "\n", encoding="utf-8")
        _flush(staged)
        staged.replace(self.current_file)
        _flush(self.index_dir)

    def verify(self, generation: str) -> None:
        """Raise IndexDamaged when a file of the generation is missing, changed or not in its manifest."""
        folder, manifest = self.path(generation), self.manifest(generation)
        for name, expected in manifest.files.items():
            file = folder / name
            if not file.is_file() or _checksum(file) != expected:
                raise IndexDamaged(
                    f"{file}: 색인 파일이 없거나 달라졌습니다. `index rollback`으로 되돌리거나 `index "
                    f"build`로 다시 만들어 주세요."
                )

    def previous_id(self) -> str:
        """The newest complete generation older than the live one (IndexNotBuilt when there is none)."""
        live = self.current_id()
        older = []
        for manifest in self.list():
            if manifest.generation == live:
                break
            older.append(manifest.generation)
        if not older:
            raise IndexNotBuilt(
                f"{self.index_dir}: 되돌릴 이전 세대가 없습니다. `index list`로 확인해 주세요."
            )
        return older[-1]

    def remove(self, generations: Iterable[str]) -> tuple[str, ...]:
        """Remove generations, never the live one; the ids removed: none where somebody else is writing."""
        try:
            with self.writing():
                live = self.current_id()
                removed = tuple(generation for generation in generations if generation != live)
                for generation in removed:
                    shutil.rmtree(self.folder / generation)
        except IndexUnavailable:
            return ()
        return removed


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
