"""Every command as a process of its own, on a small index: exit status, one line on stderr, no traceback."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.index.generations import GenerationStore
from assistant.settings import PROJECT
from tests import shelf
from tests.generations import later

OPENING = 180
"""Seconds that a command may take that opens an index: torch and Kiwi on a busy machine."""

QUESTIONS = [
    {"query_id": "q1", "text": "든든연금 부부가구 얼마예요", "as_of": "2021-03-02"},
    {"query_id": "q2", "text": "든든연금 얼마예요", "as_of": "2022-03-02"},
    {"query_id": "q3", "text": "기쁨나눔지원금 신청할게요", "as_of": "2021-07-01"},
    {"query_id": "q4", "text": "그럼 서류는요?", "as_of": "2021-03-02", "context": ["든든연금 얼마예요"]},
    {"query_id": "q5", "text": "안녕하세요"},
    {"query_id": "q6", "text": "달나라 이주 지원금 신청 방법", "as_of": "2021-03-02"},
]


NOBODY = {"ASSISTANT_USERS_PATH": str(PROJECT / "tests" / "nobody.yaml")}
"""Nobody signs in here, whoever may on this machine."""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str


def run(*arguments: str, timeout: int = 60, **environment: str) -> Ran:
    """Run `python -m assistant` with a clean environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=PROJECT,
        timeout=timeout,
        env={**kept, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8", **NOBODY, **environment},
    )
    assert "Traceback" not in ran.stderr + ran.stdout
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def complained(ran: Ran, *words: str) -> None:
    """The command ended with status 1 and one Korean line on stderr that holds the words."""
    assert (ran.status, ran.out) == (1, ""), ran
    assert len(ran.err.splitlines()) == 1, ran.err
    assert all(word in ran.err for word in words), ran.err
    assert any("가" <= letter <= "힣" for letter in ran.err)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small corpus, and an index of it that the command built."""
    folder = tmp_path_factory.mktemp("desk")
    shelf.write(folder / "corpus")
    ran = run(
        *("index", "build", "--corpus", str(folder / "corpus"), "--index", str(folder / "index")),
        timeout=OPENING,
    )
    assert ran.status == 0, ran.err
    assert "문서 8건" in ran.out
    return folder


@pytest.fixture(scope="module")
def index(desk: Path) -> str:
    return str(desk / "index")


@pytest.fixture(scope="module")
def asked(desk: Path, index: str) -> list[dict[str, dict[str, object]]]:
    """The answers to the questions, asked by two processes one after the other."""
    questions = desk / "questions.jsonl"
    lines = [json.dumps(q, ensure_ascii=False) for q in QUESTIONS]
    questions.write_text("\ufeff" + "\n".join(lines) + "\n\n", encoding="utf-8")
    rounds = []
    for name in ("one.jsonl", "two.jsonl"):
        answers = desk / "out" / name
        ran = run(
            *("ask", "--questions", str(questions), "--answers", str(answers), "--index", index),
            timeout=OPENING,
        )
        assert (ran.status, ran.out) == (0, ""), ran
        rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
        assert [row["query_id"] for row in rows] == [q["query_id"] for q in QUESTIONS]
        rounds.append({row["query_id"]: row["answer"] for row in rows})
    assert sorted(p.name for p in (desk / "out").iterdir()) == ["one.jsonl", "two.jsonl"]
    return rounds


def test_the_same_questions_have_the_same_answers_but_for_id_and_times(
    asked: list[dict[str, dict[str, object]]],
) -> None:
    one, two = asked
    for name, answer in one.items():
        assert answer.keys() == two[name].keys()
        differing = {field for field in answer if answer[field] != two[name][field]}
        assert differing <= {"answer_id", "timings_ms"}, name
        assert answer["answer_id"] != two[name]["answer_id"]


def test_each_question_stands_on_its_own_day_and_context(asked: list[dict[str, dict[str, object]]]) -> None:
    answers = asked[0]
    days = {q["query_id"]: q["as_of"] for q in QUESTIONS if "as_of" in q}
    assert {name: answers[name]["as_of"] for name in days} == days
    assert {name: answers[name]["status"] for name in ("q1", "q2", "q3", "q5", "q6")} == {
        "q1": "answered",
        "q2": "outdated",
        "q3": "closed",
        "q5": "unanswerable_out_of_scope",
        "q6": "unanswerable_no_evidence",
    }
    assert "든든연금" in str(answers["q4"]["standalone_question"])


def test_quotes_stand_at_their_spans_in_the_text_that_is_shown(
    asked: list[dict[str, dict[str, object]]], index: str
) -> None:
    citations = [c for answer in asked[0].values() for c in answer["citations"]]  # type: ignore[attr-defined]
    assert citations
    texts: dict[str, str] = {}
    for c in citations:
        if c["document_id"] not in texts:
            ran = run("corpus", "show", c["document_id"], "--text", "--index", index)
            assert (ran.status, ran.err) == (0, "")
            texts[c["document_id"]] = ran.out
        assert texts[c["document_id"]][c["char_start"] : c["char_end"]] == c["quote"]


def test_ask_prints_one_answer_as_json(index: str) -> None:
    ran = run(
        *("ask", "든든연금 단독가구 얼마예요", "--as-of", "2021-03-02", "--json", "--index", index),
        timeout=OPENING,
    )
    assert ran.status == 0, ran.err
    answer = json.loads(ran.out)
    assert answer["as_of"] == "2021-03-02"
    assert "300,000원" in answer["statements"][answer["summary"][0]]["text"]


def test_a_question_that_cannot_be_asked_is_one_line(index: str) -> None:
    complained(run("ask", "가" * 20_000, "--index", index, timeout=OPENING), "20,000자")


def test_search_writes_a_trec_run(desk: Path, index: str) -> None:
    topics, run_file = desk / "topics.jsonl", desk / "run.trec"
    topics.write_text("\n".join(json.dumps(q, ensure_ascii=False) for q in QUESTIONS), encoding="utf-8")
    ran = run(
        *("search", "--topics", str(topics), "--run", str(run_file), "-k", "3", "--index", index),
        timeout=OPENING,
    )
    assert ran.status == 0, ran.err
    rows = [line.split("\t") for line in run_file.read_text(encoding="utf-8").splitlines()]
    assert all(len(row) == 6 and row[1] == "Q0" for row in rows)
    assert {row[2] for row in rows} <= set(shelf.FILES)
    assert list(dict.fromkeys(row[0] for row in rows)) == [q["query_id"] for q in QUESTIONS]
    for question in QUESTIONS:
        own = [row for row in rows if row[0] == question["query_id"]]
        assert [int(row[3]) for row in own] == list(range(1, len(own) + 1))
        assert 1 <= len(own) <= 3
        assert len({row[2] for row in own}) == len(own)
        scores = [float(row[4]) for row in own]
        assert all(a > b for a, b in pairwise(scores))
    assert rows[0][2] == "노인/pension-2021.md"


def test_search_shows_ranks_states_and_passages(index: str) -> None:
    ran = run(
        *("search", "든든연금 얼마", "-k", "2", "--as-of", "2021-03-02", "--json", "--index", index),
        timeout=OPENING,
    )
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)
    assert sum(e["rejected"] is None for e in found) == 2
    first = next(e for e in found if e["rejected"] is None)
    assert (first["document_id"], first["state"]) == ("pension-2021", "current")
    assert any(e["document_id"] == "pension-2020" and e["rejected"] for e in found) or len(found) == 2


def test_the_live_generation_is_verified_and_listed(index: str) -> None:
    live = GenerationStore(Path(index)).current_id()
    verified = run("index", "verify", "--index", index)
    assert (verified.status, verified.out) == (0, f"{live}: 이상 없음\n")
    listed = run("index", "list", "--index", index)
    assert listed.status == 0
    assert listed.out.startswith(f"* {live}  문서 8 ")


def test_documents_are_listed_and_shown(index: str) -> None:
    listed = run("corpus", "list", "--index", index)
    assert listed.status == 0
    assert "pension-2021\t노인\t2021-01-01\t2021-12-31\t든든연금 사업안내 (2021)" in listed.out.splitlines()
    shown = run("corpus", "show", "pension-2021", "--index", index)
    assert shown.status == 0
    assert "효력 2021-01-01 ~ 2021-12-31" in shown.out


def test_shown_text_is_exactly_the_stored_text(index: str) -> None:
    shown = run("corpus", "show", "마을버스.md", "--text", "--index", index)
    assert (shown.status, shown.out) == (0, shelf.UNDATED)


def test_rollback_makes_the_generation_before_live_again(desk: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(desk / "index", tmp_path / "index"))
    store = GenerationStore(copied)
    first = store.current_id()
    alone = run("index", "rollback", "--index", str(copied))
    complained(alone, "이전 세대")
    second = later(store)
    ran = run("index", "rollback", "--index", str(copied))
    assert (ran.status, ran.out) == (0, f"{second} → {first}\n")
    assert store.current_id() == first


def test_damage_is_one_line(desk: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(desk / "index", tmp_path / "index"))
    store = GenerationStore(copied)
    (store.path(store.current_id()) / "chunks.json").write_text("[]", encoding="utf-8")
    complained(run("index", "verify", "--index", str(copied)), "chunks.json", "index build")


def test_an_index_of_another_encoder_is_one_line_and_made_anew(desk: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(desk / "index", tmp_path / "index"))
    store = GenerationStore(copied)
    path = store.path(store.current_id()) / "manifest.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**made, "encoder": "older-encoder"}), encoding="utf-8")
    complained(run("index", "verify", "--index", str(copied)), "older-encoder", "index build")


def test_a_sound_corpus_passes_its_check_and_a_broken_one_does_not(desk: Path, tmp_path: Path) -> None:
    broken = shelf.write(tmp_path / "corpus")
    (broken / "twin.md").write_text(shelf.PENSION_2021, encoding="utf-8")
    ran = run("corpus", "check", "--corpus", str(broken))
    assert ran.status == 1
    assert "twin.md" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", "기초연금", "--index", "{none}"], ["색인이 없습니다", "index build"]),
        (["search", "기초연금", "--index", "{none}"], ["색인이 없습니다"]),
        (["index", "verify", "--index", "{none}"], ["색인이 없습니다"]),
        (["index", "list", "--index", "{none}"], ["색인이 없습니다"]),
        (["index", "rollback", "--index", "{none}"], ["색인이 없습니다"]),
        (["corpus", "list", "--index", "{none}"], ["색인이 없습니다"]),
        (["index", "build", "--corpus", "{none}", "--index", "{none}"], ["자료 폴더가 없습니다", "--corpus"]),
        (["corpus", "check", "--corpus", "{none}"], ["자료 폴더가 없습니다"]),
        (["ask", "기초연금", "--as-of", "2021-02-30"], ["2021-02-30", "날짜가 아닙니다"]),
        (["search", "기초연금", "--as-of", "어제"], ["어제"]),
        (["ask", "--questions", "{none}", "--answers", "{none}"], ["파일을 읽을 수 없습니다"]),
        (["search", "--topics", "{none}", "--run", "{none}"], ["파일을 읽을 수 없습니다"]),
        (["serve", "--index", "{none}"], ["색인이 없습니다"]),
    ],
)
def test_a_users_mistake_is_one_line(arguments: list[str], words: list[str], tmp_path: Path) -> None:
    complained(run(*(a.replace("{none}", str(tmp_path / "none")) for a in arguments)), *words)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "JSON이 아닙니다"),
        ('{"query_id": "q"}', "text"),
        ("[1]", "query_id"),
        ('{"query_id": "q", "text": "기초연금", "as_of": "2021-13-01"}', "2021-13-01"),
    ],
)
def test_a_bad_line_of_questions_is_named_and_nothing_is_written(
    line: str, words: str, tmp_path: Path
) -> None:
    questions, answers = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"query_id": "q0", "text": "기초연금"}\n' + line + "\n", encoding="utf-8")
    complained(run("ask", "--questions", str(questions), "--answers", str(answers)), "q.jsonl", words)
    assert not answers.exists()


def test_an_unknown_document_is_one_line(index: str) -> None:
    complained(run("corpus", "show", "no-such", "--index", index), "no-such", "corpus list")


def test_an_unknown_setting_is_one_line(index: str) -> None:
    complained(run("corpus", "list", "--index", index, ASSISTANT_ENCODDER="x"), "ASSISTANT_ENCODDER")
    complained(run("corpus", "list", "--index", index, ASSISTANT_THREADS="two"), "ASSISTANT_THREADS")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["ask"],
        ["ask", "질문", "--questions", "q.jsonl"],
        ["ask", "--questions", "q.jsonl"],
        ["search", "--topics", "t.jsonl"],
        ["search", "질문", "-k", "0"],
        ["index", "nonsense"],
        ["corpus", "show"],
        ["serve", "--port", "x"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_how(arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ["ask", "search", "index", "corpus", "eval", "serve"]),
        (["ask"], ["--as-of", "--json", "--questions", "--answers", "--index"]),
        (["search"], ["--topics", "--run", "-k"]),
        (["index"], ["build", "verify", "list", "rollback"]),
        (["corpus"], ["check", "list", "show"]),
        (["serve"], ["--host", "--port"]),
    ],
)
def test_help_names_every_command(arguments: list[str], names: list[str]) -> None:
    ran = run(*arguments, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert all(name in ran.out for name in names), ran.out
