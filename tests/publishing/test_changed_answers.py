"""Which questions are asked old and new: those that cited the programme, those refused, and on which days."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from assistant.channels.web.render_staff_preview import preview_html
from assistant.domain import Metadata, Term
from assistant.publishing import drafts
from assistant.publishing.affected import REFUSED_ASKED, affected
from assistant.publishing.changed_answers import AnswerChange
from assistant.publishing.difference import Difference
from assistant.publishing.office import Office
from assistant.publishing.preview import Preview, preview
from tests.publishing.conftest import NOTHING, POLICY
from tests.publishing.test_publication import DAY, QUESTION

DOG = "강아지 예방접종 비용 지원되나요?"
NEXT_AMOUNT = "399,000원"
TOPIC = f"""topics:
- id: pension-amount
  question: {QUESTION}
  as_of: 2021-03-02
  kind: fact
  gold: [{{programme: basic-pension, document: basic-pension-2021, section: benefit}}]
  facts: [30만원]
"""


def next_edition(office: Office, folder: Path, starts: date) -> Preview:
    """What an edition of the basic pension would change that takes effect on a day."""
    file = folder / "next.md"
    file.write_text(f"# 기초연금 사업안내 (새 판)\n\n## 지원내용\n\n- 월 최대 {NEXT_AMOUNT}을 드립니다.\n")
    metadata = Metadata(
        "basic-pension-next", "기초연금 사업안내 (새 판)", programme="basic-pension", category="노인",
        term=Term.ANNUAL, effective_from=starts, effective_until=starts + timedelta(days=364),
        owner="노인복지과", supersedes=("basic-pension-2021",), aliases=("기초연금",),
    )  # fmt: skip
    return preview(office, POLICY, [drafts.add(office, POLICY, file, metadata, "새 판").id])


def asked_of(changes: tuple[AnswerChange, ...], question: str) -> dict[date, AnswerChange]:
    return {change.as_of: change for change in changes if change.question == question}


def test_an_edition_that_takes_effect_tomorrow_shows_what_callers_will_hear_then(
    office: Office, tmp_path: Path
) -> None:
    """Its own document was cited by nobody, and on their own days the questions are answered as before."""
    (tmp_path / "topics.yaml").write_text(TOPIC)
    office = replace(office, topics=(tmp_path / "topics.yaml",))
    tomorrow = office.assistant.today() + timedelta(days=1)
    office.assistant.ask(QUESTION, as_of=DAY)
    seen = next_edition(office, tmp_path, tomorrow)
    for changes in (seen.logged, seen.topics):
        change = asked_of(changes, QUESTION)[tomorrow]
        assert NEXT_AMOUNT not in change.before
        assert NEXT_AMOUNT in change.after
        assert change.was_right is change.is_right is None, "nobody judged an answer of that day"
        assert DAY not in asked_of(changes, QUESTION), "the answer of the past does not change"
    assert (seen.asked, seen.unasked, seen.not_asked) == (1, 0, ())


def test_a_refused_question_that_a_new_document_answers_is_asked(office: Office, tmp_path: Path) -> None:
    for question in (DOG, "화성 이주 보조금 있나요?"):
        assert office.assistant.ask(question).status == "unanswerable_no_evidence"
    file = tmp_path / "dog.md"
    file.write_text(
        "# 반려견 예방접종비 지원\n\n## 지원대상\n\n- 강아지를 키우는 진주시민\n\n"
        "## 지원내용\n\n- 강아지 예방접종 비용을 5만원까지 지원합니다.\n"
    )
    metadata = Metadata(
        "dog-vaccine", "반려견 예방접종비 지원", category="시민생활", term=Term.OPEN,
        effective_from=DAY, owner="축산과", aliases=("강아지 예방접종 비용",),
    )  # fmt: skip
    seen = preview(office, POLICY, [drafts.add(office, POLICY, file, metadata, "새 사업").id])
    ((day, change),) = asked_of(seen.logged, DOG).items()
    assert day == office.assistant.today()
    assert change.before.startswith("[unanswerable_no_evidence]")
    assert "5만원" in change.after
    assert [c.question for c in seen.logged] == [DOG], "the other is refused still, whatever is near it now"


def test_the_refused_questions_nearest_to_what_is_new_are_asked_and_the_others_are_counted(
    office: Office,
) -> None:
    refused = office.assistant.answered("화성 이주 보조금 있나요?")
    near = "기초연금을 우주에서도 받나요?"
    for number, question in enumerate([near, *(f"화성 {n}호 이주 보조금" for n in range(REFUSED_ASKED + 2))]):
        office.records.log(replace(refused, answer_id=f"a{number}", question=question), {})
    held = {d.id: d for d in office.assistant.documents()}
    old = held["basic-pension-2021"]
    difference = Difference.between(held, held | {old.id: replace(old, text=f"{old.text}\n")})
    found = affected(replace(office, topics=()), difference)
    assert found.others[0].text == near, "it was logged first, and shares most with the document"
    assert len({question.text for question in found.others}) == REFUSED_ASKED
    (told,) = found.not_asked
    assert "답하지 못했던 질문 3개" in told
    assert told in preview_html(replace(NOTHING, not_asked=found.not_asked))


def test_the_days_to_ask_on_are_today_where_something_holds_and_the_next_on_which_something_begins(
    office: Office,
) -> None:
    today = date(2021, 6, 1)
    held = {d.id: d for d in office.assistant.documents()}
    old = held["basic-pension-2021"]
    ahead = replace(old, metadata=replace(old.metadata, id="next", effective_from=date(2022, 1, 1)))
    edited = replace(old, text=f"{old.text}\n")
    new = Difference.between(held, held | {"next": ahead})
    assert new.days(today) == (date(2022, 1, 1),)
    assert new.family == {"next", "basic-pension-2020", "basic-pension-2021"}
    both = Difference.between(held, held | {"next": ahead, old.id: edited})
    assert both.days(today) == (today, date(2022, 1, 1))
    gone = Difference.between(held, {i: d for i, d in held.items() if i != old.id})
    assert gone.days(today) == (today,)
