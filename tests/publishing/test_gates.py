"""Gates of the whole evaluation before a publication, and people who ask all the time while one is made."""

import threading
from dataclasses import replace
from pathlib import Path

from assistant.publishing import drafts, publication
from assistant.publishing.affected import TOPICS_ASKED, affected
from assistant.publishing.difference import Difference
from assistant.publishing.gates import with_gates
from assistant.publishing.office import Office
from assistant.publishing.preview import preview
from tests.publishing.conftest import NOTHING, POLICY, SECOND
from tests.publishing.test_publication import DAY, QUESTION, changed_amount

TOPICS = f"""topics:
- id: pension-amount
  question: {QUESTION}
  as_of: 2021-03-02
  kind: fact
  gold: [{{programme: basic-pension, document: basic-pension-2021, section: benefit}}]
  facts: [30만원]
"""


def test_a_gate_that_falls_is_held_against_the_drafts_and_one_that_is_missed_today_is_not(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "topics.yaml").write_text(TOPICS)
    gates = "floor:\n  - {measure: fact_recall, min: 0.9}\n  - {measure: crisis_recall, min: 1.0, n: 40}\n"
    (tmp_path / "gates.yaml").write_text(gates)
    office = replace(office, topics=(tmp_path / "topics.yaml",), gates=tmp_path / "gates.yaml")
    file = changed_amount(office, tmp_path)
    draft = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "금액")
    quick = preview(office, POLICY, [draft.id], seconds=0.0)
    assert (quick.asked, quick.unasked) == (0, 1)
    assert any("아직 묻지 않은" in reason for reason in quick.blocking)
    assert (quick.documents, quick.topics_cut, quick.weighed) == (1, 0, False)
    seen = with_gates(office, preview(office, POLICY, [draft.id]))
    assert seen.weighed
    assert any(gate.startswith("하한 fact_recall") for gate in seen.gates)
    assert not any("crisis_recall" in gate for gate in seen.gates)
    assert set(seen.gates) <= set(seen.blocking)
    assert office.records.rows("SELECT count(*) FROM answers")[0][0] == 0


def test_a_large_change_and_one_whose_questions_were_not_all_asked_wait_for_the_whole_evaluation() -> None:
    large, cut = replace(NOTHING, documents=11), replace(NOTHING, topics_cut=1)
    for seen, why in ((large, "문서 11개가 바뀜"), (cut, "묻지 않은 평가 질문 1개")):
        (reason,) = seen.blocking
        assert reason.startswith(why)
        assert "--gates" in reason
        assert replace(seen, weighed=True).blocking == ()
    assert replace(NOTHING, documents=10).blocking == ()


def test_the_questions_that_were_cut_off_are_counted(office: Office, tmp_path: Path) -> None:
    head, one = TOPICS.split("\n", 1)
    many = "".join(one.replace("pension-amount", f"pension-amount-{n}") for n in range(TOPICS_ASKED + 2))
    (tmp_path / "topics.yaml").write_text(f"{head}\n{many}")
    held = {d.id: d for d in office.assistant.documents()}
    edited = {"basic-pension-2021": replace(held["basic-pension-2021"], text="")}
    found = affected(
        replace(office, topics=(tmp_path / "topics.yaml",)), Difference.between(held, held | edited)
    )
    assert (len(found.topics), found.topics_cut) == (TOPICS_ASKED, 2)
    assert found.not_asked[0].startswith("평가 질문 2개")


def test_people_who_ask_all_the_time_see_no_error(office: Office, tmp_path: Path) -> None:
    office.assistant.ask(QUESTION, as_of=DAY)
    stop, errors, said = threading.Event(), list[BaseException](), list[str]()

    def ask() -> None:
        while not stop.wait(0.05):
            try:
                answer = office.assistant.ask(QUESTION, as_of=DAY, channel="page")
                said.append(" ".join(s.text for s in answer.statements))
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test names it
                errors.append(error)

    people = [threading.Thread(target=ask) for _ in range(10)]
    for person in people:
        person.start()
    file = changed_amount(office, tmp_path)
    draft = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "금액")
    seen = preview(office, POLICY, [draft.id])
    publication.publish(office, POLICY, [draft.id], "금액", preview=seen, override="고시", approver=SECOND)
    publication.undo(office, POLICY, "되돌림")
    stop.set()
    for person in people:
        person.join()
    assert errors == []
    assert len(said) > 10
    assert all(("30만원" in text) != ("31만원" in text) for text in said)
    assert office.records.rows("SELECT count(*) FROM answers")[0][0] == len(said) + 1
