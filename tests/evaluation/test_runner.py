import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.library import load_corpus
from assistant.domain import (
    Answer,
    Chunk,
    Citation,
    Document,
    Evidence,
    Facet,
    Span,
    State,
    Statement,
    Status,
)
from assistant.errors import EvaluationError, QuestionError
from assistant.evaluation import run_evaluation
from assistant.evaluation.sameness import unlike
from assistant.settings import Settings
from tests.evaluation.answers import IN_2021, PENSION_2021

FRONT = "---\nid: basic-pension-2021\nprogramme: basic-pension\ntitle: 기초연금 사업안내 (2021)\n---\n"
TOPICS = """
defaults: {as_of: 2021-03-02}
topics:
  - id: pension
    question: 기초연금 단독 얼마
    kind: fact
    severity: 3
    gold: {programme: basic-pension, document: basic-pension-2021, section: benefit}
    facts: 30만원
  - {id: weather, question: 오늘 날씨, kind: out_of_world}
  - {id: broken, question: "?", kind: out_of_world}
"""


class PensionOnly:
    """An assistant that knows one sentence: it answers questions with 연금 in them and refuses the rest."""

    generation_id = "g-1"
    encoder_id = "none"
    settings = Settings(threads=1)

    def __init__(self, corpus: Path) -> None:
        self._documents = load_corpus(corpus).documents

    def documents(self) -> Sequence[Document]:
        return self._documents

    def ask(self, question: str, *, as_of: date | None = None, context: Sequence[str] = ()) -> Answer:
        if question == "?":
            raise QuestionError("질문이 비어 있습니다.")
        assert as_of is not None
        if "연금" not in question:
            return Answer("a-2", question, as_of, Status.NO_EVIDENCE, "g-1", timings_ms={"total": 1.0})
        document = self._documents[0]
        start = document.text.index(IN_2021)
        citation = Citation(
            marker=1,
            chunk_id="c-1",
            document_id=document.id,
            title=document.metadata.title,
            publisher=None,
            region=None,
            path=document.path,
            heading_path=("지원내용",),
            page=None,
            quote=IN_2021,
            char_start=start,
            char_end=start + len(IN_2021),
            effective_from=None,
            effective_until=None,
            reviewed_on=None,
            source_urls=(),
        )
        said = Statement(IN_2021, Facet.BENEFIT, "basic-pension", State.CURRENT, (1,))
        return Answer(
            "a-1",
            question,
            as_of,
            Status.ANSWERED,
            "g-1",
            statements=(said,),
            summary=(0,),
            citations=(citation,),
            timings_ms={"total": 1.0},
        )

    def search(self, question: str, *, as_of: date | None = None, k: int = 10) -> Sequence[Evidence]:
        document = self._documents[0]
        section = document.sections[0]
        span = Span(section.char_start, section.char_end)
        chunk = Chunk("c-1", document.id, section.heading_path, Facet.BENEFIT, span, document.text, ())
        title = document.metadata.title
        return [Evidence(chunk, title, document.path, 1.0, 1, 1, State.CURRENT)][:k]


@pytest.fixture
def assistant(tmp_path: Path) -> PensionOnly:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "basic-pension-2021.md").write_text(FRONT + PENSION_2021, encoding="utf-8")
    return PensionOnly(corpus)


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    folder = tmp_path / "evals" / "topics"
    (folder / "heldout").mkdir(parents=True)
    (folder / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    held = "topics:\n  - {id: secret, question: 내일 날씨, as_of: 2021-03-02, kind: out_of_world}\n"
    (folder / "heldout" / "topics.yaml").write_text(held, encoding="utf-8")
    return folder


def test_a_run_is_asked_judged_and_written(assistant: PensionOnly, topics: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    out = tmp_path / "results"
    summary = run_evaluation(assistant, [topics], out, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert summary.measures["has_answer"].value == pytest.approx(2 / 3, abs=1e-6)
    assert summary.measures["refusal_recall_out_of_world"].value == 0.5
    assert summary.measures["fact_recall"].value == 1.0
    assert summary.measures["section_success_1"].value == 1.0
    assert summary.measures["verbatim_quotes"].value == 1.0
    rows = list(csv.DictReader((out / "per_topic.csv").open(encoding="utf-8", newline="")))
    assert [row["right"] for row in rows] == ["1", "1", "0"]
    assert rows[2]["why"] == "답이 없음: 질문이 비어 있습니다."
    stored = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert stored["topics"] == 3
    assert len(stored["version"]["corpus_hash"]) == 64
    assert stored["version"]["settings"] == {
        "encoder": None,
        "threads": 1,
        "timezone": "Asia/Seoul",
        "llm_model": None,
    }
    assert "pension\tQ0\tbasic-pension-2021.md\t1" in (out / "run.trec").read_text(encoding="utf-8")
    assert any("fact_recall" in line for line in summary.lines)


def test_held_back_topics_are_asked_only_for_a_release_and_logged(
    assistant: PensionOnly, topics: Path, tmp_path: Path
) -> None:
    log = topics.parent / "heldout-runs.csv"
    assert run_evaluation(assistant, [topics], tmp_path / "a").held_out == 0
    assert not log.exists()
    assert run_evaluation(assistant, [topics], tmp_path / "b", held_out=True).held_out == 1
    assert run_evaluation(assistant, [topics], tmp_path / "c", held_out=True).topics == 4
    rows = list(csv.DictReader(log.open(encoding="utf-8", newline="")))
    assert [row["held_out"] for row in rows] == ["1", "1"]


def test_two_runs_differ_in_times_only(assistant: PensionOnly, topics: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "a", tmp_path / "b"
    for folder in (one, two):
        run_evaluation(assistant, [topics], folder)
    assert unlike(one, two) == ()
    answers = (two / "answers.jsonl").read_text(encoding="utf-8")
    (two / "answers.jsonl").write_text(answers.replace("30만원", "31만원"), encoding="utf-8")
    summary = json.loads((two / "summary.json").read_text(encoding="utf-8"))
    summary["topics"] = 4
    (two / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert unlike(one, two) == ("answers.jsonl:1", "summary.json: topics")
    (two / "run.trec").unlink()
    with pytest.raises(EvaluationError, match="읽을 수 없습니다"):
        unlike(one, two)


def test_an_empty_folder_says_so(assistant: PensionOnly, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(EvaluationError, match="하나도 없습니다"):
        run_evaluation(assistant, [tmp_path / "none"], tmp_path / "out")
