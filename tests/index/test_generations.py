"""Generations of hand-made files: sealed, verified, switched, rolled back, collected, damaged."""

import json
import os
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, IndexMismatch, IndexNotBuilt, IndexUnavailable
from assistant.index.generations import LAYOUT, GenerationStore, Manifest


def made(store: GenerationStore, name: str, built_at: str = "2021-01-01T00:00:00", live: bool = True) -> Path:
    """A generation of two small files."""
    with store.building() as folder:
        (folder / "chunks.json").write_text(f"[{name!r}]", encoding="utf-8")
        (folder / "dense").mkdir()
        (folder / "dense" / "a.bin").write_bytes(name.encode())
        manifest = Manifest(name, built_at, "c", "hash-bigrams-1", 384, "a", "k", "f", 1, 1, 1, (("x", "y"),))
        store.seal(folder, manifest)
    if live:
        store.switch(name)
    return store.path(name)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "index")


def test_nothing_built_is_said_so(store: GenerationStore) -> None:
    with pytest.raises(IndexNotBuilt, match="index build"):
        store.current_id()
    assert store.list() == ()


def test_a_sealed_generation_has_its_name_checksums_and_facts(store: GenerationStore) -> None:
    folder = made(store, "g1")
    manifest = store.manifest("g1")
    # printf g1 | sha256sum
    assert manifest.files["dense/a.bin"].startswith("711430f6164e9380")
    assert set(manifest.files) == {"chunks.json", "dense/a.bin"}
    assert (manifest.layout, manifest.problems) == (LAYOUT, (("x", "y"),))
    assert sorted(p.name for p in folder.parent.iterdir()) == ["g1"]
    store.verify("g1")


@pytest.mark.parametrize(
    "damage", ["changed", "longer", "gone", "folder gone", "manifest gone", "manifest cut"]
)
def test_every_damage_is_found(store: GenerationStore, damage: str) -> None:
    folder = made(store, "g1")
    file, manifest = folder / "dense" / "a.bin", folder / "manifest.json"
    match damage:
        case "changed":
            file.write_bytes(b"g2")
        case "longer":
            file.write_bytes(b"g1\n")
        case "gone":
            file.unlink()
        case "folder gone":
            folder.rename(folder.parent / ".away")
        case "manifest gone":
            manifest.unlink()
        case "manifest cut":
            manifest.write_text(manifest.read_text(encoding="utf-8")[:50], encoding="utf-8")
    with pytest.raises(IndexDamaged) as raised:
        store.verify("g1")
    assert "index build" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_another_layout_is_a_mismatch(store: GenerationStore) -> None:
    manifest = made(store, "g1") / "manifest.json"
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**facts, "layout": LAYOUT + 1}), encoding="utf-8")
    with pytest.raises(IndexMismatch):
        store.manifest("g1")
    assert store.list() == ()


def test_current_that_names_nothing_is_damage(store: GenerationStore) -> None:
    made(store, "g1")
    store.current_file.write_text("\n", encoding="utf-8")
    with pytest.raises(IndexDamaged):
        store.manifest(store.current_id())


def test_switching_replaces_the_name_at_once_and_leaves_nothing_else(store: GenerationStore) -> None:
    made(store, "g1")
    made(store, "g2")
    assert store.current_id() == "g2"
    assert {p.name for p in store.index_dir.iterdir()} == {"CURRENT", "generations", "writer.lock"}


def test_switching_to_what_is_not_there_changes_nothing(store: GenerationStore) -> None:
    made(store, "g1")
    with pytest.raises(IndexDamaged):
        store.switch("g9")
    assert store.current_id() == "g1"


def test_the_list_is_oldest_first_without_damaged_and_unfinished_ones(store: GenerationStore) -> None:
    made(store, "a", "2021-01-03T00:00:00")
    made(store, "b", "2021-01-01T00:00:00")
    made(store, "c", "2021-01-02T00:00:00")
    (store.path("c") / "manifest.json").write_text("{", encoding="utf-8")
    (store.folder / ".building-1").mkdir()
    assert [m.generation for m in store.list()] == ["b", "a"]


def test_the_previous_one_is_the_next_older_complete_one(store: GenerationStore) -> None:
    for name, day in (("a", "01"), ("b", "02"), ("c", "03"), ("d", "04")):
        made(store, name, f"2021-01-{day}T00:00:00")
    assert store.previous_id() == "c"
    (store.path("c") / "manifest.json").unlink()
    assert store.previous_id() == "b"
    store.switch("b")
    assert store.previous_id() == "a"
    store.switch("a")
    with pytest.raises(IndexNotBuilt, match="이전 세대"):
        store.previous_id()


def test_removing_spares_the_live_one_and_waits_for_who_is_writing(store: GenerationStore) -> None:
    for name, day in (("a", "01"), ("b", "02"), ("c", "03"), ("d", "04")):
        made(store, name, f"2021-01-{day}T00:00:00")
    store.switch("a")
    with store.writing():
        assert store.remove(["b"]) == ()
    assert store.remove(["a", "b", "c"]) == ("b", "c")
    assert [m.generation for m in store.list()] == ["a", "d"]
    assert store.current_id() == "a"


def test_a_build_that_fails_leaves_no_folder_and_the_live_one_alone(store: GenerationStore) -> None:
    made(store, "g1")

    def failing() -> None:
        with store.building() as folder:
            (folder / "half").write_bytes(b"x")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        failing()
    assert [p.name for p in store.folder.iterdir()] == ["g1"]
    assert store.current_id() == "g1"


def test_what_a_killed_build_left_is_swept_by_the_next(store: GenerationStore) -> None:
    store.folder.mkdir(parents=True)
    stale = store.folder / ".building-999999999"
    (stale / "dense").mkdir(parents=True)
    made(store, "g1")
    assert not stale.exists()


def test_two_builds_at_once_are_refused(store: GenerationStore) -> None:
    with store.building() as folder, pytest.raises(IndexUnavailable, match="다른 프로세스"), store.writing():
        raise AssertionError(f"{folder}: two writers at once in process {os.getpid()}")
    made(store, "g1")
    assert store.current_id() == "g1"
