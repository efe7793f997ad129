"""Ask every topic, judge the replies, and write the run: answers, measures, ranking, report."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.serialise import answer_to_dict
from assistant.corpus.library import corpus_hash
from assistant.domain import Document
from assistant.errors import AssistantError, EvaluationError
from assistant.evaluation.judgement import Judgement, Scores, judge
from assistant.evaluation.measures_group import group_scores
from assistant.evaluation.measures_ranking import ranking_scores
from assistant.evaluation.summary import Summary, commit, summarise
from assistant.evaluation.supposed import in_force_together
from assistant.evaluation.topic_files import load_topics
from assistant.evaluation.topics import Topic
from assistant.evaluation.view import HeldDocument, Ranked, Reply

if TYPE_CHECKING:
    from assistant.service import Assistant

Progress = Callable[[int, int], None]
DEPTH = 10
"""Evidence asked for per topic: the deepest rank that a measure looks at."""
TOLD_SETTINGS = ("encoder", "threads", "timezone", "llm_model")
"""Settings that an answer can hang on; paths and keys stay out of a run's folder."""


@dataclass(frozen=True, slots=True)
class Run:
    """A judged run: per topic, per group, and in figures."""

    judgements: tuple[Judgement, ...]
    scores: Mapping[str, Mapping[str, float]]
    groups: Mapping[str, Mapping[str, float]]
    held: Mapping[str, HeldDocument]
    summary: Summary


def run_evaluation(
    assistant: "Assistant",
    topics: Iterable[Path],
    out_dir: Path,
    progress: Progress | None = None,
    *,
    held_out: bool = False,
) -> Summary:
    """Ask all topics of files and folders, judge, and write the run into `out_dir` (EvaluationError).

    Topics below `heldout/` are asked only with `held_out`; every such run is logged beside the topics'
    folder.
    """
    from assistant.evaluation.files import log_held_out, write_run

    paths = tuple(topics)
    asked = load_topics(paths, held_out=held_out)
    started = datetime.now(UTC)
    replies = ask_all(assistant, asked, progress)
    documents = tuple(assistant.documents())
    held = {document.id: held_document(document) for document in documents}
    version = {
        "generation": assistant.generation_id,
        "corpus_hash": corpus_hash(documents),
        "encoder": assistant.encoder_id,
        "commit": commit(),
        "settings": {name: getattr(assistant.settings, name) for name in TOLD_SETTINGS},
    }
    run = judge_run(asked, replies, held, version=version, started=started)
    write_run(run, out_dir)
    if any(topic.held_out for topic in asked):
        log_held_out(paths, run)
    return run.summary


def ask_all(
    assistant: "Assistant", topics: Sequence[Topic], progress: Progress | None = None
) -> dict[str, Reply]:
    """One reply a topic. An AssistantError leaves it without an answer; anything else stops the run."""
    replies: dict[str, Reply] = {}
    seen: dict[tuple[tuple[str, ...], ...], Assistant] = {(): assistant}
    for done, topic in enumerate(topics, 1):
        try:
            if topic.in_force_together not in seen:
                changed = in_force_together(assistant.documents(), topic.in_force_together)
                seen = {(): assistant, topic.in_force_together: assistant.supposing(changed)}
            replies[topic.id] = _reply(seen[topic.in_force_together], topic)
        except EvaluationError as error:
            replies[topic.id] = Reply(topic.id, None, error=str(error))
        if progress:
            progress(done, len(topics))
    return replies


def _reply(assistant: "Assistant", topic: Topic) -> Reply:
    begun = time.perf_counter()
    try:
        answer = answer_to_dict(assistant.ask(topic.question, as_of=topic.as_of, context=topic.context))
        milliseconds = (time.perf_counter() - begun) * 1000
        searched = topic.required_gold and topic.answerable
        query = str(answer.get("standalone_question") or topic.question)
        ranking = _ranking(assistant, query, topic.as_of) if searched else ()
        alone = _ranking(assistant, topic.standalone, topic.as_of) if topic.standalone else ()
    except AssistantError as error:
        return Reply(topic.id, None, error=str(error))
    return Reply(topic.id, answer, ranking, alone, milliseconds)


def _ranking(assistant: "Assistant", query: str, as_of: date) -> tuple[Ranked, ...]:
    found = assistant.search(query, as_of=as_of, k=DEPTH)
    return tuple(Ranked(e.chunk.document_id, e.chunk.facet.value, e.rejected is None) for e in found)


def held_document(document: Document) -> HeldDocument:
    """What the measures need of a document."""
    data = document.metadata
    return HeldDocument(
        data.id, data.programme_key, data.title, data.aliases, document.path, document.text, data.amends
    )


def judge_run(
    topics: Sequence[Topic],
    replies: Mapping[str, Reply],
    held: Mapping[str, HeldDocument],
    *,
    version: Mapping[str, Any],
    started: datetime,
) -> Run:
    """Judge the replies of a run. A topic without a reply counts as unanswered."""
    if len({topic.id for topic in topics}) != len(topics):
        raise EvaluationError("같은 id의 평가 질문이 둘 이상 있습니다. id를 바꿔 주세요.")
    judgements = tuple(judge(t, replies.get(t.id) or Reply(t.id, None), held) for t in topics)
    ranked = ranking_scores(topics, replies, held)
    scores: dict[str, Scores] = {j.topic.id: {**j.scores, **ranked[j.topic.id]} for j in judgements}
    groups = group_scores(judgements)
    summary = summarise(judgements, scores, groups, version=version, started=started)
    return Run(judgements, scores, groups, held, summary)
