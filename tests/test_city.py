"""The project's own corpus, whole: the dated questions of the main job, and a hundred by the contract."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from assistant.answering.composer import syllables
from assistant.answering.grounding import numbers
from assistant.answering.serialise import answer_to_dict
from assistant.domain import Answer, Facet, State, Status
from assistant.service import Assistant
from assistant.settings import PROJECT

pytestmark = pytest.mark.slow

WHERE = "어머니가 67세신데 기초연금 어디서 신청해요?"
HOW_MUCH = "기초연금 얼마 나와요?"
DAYS = (date(2021, 5, 20), date(2024, 3, 4))


def quoted(city: Assistant, answer: Answer) -> bool:
    return all(
        city.document_text(c.document_id)[c.char_start : c.char_end] == c.quote for c in answer.citations
    )


def spoken(answer: Answer) -> list[str]:
    return [answer.statements[i].text for i in answer.summary]


@pytest.mark.parametrize("day", [None, date(2021, 3, 2), date(2023, 3, 2)])
def test_where_to_apply_for_the_basic_pension(city: Assistant, day: date | None) -> None:
    answer = city.ask(WHERE, as_of=day)
    assert answer.status is Status.ANSWERED
    assert {s.programme for s in answer.statements} == {"basic-pension"}
    assert any("읍면동 행정복지센터" in text or "국민연금공단" in text for text in spoken(answer))
    assert answer.citations
    assert quoted(city, answer)
    again = city.ask(WHERE, as_of=day)
    assert again.answer_id != answer.answer_id
    assert replace(again, answer_id="", timings_ms={}) == replace(answer, answer_id="", timings_ms={})


@pytest.mark.parametrize(
    ("day", "amount", "others"),
    [
        (date(2021, 3, 2), "300000", {"254760", "323180"}),
        (date(2023, 3, 2), "323180", {"300000", "254760"}),
    ],
)
def test_an_amount_is_that_of_the_edition_in_force(
    city: Assistant, day: date, amount: str, others: set[str]
) -> None:
    answer = city.ask(HOW_MUCH, as_of=day)
    assert answer.status is Status.ANSWERED
    said = {n for text in spoken(answer) for n in numbers(text)}
    assert amount in said
    assert said.isdisjoint(others)
    assert any("직역연금" in answer.statements[i].text for i in answer.must_confirm)


def test_after_the_last_edition_amounts_carry_their_year_and_are_not_read_out(city: Assistant) -> None:
    answer = city.ask(HOW_MUCH, as_of=date(2026, 11, 24))
    assert answer.status is Status.OUTDATED
    amounts = [s for s in answer.statements if re.search(r"\d\s?(?:만\s?)?(?:\d천)?원", s.text)]
    assert amounts
    assert all(re.search(r"20\d\d년", s.text) for s in amounts)
    assert all(answer.statements[i].state is State.CURRENT for i in answer.summary)
    assert "outdated" in {w.code for w in answer.warnings}
    assert quoted(city, answer)


def test_a_past_edition_that_is_asked_for_by_its_year_is_shown_with_it(city: Assistant) -> None:
    answer = city.ask("2020년 기초연금 얼마였나요?", as_of=date(2021, 6, 1))
    assert answer.status is Status.OUTDATED
    assert {c.document_id for c in answer.citations} == {"basic-pension-2020"}


def test_what_does_not_exist_is_not_answered_with_a_strangers_programme(city: Assistant) -> None:
    answer = city.ask("달나라 이주 지원금 신청 방법")
    assert answer.status is Status.NO_EVIDENCE
    assert (answer.statements, answer.citations, answer.summary) == ((), (), ())
    assert answer.contacts
    assert "129" in {c.phone for c in answer.contacts}
    assert all(c.phone != "055-754-1001" for c in answer.contacts)


def test_applying_for_the_happiness_fund_is_closed_with_its_day(city: Assistant) -> None:
    answer = city.ask("행복지원금 신청할게요")
    assert answer.status is Status.CLOSED
    assert {s.programme for s in answer.statements} == {"jinju-happiness-fund"}
    assert any(w.code == "closed" and "2021-06-06" in w.text for w in answer.warnings)
    assert quoted(city, answer)


def test_applying_for_the_happiness_fund_while_it_was_open(city: Assistant) -> None:
    answer = city.ask("행복지원금 신청할게요", as_of=date(2021, 5, 20))
    assert answer.status is Status.ANSWERED
    assert {s.programme for s in answer.statements} == {"jinju-happiness-fund"}
    assert answer.statements[answer.summary[0]].facet is Facet.APPLICATION


def test_the_card_may_be_used_until_the_end_of_october(city: Assistant) -> None:
    answer = city.ask("행복지원금 카드 언제까지 써요?", as_of=date(2021, 8, 1))
    assert answer.status is Status.ANSWERED
    assert any("2021년 10월 31일" in text for text in spoken(answer))
    assert any(w.kind == "use" and w.end == date(2021, 10, 31) for w in answer.windows)


def questions() -> list[str]:
    """A hundred questions of the development topics: the same share of every file."""
    files = sorted((PROJECT / "evals" / "topics").glob("*.yaml"))
    held = [
        [t["question"] for t in yaml.safe_load(f.read_text(encoding="utf-8"))["topics"] if "question" in t]
        for f in files
    ]
    total = sum(map(len, held))
    chosen = [q for own in held for q in own[:: max(1, total // 100)]]
    return list(dict.fromkeys(chosen))[:100]


def broken(city: Assistant, answer: Answer) -> list[str]:
    """The rules of the contract that an answer breaks, written anew: not the product's own check."""
    if any(i >= len(answer.statements) for i in (*answer.summary, *answer.must_confirm)):
        return ["an index points at no statement"]
    read_out = [answer.statements[i] for i in answer.summary]
    answered = answer.status is Status.ANSWERED
    rules = {
        "a quote is not at its span": quoted(city, answer),
        "the summary is too long": len(read_out) <= 3 and sum(syllables(s.text) for s in read_out) <= 130,
        "answered without a summary": not answered or bool(read_out or answer.candidates),
        "reads out what is not current": not answered or all(s.state is State.CURRENT for s in read_out),
        "unanswerable, yet it states something": not (
            answer.status.value.startswith("unanswerable") and answer.statements
        ),
        "withheld by the product's own check": all(w.code != "check_failed" for w in answer.warnings),
    }
    return [rule for rule, kept in rules.items() if not kept] + uncited(answer)


def uncited(answer: Answer) -> list[str]:
    """Statements without a citation, or with a number that what they cite does not hold."""
    quotes = {c.marker: c.quote for c in answer.citations}
    found = []
    for statement in answer.statements:
        if not statement.citations or not set(statement.citations) <= quotes.keys():
            found.append(f"no citation: {statement.text}")
        elif not numbers(statement.text) <= numbers(" ".join(quotes[m] for m in statement.citations)):
            found.append(f"a number is not cited: {statement.text}")
    return found


@pytest.mark.parametrize(
    ("day", "question", "said"),
    [
        (date(2021, 6, 15), "생계급여 3인 기준 얼마", "3,983,950원 × 30% = 1,195,185원"),
        (date(2021, 6, 15), "중위소득 60% 3인 얼마", "3,983,950원 × 60% = 2,390,370원"),
        (date(2023, 5, 10), "저소득 한부모 3인 가구 소득기준", "4,434,816원 × 60% = 2,660,890원"),
        (date(2024, 3, 5), "교육급여 4인 가구 소득기준", "기준 중위소득 50%: 2,864,956원"),
    ],
)
def test_an_income_line_is_calculated_from_cited_inputs(
    city: Assistant, day: date, question: str, said: str
) -> None:
    answer = city.ask(question, as_of=day)
    told = next(w for w in answer.warnings if w.code == "calculated")
    assert said in told.text
    row = next(c for c in answer.citations if c.marker == told.citation)
    assert row.document_id.startswith(f"median-income-{day.year}")
    cited = " ".join(c.quote for c in answer.citations)
    inputs = numbers(said.split("=")[0]) if "×" in said else numbers(said.split(": ")[1])
    assert inputs - numbers(question) <= numbers(cited)
    assert not any(numbers(said.split("=")[-1]) & numbers(text) for text in spoken(answer) if "×" in said)


@pytest.mark.parametrize(
    ("day", "question"),
    [
        (date(2023, 5, 10), "의료급여 다섯식구 소득기준"),
        (date(2023, 5, 10), "저소득 한부모 2인 가구 소득기준"),
        (date(2021, 6, 15), "기준중위소득 3인"),
        (date(2025, 3, 5), "주거급여 3인 소득 얼마까지"),
    ],
)
def test_without_both_inputs_or_with_an_amount_of_its_own_nothing_is_calculated(
    city: Assistant, day: date, question: str
) -> None:
    assert "calculated" not in {w.code for w in city.ask(question, as_of=day).warnings}


def test_a_hundred_questions_on_two_days_keep_the_contract_and_repeat(city: Assistant) -> None:
    asked = questions()
    assert len(asked) == 100
    findings, statuses = [], set()
    for day in DAYS:
        first = [city.ask(question, as_of=day) for question in asked]
        second = [city.ask(question, as_of=day) for question in reversed(asked)][::-1]
        for question, one, two in zip(asked, first, second, strict=True):
            findings += [f"{question} ({day}): {line}" for line in broken(city, one)]
            if replace(one, answer_id="", timings_ms={}) != replace(two, answer_id="", timings_ms={}):
                findings.append(f"{question} ({day}): differs the second time")
            statuses.add(one.status)
    assert findings == []
    assert statuses >= {Status.ANSWERED, Status.OUTDATED, Status.CLOSED, Status.NO_EVIDENCE}


def test_a_hundred_answers_hold_the_schema(city: Assistant, shared_data: Path) -> None:
    schema = yaml.safe_load(
        (shared_data.parent / "contracts" / "answer.schema.json").read_text(encoding="utf-8")
    )
    validator = jsonschema.Draft202012Validator(schema)
    findings = [
        f"{question}: {'/'.join(map(str, error.path))}: {error.message}"
        for question in questions()
        for error in validator.iter_errors(answer_to_dict(city.ask(question, as_of=DAYS[0])))
    ]
    assert findings == []


def test_a_programme_that_is_announced_is_told_with_its_first_day(city: Assistant) -> None:
    answer = city.ask("진주시 산후조리비 언제부터 나와요", as_of=date(2021, 6, 22))
    assert answer.status is Status.ANSWERED
    assert {answer.statements[i].programme for i in answer.summary} == {"jinju-postpartum-care"}
    assert "시행 전입니다: 2021-07-01부터" in [w.text for w in answer.warnings]


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("5차 목욕장업 지원금 얼마", Status.ANSWERED),
        ("진주 5차 소상공인 지원금 얼마", Status.CLARIFICATION_NEEDED),
    ],
)
def test_rounds_of_one_number_are_asked_about_only_where_none_is_clearly_meant(
    city: Assistant, question: str, status: Status
) -> None:
    answer = city.ask(question, as_of=date(2021, 6, 9))
    assert answer.status is status


@pytest.mark.parametrize(
    ("question", "day", "choices"),
    [
        ("2차 재난지원금 얼마예요", date(2020, 10, 15), {"새희망자금", "아동 특별돌봄"}),
        ("4차 재난지원금 얼마", date(2021, 4, 10), {"버팀목자금 플러스", "긴급고용안정지원금 (4차)"}),
        ("5차 재난지원금 금액", date(2021, 9, 15), {"상생 국민지원금", "희망회복자금"}),
        ("5차 재난지원금 금액", date(2022, 9, 15), {"상생 국민지원금", "희망회복자금"}),
    ],
)
def test_a_numbered_relief_that_several_programmes_are_called_by_is_asked_about(
    city: Assistant, question: str, day: date, choices: set[str]
) -> None:
    answer = city.ask(question, as_of=day)
    assert answer.status is Status.CLARIFICATION_NEEDED
    assert answer.clarification is not None
    said = " / ".join(answer.clarification.choices)
    assert all(choice in said for choice in choices), said


def test_a_numbered_relief_with_its_kind_is_answered(city: Assistant) -> None:
    answer = city.ask("소상공인 5차 재난지원금 얼마", as_of=date(2021, 9, 15))
    assert answer.status is Status.ANSWERED
    assert {answer.statements[i].programme for i in answer.summary} == {"sbiz-recovery-fund"}


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("소상공인 버팀목자금 플러스", date(2021, 5, 26)),
        ("진주시 특고·프리랜서 생활안정지원금", date(2021, 2, 3)),
    ],
)
def test_a_candidate_that_is_chosen_tells_whom_it_is_for_and_what_it_gives(
    city: Assistant, title: str, day: date
) -> None:
    answer = city.ask(f"{title} 지원 대상과 지원 내용", as_of=day)
    assert answer.status is Status.ANSWERED
    assert {answer.statements[i].facet for i in answer.summary} == {Facet.TARGET, Facet.BENEFIT}


@pytest.mark.parametrize(
    ("question", "day", "picked", "said"),
    [
        ("진주 5차 소상공인 지원금 얼마", date(2021, 6, 9), "5차", "목욕장업"),
        ("진주 5차 소상공인 지원금 얼마", date(2021, 6, 9), "5차 추가", "집합금지"),
        ("진주 코로나 예방접종 누가 맞아요", date(2021, 6, 5), "얀센", "얀센"),
    ],
)
def test_a_round_that_is_picked_is_answered_and_not_asked_again(
    city: Assistant, question: str, day: date, picked: str, said: str
) -> None:
    asked = city.ask(question, as_of=day)
    assert asked.clarification is not None
    assert picked in {choice.split(" · ")[0] for choice in asked.clarification.choices}
    answer = city.ask(f"{question} {picked}", as_of=day)
    assert answer.status is Status.ANSWERED
    assert said in answer.statements[answer.summary[0]].text


def test_an_amount_of_another_household_is_not_read_out(city: Assistant) -> None:
    four = city.ask("긴급복지 생계지원금 4인 얼마", as_of=date(2023, 6, 10))
    assert any("1,620,200원" in text for text in spoken(four))
    two = city.ask("긴급복지 생계지원금 2인 얼마", as_of=date(2023, 6, 10))
    assert not any("1,620,200원" in text for text in spoken(two))


def test_a_slip_of_the_pen_is_not_told_as_lacking(city: Assistant) -> None:
    answer = city.ask("기초년금 신청은 생일 전에 미리 해도 되나요", as_of=date(2023, 5, 10))
    assert {answer.statements[i].programme for i in answer.summary} == {"basic-pension"}
    assert not any("기초년금" in w.text for w in answer.warnings)
    assert len({w.text for w in answer.warnings}) == len(answer.warnings)


def test_a_misspelt_name_is_answered_like_the_name(city: Assistant) -> None:
    day = date(2023, 3, 11)
    slip, right = (city.ask(f"{name} 혼자면 얼마", as_of=day) for name in ("기초연굼", "기초연금"))
    assert slip.status is Status.ANSWERED
    assert spoken(slip) == spoken(right)
    assert any("323,180원" in text for text in spoken(slip))


def test_a_question_that_asks_nothing_in_particular_is_not_answered_by_advice(city: Assistant) -> None:
    answer = city.ask("할매 틀니 하는데 나라서 보태주는거 있다카던데", as_of=date(2024, 5, 20))
    assert {s.programme for s in answer.statements} == {"senior-denture"}
    assert not any("세정제" in text for text in spoken(answer))


def test_what_was_paid_is_read_out_of_a_programme_that_is_over(city: Assistant) -> None:
    answer = city.ask("2020년 5월에 나라에서 준 재난지원금 3인가구 얼마였어요", as_of=date(2021, 6, 15))
    assert answer.status is Status.CLOSED
    assert any("800,000" in text for text in spoken(answer))
    assert not any(w.code == "not_mentioned" for w in answer.warnings)
