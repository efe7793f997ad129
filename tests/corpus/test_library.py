"""Folders of files: what is a document, what is left out and why."""

import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfWriter

from assistant.corpus.library import Corpus, corpus_hash, load_corpus, source_paths
from assistant.errors import SettingsError
from tests import shelf

GOOD = "---\nid: good\ntitle: 든든연금\n---\n# 든든연금\n\n## 지원대상\n- 만 65세 이상\n"


def folder_of(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def pdf(folder: Path, name: str, password: str | None = None) -> None:
    """A PDF of one blank page."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    with (folder / name).open("wb") as file:
        writer.write(file)


def reasons(corpus: Corpus) -> dict[str, str]:
    return {problem.path: problem.message for problem in corpus.problems}


def test_documents_come_sorted_by_path_with_their_metadata(tmp_path: Path) -> None:
    corpus = load_corpus(shelf.write(tmp_path))
    assert [d.path for d in corpus.documents] == sorted(shelf.FILES)
    assert corpus.problems == ()
    pension = next(d for d in corpus.documents if d.id == "pension-2021")
    assert pension.metadata.supersedes == ("pension-2020",)
    assert pension.text.startswith("# 든든연금 사업안내 (2021)\n")


def test_a_file_without_front_matter_is_named_by_its_path_and_first_heading(tmp_path: Path) -> None:
    (document,) = load_corpus(folder_of(tmp_path, {"가/버스.md": shelf.UNDATED})).documents
    assert (document.id, document.metadata.title) == ("가/버스.md", "마을버스 무료 이용")
    assert document.metadata.effective_from is None
    assert document.text == shelf.UNDATED


def test_stored_text_has_lf_and_nfc(tmp_path: Path) -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", GOOD).replace("\n", "\r\n")
    (document,) = load_corpus(folder_of(tmp_path, {"a.md": raw})).documents
    assert document.id == "good"
    assert document.text == "# 든든연금\n\n## 지원대상\n- 만 65세 이상\n"


def test_a_sidecar_gives_the_facts_and_is_no_document(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.txt": "지원대상: 만 65세 이상\n",
        "a.txt.yaml": "id: from-sidecar\ntitle: 든든연금\n",
    }
    corpus = load_corpus(folder_of(tmp_path, files))
    assert [(d.id, d.path, d.metadata.title) for d in corpus.documents] == [
        ("from-sidecar", "a.txt", "든든연금")
    ]
    assert corpus.problems == ()


def test_hidden_files_and_the_folders_own_notes_are_no_documents(tmp_path: Path) -> None:
    files = {
        "README.md": GOOD,
        "city.yaml": "name: 진주시\n",
        ".draft.md": GOOD,
        ".sources/x.md": GOOD,
        "~$a.md": GOOD,
        "가/README.md": GOOD,
    }
    folder = folder_of(tmp_path, dict(files))
    assert [p.relative_to(folder).as_posix() for p in source_paths(folder)] == ["가/README.md"]


def test_bad_files_are_left_out_with_one_line_each_and_nothing_else_is_lost(tmp_path: Path) -> None:
    folder_of(
        tmp_path,
        {
            "good.md": GOOD,
            "twin.md": GOOD,
            "empty.md": b"",
            "blank.txt": " \n\n",
            "date.md": "---\nid: bad-date\ntitle: 가\neffective_from: 2021-02-30\n---\n본문\n",
            "name.md": "---\nid: bad-name\ntitle: 가\nprogram: x\n---\n본문\n",
            "notes.pdf": "이것은 PDF가 아닙니다.\n",
            "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
            "noise.md": bytes(range(256)) * 4,
        },
    )
    pdf(tmp_path, "blank.pdf")
    pdf(tmp_path, "locked.pdf", "secret")
    corpus = load_corpus(tmp_path)
    assert [d.id for d in corpus.documents] == ["good"]
    found = reasons(corpus)
    assert set(found) == {p.name for p in tmp_path.iterdir()} - {"good.md"}
    for path, message in found.items():
        assert message.startswith(path), message
        assert "\n" not in message
        assert message.endswith(".")
    assert "good.md" in found["twin.md"]
    assert "2021-02-30" in found["date.md"]
    assert found["date.md"].startswith("date.md:4:")
    assert "program" in found["name.md"]
    assert "암호" in found["locked.pdf"]


def test_the_first_of_two_with_one_id_stays(tmp_path: Path) -> None:
    corpus = load_corpus(folder_of(tmp_path, {"b.md": GOOD, "a/c.md": GOOD}))
    assert [d.path for d in corpus.documents] == ["a/c.md"]
    assert [p.path for p in corpus.problems] == ["b.md"]


def test_a_broken_sidecar_leaves_its_document_out(tmp_path: Path) -> None:
    corpus = load_corpus(folder_of(tmp_path, {"a.txt": "본문입니다.\n", "a.txt.yaml": "id: [\n"}))
    assert corpus.documents == ()
    (problem,) = corpus.problems
    assert problem.path == "a.txt"
    assert "YAML" in problem.message


def test_the_old_korean_encoding_is_read_in_documents_and_sidecars(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": GOOD.encode("cp949"),
        "b.txt": "본문입니다.\n",
        "b.txt.yaml": "id: b\ntitle: 튼튼연금\n".encode("cp949"),
    }
    documents = load_corpus(folder_of(tmp_path, files)).documents
    assert [(d.id, d.metadata.title) for d in documents] == [("good", "든든연금"), ("b", "튼튼연금")]


def test_a_sidecar_that_is_no_text_is_a_problem_of_its_document_alone(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"good.md": GOOD, "a.txt": "본문입니다.\n", "a.txt.yaml": bytes(9)}
    corpus = load_corpus(folder_of(tmp_path, files))
    assert [d.id for d in corpus.documents] == ["good"]
    assert [p.path for p in corpus.problems] == ["a.txt"]


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="자료 폴더가 없습니다"):
        load_corpus(tmp_path / "none")


def test_progress_counts_every_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    load_corpus(
        folder_of(tmp_path, {"a.md": GOOD, "b.md": b""}), lambda done, total: told.append((done, total))
    )
    assert told == [(1, 2), (2, 2)]


def test_the_hash_changes_with_text_metadata_and_path_and_with_nothing_else(tmp_path: Path) -> None:
    def hash_of(name: str, files: dict[str, str | bytes]) -> str:
        return corpus_hash(load_corpus(folder_of(tmp_path / name, files)).documents)

    plain = hash_of("1", {"a.md": GOOD})
    assert hash_of("2", {"a.md": GOOD, ".hidden.md": "x"}) == plain
    others = {
        hash_of("3", {"a.md": GOOD.replace("65", "66")}),
        hash_of("4", {"a.md": GOOD.replace("title: 든든연금", "title: 튼튼연금")}),
        hash_of("5", {"b.md": GOOD}),
    }
    assert len(others | {plain}) == 4
