"""The log: search, and old answers that open as they were however often the corpus was built anew."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.domain import Status
from assistant.errors import AccessDenied, RecordsError
from assistant.publishing import corrections, drafts
from assistant.publishing.log import Now, open_answer, search_log
from assistant.publishing.office import Office
from assistant.records.logged import Verdict
from tests.publishing.conftest import COUNSELLOR, EVALUATOR, POLICY, look_and_publish
from tests.publishing.test_publication import DAY, QUESTION, changed_amount

ASKED = (
    QUESTION,
    "기초연금 어디서 신청해요?",
    "기초연금 서류 뭐 필요해요?",
    "기초연금 못 받는 사람은 누구예요?",
    "행복지원금 언제까지 신청해요?",
    "행복지원금 얼마예요?",
    "자살예방 상담전화 번호",
    "생계급여 선정기준",
)


def test_answers_are_found_by_words_days_status_and_verdict(office: Office) -> None:
    given = office.assistant.ask(QUESTION, as_of=DAY)
    refused = office.assistant.ask("달나라 이주 지원금")
    office.assistant.rate(given.answer_id, Verdict.OUTDATED)
    today = office.assistant.today()

    def found(**asked: object) -> list[str]:
        return [logged.answer_id for logged in search_log(office, EVALUATOR, **asked)]  # type: ignore[arg-type]  # each case names its own

    assert found() == [refused.answer_id, given.answer_id]
    assert found(words="기초연금 30만원") == [given.answer_id]
    assert found(words="30만원 달나라") == []
    assert found(words="100%_") == []
    assert found(status=Status.NO_EVIDENCE) == [refused.answer_id]
    assert found(verdict=Verdict.OUTDATED) == [given.answer_id]
    assert found(since=today, until=today) == found()
    assert found(since=today + timedelta(days=1)) == found(until=today - timedelta(days=1)) == []
    for person in (COUNSELLOR, None):
        with pytest.raises(AccessDenied):
            search_log(office, person)
        with pytest.raises(AccessDenied):
            open_answer(office, person, given.answer_id)
    with pytest.raises(RecordsError, match="기록에 없는"):
        open_answer(office, POLICY, "nothing")


def test_every_citation_of_the_log_opens_with_its_quote_in_place_after_three_rebuilds(
    office: Office, tmp_path: Path
) -> None:
    for day in (DAY, date(2024, 6, 3)):
        for question in ASKED:
            office.assistant.ask(question, as_of=day)
    before = {logged.answer_id: logged.answer for logged in office.records.logged()}
    first = office.assistant.generation_id
    shifted = tmp_path / "shifted.md"
    body = (office.corpus_dir / "노인/basic-pension-2021.md").read_text()
    shifted.write_text(body.replace("\n## ", "\n## 알림\n\n- 앞에 새 문단이 들어왔습니다.\n\n## ", 1))
    for change in (
        drafts.replace_document(office, POLICY, "basic-pension-2021", shifted, "밀림"),
        drafts.retire(office, POLICY, "suicide-hotline-109", "내림"),
    ):
        look_and_publish(office, POLICY, change, "다시 만듦")
    amount = drafts.replace_document(
        office, POLICY, "basic-pension-2021", changed_amount(office, tmp_path), "금액"
    )
    look_and_publish(office, POLICY, amount, "다시 만듦")
    assert len({first, *(m.generation for m in office.generations.list())}) == 4
    seen = set[Now]()
    opened = [open_answer(office, POLICY, answer_id) for answer_id in before]
    for old in opened:
        assert old.logged.answer == before[old.logged.answer_id]
        assert old.logged.generation == first
        assert [p.marker for p in old.passages] == [c["marker"] for c in old.logged.answer["citations"]]
        for passage, citation in zip(old.passages, old.logged.answer["citations"], strict=True):
            assert passage.whole
            assert passage.text[passage.quote_start : passage.quote_end] == citation["quote"]
        seen |= set(old.now)
    assert sum(len(old.passages) for old in opened) >= 20
    assert seen == {Now.SAME, Now.CHANGED, Now.GONE}


def test_an_answer_that_quoted_a_part_of_the_wrong_words_is_called_back_too(office: Office) -> None:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    document = office.assistant.document("basic-pension-2021")
    citation = answer.citations[0]
    around = document.text[citation.char_start - 20 : citation.char_end + 20]
    assert len(around) > len(citation.quote)
    number = corrections.open_correction(office, POLICY, "basic-pension-2021", around, "문단이 틀림")
    (entry,) = corrections.to_call_back(office, COUNSELLOR, number)
    assert entry.answer_id == answer.answer_id
    (listed,) = corrections.corrections(office, COUNSELLOR)
    assert (listed.id, listed.why, listed.answers, listed.done) == (number, "문단이 틀림", 1, 0)
    corrections.tick(office, COUNSELLOR, number, answer.answer_id)
    assert corrections.corrections(office, COUNSELLOR)[0].done == 1
