"""Building generations of a small corpus: real Kiwi, BM25 and FAISS, a stand-in encoder."""

import multiprocessing
import random
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.corpus.library import load_corpus
from assistant.errors import IndexDamaged, IndexMismatch, UnreadableSource
from assistant.index.builder import build, dictionary_words, unit_passage
from assistant.index.generations import GenerationStore
from assistant.index.opened import open_index
from tests import shelf
from tests.doubles import HashEncoder

KILLS = 20


class CountingEncoder(HashEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        return super().encode_passages(texts, progress)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small corpus and an index of it; never changed, only copied."""
    folder = tmp_path_factory.mktemp("built")
    build(shelf.write(folder / "corpus"), folder / "index", HashEncoder(), calibration=b"{}")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The small corpus, to be changed at will."""
    return shelf.write(tmp_path / "corpus")


@pytest.fixture
def index(tmp_path: Path, built_once: Path) -> Path:
    """An index of the small corpus, to be changed at will."""
    return Path(shutil.copytree(built_once / "index", tmp_path / "index"))


def test_a_built_generation_is_verified_live_and_complete(corpus: Path, tmp_path: Path) -> None:
    told: list[str] = []
    index, encoder = tmp_path / "new", CountingEncoder()
    built = build(
        corpus, index, encoder, calibration=b"{}", progress=lambda stage, done, total: told.append(stage)
    )
    store = GenerationStore(index)
    assert store.current_id() == built.manifest.generation
    store.verify(built.manifest.generation)
    opened = open_index(index, HashEncoder.id)
    assert (len(opened.documents), len(opened.chunks)) == (8, built.manifest.chunks)
    assert len(opened.lexical) == len(opened.dense) == len(opened.chunks)
    assert len(opened.names) == 8
    assert opened.units.shape == (built.manifest.units, HashEncoder.dimension)
    assert opened.document_vectors.shape == (2, 8, HashEncoder.dimension)
    assert opened.calibration == b"{}"
    assert {d.id: d.text for d in opened.documents.values()} == {
        d.id: d.text for d in load_corpus(corpus).documents
    }
    assert list(dict.fromkeys(told)) == ["read", "analyse", "embed"]
    assert not list(store.folder.glob(".*"))
    assert len(encoder.encoded) == len(set(encoder.encoded))


def test_unit_vectors_are_those_of_the_units(index: Path) -> None:
    opened, encoder = open_index(index, HashEncoder.id), HashEncoder()
    for row, chunk in enumerate(opened.chunks):
        wanted = encoder.encode_passages([unit_passage(chunk, i) for i in range(len(chunk.units))])
        assert np.abs(opened.unit_vectors(row) - wanted).max() < 1e-3
        assert opened.row_of[chunk.id] == row
        assert row in opened.rows_of_document[chunk.document_id]


def test_units_are_embedded_in_the_space_in_which_they_are_selected(corpus: Path, tmp_path: Path) -> None:
    class TwoSpaces(HashEncoder):
        def encode_units(
            self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
        ) -> NDArray[np.float32]:
            return -self.encode_passages(texts, progress)

    encoder = TwoSpaces()
    build(corpus, tmp_path / "two", encoder, calibration=b"{}")
    opened = open_index(tmp_path / "two", encoder.id)
    chunk = opened.chunks[0]
    units = encoder.encode_units([unit_passage(chunk, i) for i in range(len(chunk.units))])
    assert np.abs(opened.unit_vectors(0) - units).max() < 1e-3
    best, _ = opened.dense.search(encoder.encode_question(chunk.text), 1)
    assert best[0] == 0


def test_a_changed_document_costs_only_its_own_texts(corpus: Path, index: Path) -> None:
    unchanged = CountingEncoder()
    build(corpus, index, unchanged)
    assert unchanged.encoded == []
    path = corpus / "노인" / "pension-2021.md"
    path.write_text(path.read_text(encoding="utf-8").replace("300,000원", "310,000원"), encoding="utf-8")
    changed = CountingEncoder()
    build(corpus, index, changed)
    # The chunk with the row, the row itself, and the opening of the document; not its other chunks.
    assert len(changed.encoded) == 3
    assert all("310,000원" in text for text in changed.encoded)


def test_a_moved_document_costs_nothing(corpus: Path, index: Path) -> None:
    (corpus / "노인" / "pension-2021.md").rename(corpus / "pension.md")
    counted = CountingEncoder()
    built = build(corpus, index, counted)
    assert counted.encoded == []
    assert "pension.md" in {d.path for d in built.corpus.documents}


def test_the_same_corpus_gives_the_same_index_under_a_new_name(corpus: Path, index: Path) -> None:
    store = GenerationStore(index)
    one = store.manifest(store.current_id())
    two = build(corpus, index, HashEncoder(), calibration=b"{}").manifest
    assert one.generation != two.generation
    assert one.files == two.files
    assert (one.corpus_hash, one.analyzer) == (two.corpus_hash, two.analyzer)
    assert store.previous_id() == one.generation


def test_files_left_out_are_in_the_manifest(corpus: Path, index: Path) -> None:
    (corpus / "empty.md").write_bytes(b"")
    manifest = build(corpus, index, HashEncoder()).manifest
    assert [path for path, _ in manifest.problems] == ["empty.md"]
    assert manifest.documents == 8


def test_a_build_can_wait_to_be_made_live(corpus: Path, index: Path) -> None:
    store = GenerationStore(index)
    live = store.current_id()
    waiting = build(corpus, index, HashEncoder(), switch=False).manifest.generation
    assert store.current_id() == live
    store.verify(waiting)
    assert open_index(index, HashEncoder.id, waiting).manifest.generation == waiting


def test_a_folder_without_documents_builds_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "empty.md").write_bytes(b"")
    with pytest.raises(UnreadableSource, match="읽을 수 있는 문서가 없습니다") as raised:
        build(tmp_path / "none", tmp_path / "index", HashEncoder())
    assert "empty.md" in str(raised.value)
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_another_encoder_cannot_open_it(index: Path) -> None:
    with pytest.raises(IndexMismatch, match=r"hash-bigrams-1.*another-encoder.*index build"):
        open_index(index, "another-encoder")


@pytest.mark.parametrize(
    "name",
    [
        "chunks.json",
        "documents.json",
        "units.npy",
        "documents.npy",
        "dense/dense.faiss",
        "lexical/lexical.json",
        "names/lexical.json",
    ],
)
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_file_is_named_in_one_line(index: Path, name: str, damage: str) -> None:
    store = GenerationStore(index)
    path = store.path(store.current_id()) / name
    if damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        path.unlink()
    with pytest.raises(IndexDamaged) as raised:
        store.verify(store.current_id())
    assert path.name in str(raised.value)
    with pytest.raises(IndexDamaged) as raised:
        open_index(index, HashEncoder.id)
    assert "\n" not in str(raised.value)


def test_dictionary_words_are_hangul_words_of_names_without_years_and_brackets(corpus: Path) -> None:
    words = dictionary_words(load_corpus(corpus).documents)
    assert {"든든연금", "기쁨나눔지원금", "어르신", "마을버스"} <= set(words)
    assert not {"2021", "돈", "10만원", "2021년"} & set(words)
    assert list(words) == sorted(set(words))


@pytest.mark.slow
def test_a_build_killed_at_twenty_moments_leaves_the_live_index_answering(corpus: Path, index: Path) -> None:
    """A child builds and is killed at any moment of the time that a build takes."""
    encoder, store = HashEncoder(), GenerationStore(index)
    build(corpus, index, encoder)
    started = time.perf_counter()
    build(corpus, index, encoder)
    one_build = time.perf_counter() - started
    chance = random.Random(20211124)
    text = (corpus / "노인" / "pension-2021.md").read_text(encoding="utf-8")
    processes = multiprocessing.get_context("forkserver")
    interrupted = 0
    for kill in range(KILLS):
        # Something new to read, analyse and embed each time.
        (corpus / "new.md").write_text(text.replace("pension", f"new{kill}-pension"), encoding="utf-8")
        child = processes.Process(target=build, args=(corpus, index, encoder))
        child.start()
        time.sleep(chance.uniform(0.0, one_build))
        interrupted += child.is_alive()
        child.kill()
        child.join()
        opened = open_index(index, encoder.id)
        store.verify(opened.manifest.generation)
        best, _ = opened.dense.search(encoder.encode_question(opened.chunks[0].text), 1)
        assert best[0] == 0
    assert interrupted >= KILLS // 2, "too few kills came while a build was under way"
    built = build(corpus, index, encoder)
    assert store.current_id() == built.manifest.generation
    assert f"new{KILLS - 1}-pension-2021" in open_index(index, encoder.id).documents
    assert not list(store.folder.glob(".building-*"))
