"""Check topic files: against the schema, against each other, and against the corpus. One line a finding."""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assistant.domain import Document
from assistant.errors import AssistantError, EvaluationError
from assistant.evaluation.canonical import canonical, contains
from assistant.evaluation.topic_files import HELD_OUT, explain, topic_entries, topic_files
from assistant.evaluation.topics import Gold, Topic, parse_topic


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in a topic file: severity is 오류 (error) or 주의 (warning)."""

    severity: str
    where: str
    topic: str
    what: str

    @property
    def line(self) -> str:
        """The finding as it is printed."""
        return f"{self.severity} {self.where} {self.topic}: {self.what}"


def check_files(
    files: Iterable[Path], documents: Mapping[str, Document] | None
) -> tuple[list[Topic], list[Finding]]:
    """Topics that can be used, and every finding. Without documents the corpus is not consulted."""
    topics: list[Topic] = []
    findings: list[Finding] = []
    places: dict[str, str] = {}
    for path in files:
        try:
            entries = topic_entries(path)
        except EvaluationError as error:
            findings.append(Finding("오류", str(path), "-", str(error)))
            continue
        text = path.read_text(encoding="utf-8")
        for entry in entries:
            name = str(entry.get("id", "?"))
            where = f"{path}:{_line(text, str(entry.get('group') or name))}"
            try:
                topic = parse_topic(entry, held_out=HELD_OUT in path.parts)
            except ValidationError as error:
                findings.append(Finding("오류", where, name, explain(error)))
                continue
            if name in places:
                findings.append(
                    Finding("오류", where, name, f"id가 {places[name]}에도 있습니다. 바꿔 주세요.")
                )
                continue
            places[name] = where
            topics.append(topic)
            findings += [Finding(severity, where, name, what) for severity, what in _inner(topic)]
            if documents is not None:
                findings += [
                    Finding(severity, where, name, what) for severity, what in _against(topic, documents)
                ]
    return topics, findings + _across(topics, places)


def _line(text: str, name: str) -> int:
    found = re.search(rf"\bid:\s*['\"]?{re.escape(name)}['\"]?\s*(?:[,}}#]|$)", text, re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else 1


def _inner(topic: Topic) -> Iterable[tuple[str, str]]:
    """What one topic says against itself."""
    for wrong in (*topic.wrong_facts, *topic.nowhere):
        for fact in topic.facts:
            if any(canonical(w) == canonical(f) for w in wrong.split("|") for f in fact.split("|")):
                yield "오류", f"{wrong!r}이(가) 맞는 사실에도 틀린 사실에도 있습니다. 하나만 남겨 주세요."
    if topic.kind in {"near_miss", "out_of_world"} and topic.answerable:
        yield "오류", "답이 없어야 할 질문인데 status가 답이 있다고 합니다. status나 kind를 고쳐 주세요."
    if topic.kind == "situation" and topic.style != "situation":
        yield "주의", "상황 질문의 style은 situation입니다."


def _across(topics: Sequence[Topic], places: Mapping[str, str]) -> list[Finding]:
    """What topics say against each other: pairs of two, paraphrases of five, the same question twice."""
    findings: list[Finding] = []

    def found(topic: Topic, what: str) -> None:
        findings.append(Finding("오류", places[topic.id], topic.id, what))

    for name, members in _by(topics, lambda t: t.pair).items():
        if len(members) != 2 or members[0].as_of == members[1].as_of:
            found(
                members[0],
                f"pair {name!r}에는 as_of가 다른 질문 두 개가 있어야 합니다(지금 {len(members)}개).",
            )
        elif canonical(members[0].question) != canonical(members[1].question):
            found(members[0], f"pair {name!r}의 두 질문이 서로 다릅니다.")
    for name, members in _by(topics, lambda t: t.group).items():
        if len(members) != 5:
            found(members[0], f"말바꿈 묶음 {name!r}에는 질문이 5개 있어야 합니다(지금 {len(members)}개).")
    for members in _by(topics, lambda t: (canonical(t.question), t.as_of, t.context)).values():
        for twin in members[1:]:
            found(twin, f"{members[0].id}와(과) 같은 질문·날짜입니다. 하나를 지우거나 바꿔 주세요.")
    return findings


def _by(topics: Sequence[Topic], key: Callable[[Topic], Hashable]) -> dict[Hashable, list[Topic]]:
    grouped: dict[Hashable, list[Topic]] = defaultdict(list)
    for topic in topics:
        if key(topic) is not None:
            grouped[key(topic)].append(topic)
    return grouped


def _against(topic: Topic, documents: Mapping[str, Document]) -> Iterable[tuple[str, str]]:
    """What the corpus says against a topic."""
    programmes = {d.metadata.programme_key for d in documents.values()}
    for name in sorted({name for group in topic.in_force_together for name in group} - documents.keys()):
        yield "오류", f"in_force_together의 {name!r}이(가) 자료에 없습니다. 문서의 id를 적어 주세요."
    texts: list[str] = []
    for gold in topic.gold:
        if gold.programme not in programmes:
            yield (
                "오류",
                f"programme {gold.programme!r}인 문서가 자료에 없습니다. 문서의 programme 값을 적어 주세요.",
            )
        for name in gold.documents:
            document = documents.get(name)
            if document is None:
                yield "오류", f"document {name!r}이(가) 자료에 없습니다. 문서의 id를 적어 주세요."
                continue
            texts.append(document.text)
            yield from _gold_in(gold, document, topic)
        if not gold.documents:
            texts += [d.text for d in documents.values() if d.metadata.programme_key == gold.programme]
    if texts and topic.answerable:
        yield from _absent(topic, texts)


def _absent(topic: Topic, texts: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Facts that stand in none of the gold documents."""
    for field in ("facts", "details", "must_confirm"):
        for fact in getattr(topic, field):
            if not any(contains(text, fact) for text in texts):
                yield (
                    "오류",
                    f"{field} {fact!r}이(가) gold 문서 어디에도 없습니다. 문서에 적힌 대로 고쳐 주세요.",
                )


def _gold_in(gold: Gold, document: Document, topic: Topic) -> Iterable[tuple[str, str]]:
    metadata = document.metadata
    if metadata.programme_key != gold.programme:
        yield (
            "오류",
            f"document {document.id!r}의 programme은 {metadata.programme_key!r}입니다. 고쳐 주세요.",
        )
    if metadata.published_on and metadata.published_on > topic.as_of:
        yield "오류", f"document {document.id!r}은(는) as_of보다 늦은 {metadata.published_on}에 나왔습니다."
    facets = {section.facet.value for section in document.sections}
    if gold.sections and not facets & set(gold.sections) and len(gold.documents) == 1:
        yield (
            "오류",
            f"document {document.id!r}에 section {gold.section!r} 없음({' '.join(sorted(facets))}).",
        )
    if gold.row and len(gold.documents) == 1:
        rows = [line for line in document.text.splitlines() if line.lstrip().startswith("|")]
        if not any(contains(line, gold.row) for line in rows):
            yield (
                "오류",
                f"document {document.id!r}의 표에 {gold.row!r} 행이 없습니다. 행의 말 그대로 적어 주세요.",
            )


def counts(topics: Sequence[Topic]) -> str:
    """How many topics of each kind, style and held-back part there are, in a few lines."""
    lines = [f"질문 {len(topics)}개, 따로 둔 것(heldout) {sum(t.held_out for t in topics)}개"]
    for label, values in (
        ("kind", Counter(str(t.kind) for t in topics)),
        ("style", Counter(str(t.style) for t in topics)),
        ("severity", Counter(str(t.severity) for t in topics)),
    ):
        lines.append(f"{label}: " + ", ".join(f"{name} {n}" for name, n in sorted(values.items())))
    unanswerable = sum(t.answerable is False for t in topics)
    pairs, groups = {t.pair for t in topics if t.pair}, {t.group for t in topics if t.group}
    lines.append(f"as-of 짝 {len(pairs)}, 말바꿈 묶음 {len(groups)}, 답 없음 {unanswerable}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Check the files and folders named; 1 when there is an error."""
    from assistant.corpus.library import load_corpus

    parser = argparse.ArgumentParser(prog="python -m assistant.evaluation.topics", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="topic files or folders (heldout/ is read too)")
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="the corpus that gold documents stand in"
    )
    options = parser.parse_args(arguments)
    try:
        documents = None
        if options.corpus.is_dir():
            documents = {d.id: d for d in load_corpus(options.corpus).documents}
        topics, findings = check_files(topic_files(options.paths, held_out=True), documents)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for finding in findings:
        sys.stdout.write(f"{finding.line}\n")
    sys.stdout.write(counts(topics) + "\n")
    return 1 if any(f.severity == "오류" for f in findings) else 0
