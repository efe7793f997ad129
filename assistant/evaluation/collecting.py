"""An answer that people judged becomes a topic: drafted from the answer, checked like topic files, added."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.domain import Document
from assistant.errors import EvaluationError
from assistant.evaluation.canonical import contains
from assistant.evaluation.ratings import append_topic
from assistant.evaluation.topic_check import check_files
from assistant.evaluation.topic_files import explain, topic_files
from assistant.evaluation.topics import Topic, parse_topic
from assistant.evaluation.view import Json, View

COLLECTED = "collected.yaml"
"""The topic file that collected topics go into unless another is named."""
_FIGURE = re.compile(
    r"(?:\d{4}년 ?)?\d{1,2}월 ?\d{1,2}일"
    r"|[\d,.]*\d(?:억|만|천)?(?: ?[\d,]+)?(?:원|%|세|명|일|회|시간|개월)"
)
_KINDS = {
    "closed": "closed",
    "outdated": "outdated",
    "conflicting": "conflict",
    "clarification_needed": "ambiguous_round",
    "redirected_personal_record": "personal_record",
    "unanswerable_no_evidence": "out_of_world",
    "unanswerable_out_of_scope": "out_of_world",
}


def drafted(answer: Json, context: Sequence[str] = ()) -> str:
    """The topic that asks for this answer, as YAML to look over: what it cites aloud is its gold, the
    figures it reads out are its facts.
    """
    view = View(answer)
    kind = _KINDS.get(answer["status"], "fact")
    if kind == "ambiguous_round" and answer.get("candidates"):
        kind = "situation"
    if context and kind == "fact":
        kind = "follow_up"
    question = answer["question"]
    name = sha256(f"{question}{answer['as_of']}".encode()).hexdigest()[:8]
    entry: dict[str, Any] = {
        "id": f"collected-{name}",
        "question": question,
        "as_of": date.fromisoformat(answer["as_of"]),
        "kind": kind,
        "style": "situation" if kind == "situation" else "everyday",
        "severity": 3 if kind in {"fact", "follow_up"} else 2,
        "context": list(context),
        "gold": _gold(view, kind),
        "facts": _facts(view) if kind in {"fact", "follow_up"} else [],
        "details": _facts(view) if kind in {"closed", "outdated", "conflict"} else [],
        "wrong_facts": [],
        "choices": list((answer.get("clarification") or {}).get("choices", ())),
    }
    if kind == "situation":
        entry["choices"] = []
    kept = {key: value for key, value in entry.items() if value != [] or key == "wrong_facts"}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)


def _gold(view: View, kind: str) -> list[dict[str, str]]:
    if kind == "situation":
        return [{"programme": c["programme"]} for c in view.answer["candidates"][:2]]
    if kind in {"out_of_world", "personal_record"}:
        return []
    found: dict[tuple[str, str, str], None] = {}
    for statement in view.summary or view.statements[:1]:
        for citation in view.cited(statement):
            programme = str(statement["programme"] or citation["document_id"])
            found[programme, citation["document_id"], statement["facet"]] = None
    return [dict(zip(("programme", "document", "section"), key, strict=True)) for key in found]


def _facts(view: View) -> list[str]:
    """Up to three figures that are read out and stand in the quotes; else the first statement itself."""
    figures: dict[str, None] = {}
    for statement in view.summary:
        quotes = "\n".join(citation["quote"] for citation in view.cited(statement))
        figures |= dict.fromkeys(f for f in _FIGURE.findall(statement["text"]) if contains(quotes, f))
    return list(figures)[:3] or [statement["text"] for statement in view.summary[:1]]


def collect(folder: Path, name: str, text: str, documents: Mapping[str, Document]) -> Topic:
    """Check a topic written as YAML against the schema, the corpus and every other topic below `folder`
    (topics/), then add it to the file `name` (EvaluationError with the first mistake; nothing is written).
    """
    if not re.fullmatch(r"[\w가-힣-]+\.yaml", name):
        raise EvaluationError(f"{name}: 파일 이름은 글자·숫자·-와 .yaml로 적어 주세요.")
    try:
        entry = yaml.safe_load(text)
        if not isinstance(entry, dict):
            raise ValueError("'이름: 값' 꼴이 아닙니다")
        entry = {key: value for key, value in entry.items() if value not in ([], None)}
        parse_topic(entry)
    except ValidationError as error:
        raise EvaluationError(f"문항을 쓸 수 없습니다. {explain(error)}. 고치고 다시 저장하세요.") from error
    except (ValueError, yaml.YAMLError) as error:
        reason = str(error).replace("\n", " ")
        raise EvaluationError(f"YAML을 읽을 수 없습니다({reason}). 그 줄을 고쳐 주세요.") from error
    with TemporaryDirectory(prefix="topics-") as trial:
        copy = Path(trial) / name
        if (folder / name).is_file():
            copy.write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")
        append_topic(copy, entry)
        others = [path for path in topic_files([folder], held_out=True) if path != folder / name]
        for files, held in (([*others, copy], None), ([_alone(Path(trial), entry)], documents)):
            found = check_files(files, held)[1]
            mistakes = [f for f in found if f.severity == "오류" and f.topic == entry["id"]]
            if mistakes:
                what = mistakes[0].what.replace(f"{trial}/", "").replace(f"{folder}/", "")
                raise EvaluationError(f"{mistakes[0].topic}: {what}")
    return append_topic(folder / name, entry)


def _alone(folder: Path, entry: Mapping[str, Any]) -> Path:
    path = folder / "alone" / "topic.yaml"
    append_topic(path, entry)
    return path
