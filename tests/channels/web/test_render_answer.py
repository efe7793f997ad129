"""The result's HTML holds what the Answer holds, in the order of use in a call."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup

from assistant.answering.carried import Carried
from assistant.answering.related import Related
from assistant.answering.section_view import SectionView
from assistant.channels.web.render_answer import Beside, answer_html, error_html
from assistant.channels.web.render_drafts import drafts_html
from assistant.domain import Answer, Caution, Clarification, Facet, Filters, State, Statement, Status
from tests.channels.samples import (
    ANSWERED,
    CLOSED,
    CRISIS,
    NO_EVIDENCE,
    NOTICED,
    SITUATION,
    WHICH,
    quoted,
    said,
    view,
)


def shown(answer: Answer) -> BeautifulSoup:
    sections = {c.marker: view(c) for c in answer.citations if c.heading_path != ("제외대상",)}
    return BeautifulSoup(answer_html(answer, Beside(sections, drafts=drafts_html(answer))), "html.parser")


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [node.get_text(" ", strip=True) for node in soup.select(selector)]


def test_what_is_read_aloud_is_cited_and_what_must_be_confirmed_stands_beside_it() -> None:
    soup = shown(ANSWERED)
    assert texts(soup, ".aloud .say") == ["단독가구는 월 최대 30만원을 받습니다."]
    assert texts(soup, ".aloud .cite") == ["1"]
    assert texts(soup, ".confirm .say") == ["직역연금을 받는 사람은 받지 못합니다."]
    assert texts(soup, ".badge") == ["답변 가능"]


def test_rows_become_a_table_under_their_header() -> None:
    soup = shown(ANSWERED)
    assert texts(soup, ".details thead th") == ["가구", "금액", "근거"]
    assert [texts_of.get_text("|", strip=True) for texts_of in soup.select(".details tbody tr")] == [
        "단독가구|30만원|2",
        "부부가구|48만원|4",
    ]
    assert soup.select(".details tr.own") == []


def test_the_row_that_is_read_aloud_is_marked_as_the_callers() -> None:
    soup = shown(replace(ANSWERED, summary=(1,)))
    assert texts(soup, ".details tr.own td") == ["단독가구", "30만원", "해당 2"]


def test_a_row_that_is_read_aloud_looks_like_a_table_and_is_copied_word_for_word() -> None:
    soup = shown(replace(ANSWERED, summary=(1,)))
    assert [say.text for say in soup.select(".aloud .say")] == ["가구: 단독가구 · 금액: 30만원"]
    assert texts(soup, ".aloud .row-name") == ["가구 :", "금액 :"]
    assert [c.contents[-1].text for c in soup.select(".aloud .row-cell")] == ["단독가구", "30만원"]
    assert texts(soup, ".aloud .cite") == ["2"]


def test_a_row_of_another_year_keeps_its_year_and_a_row_that_was_shortened_stays_a_sentence() -> None:
    dated = replace(ANSWERED.statements[1], text="2021년 기준 · 가구: 단독가구 · 금액: 30만원")
    soup = shown(replace(ANSWERED, statements=(dated, *ANSWERED.statements[1:])))
    assert [say.text for say in soup.select(".aloud .say")] == [dated.text]
    assert texts(soup, ".aloud .row-lead") == ["2021년 기준"]
    short = replace(dated, text="단독가구는 30만원")
    soup = shown(replace(ANSWERED, statements=(short, *ANSWERED.statements[1:])))
    assert texts(soup, ".aloud .say") == ["단독가구는 30만원"]
    assert soup.select(".aloud .row-cell") == []


def test_a_header_lights_up_with_its_row() -> None:
    soup = shown(ANSWERED)
    assert [b["data-markers"] for b in soup.select(".details tbody .cite")] == ["2 3", "4 3"]


def test_each_section_is_shown_once_with_all_its_quotes() -> None:
    soup = shown(ANSWERED)
    cards = soup.select(".passage")
    assert [card["data-markers"] for card in cards] == ["1 2 3 4", "5"]
    assert {m["data-marker"] for m in cards[0].select("mark")} == {"1", "2", "3", "4"}
    assert texts(cards[1], "mark") == ["직역연금을 받는 사람은 받지 못합니다."]
    assert len(soup.select(".source")) == 1
    assert texts(soup, ".source-title") == ["기초연금 사업안내 (2021) 유효"]
    assert texts(soup, ".source-facts") == ["보건복지부 · 전국 유효기간 2021.1.1. ~ 2021.12.31. 원문 파일"]
    assert soup.select_one("a.original")["href"] == "api/document/basic-pension-2021/original"


def test_a_publisher_that_is_the_region_is_named_once() -> None:
    city = tuple(replace(c, publisher="진주시", region="진주시") for c in ANSWERED.citations)
    assert texts(shown(replace(ANSWERED, citations=city)), ".source-facts span")[0] == "진주시"


def test_a_document_stands_in_the_worst_state_it_is_used_in() -> None:
    aged = replace(ANSWERED.statements[1], state=State.OUTDATED)
    soup = shown(replace(ANSWERED, statements=(ANSWERED.statements[0], aged, *ANSWERED.statements[2:])))
    assert texts(soup, ".source-title .tag") == ["지난 판"]


def test_a_quoted_title_is_marked_where_the_title_stands() -> None:
    title = quoted(6, "기초연금 사업안내 (2021)")
    heading = SectionView(title.title, (), "# 기초연금 사업안내 (2021)\n", 2, 17, None)
    answer = replace(ANSWERED, citations=(*ANSWERED.citations, title))
    sections = {c.marker: view(c) for c in ANSWERED.citations} | {6: heading}
    soup = BeautifulSoup(answer_html(answer, Beside(sections)), "html.parser")
    assert texts(soup, ".source-title mark") == ["기초연금 사업안내 (2021)"]
    assert [p["data-markers"] for p in soup.select(".passage")] == ["6", "1 2 3 4 5"]


def test_related_programmes_are_buttons_with_why() -> None:
    related = (
        Related("jobs", "노인 일자리 (2021)", "near"),
        Related("disability", "장애인연금 (2021)", "excludes", "장애인연금을 받으면 받지 못합니다."),
    )
    soup = BeautifulSoup(answer_html(ANSWERED, Beside(related=related)), "html.parser")
    assert texts(soup, ".related li") == [
        "비슷한 문의 노인 일자리 (2021)",
        "함께 받지 못함 장애인연금 (2021) 장애인연금을 받으면 받지 못합니다.",
    ]
    assert soup.select_one(".related button")["data-value"] == "노인 일자리 지원 대상과 지원 내용"


def test_a_desk_is_told_once_with_its_citation() -> None:
    desk = said("국민연금공단: 1355", Facet.CONTACT, 5)
    soup = shown(replace(ANSWERED, statements=(*ANSWERED.statements, desk)))
    assert texts(soup, ".contacts div") == ["국민연금공단 1355 5"]
    assert "국민연금공단: 1355" not in texts(soup, ".details .say")


OUTDATED = replace(
    ANSWERED,
    status=Status.OUTDATED,
    as_of=date(2026, 11, 24),
    statements=(*ANSWERED.statements, said("국민연금공단: 1355", Facet.CONTACT, 5)),
    summary=(4,),
)


def test_a_desks_number_is_no_guidance_of_today_but_whom_to_confirm_with() -> None:
    soup = shown(OUTDATED)
    assert texts(soup, ".aloud h2") == ["이렇게 말씀하세요"]
    assert texts(soup, ".aloud p") == ["지금 금액과 기준은 국민연금공단 1355 에 확인하셔야 합니다."]
    assert soup.select(".aloud .say, .aloud button") == []
    assert texts(soup, ".contacts b") == ["1355"]
    asked_for = replace(OUTDATED, status=Status.ANSWERED)
    assert texts(shown(asked_for), ".aloud .say") == ["국민연금공단: 1355"]


def test_what_still_holds_of_a_past_edition_is_read_aloud_without_the_desks_number() -> None:
    soup = shown(replace(OUTDATED, summary=(0, 4)))
    assert texts(soup, ".aloud h2") == ["지금도 맞는 안내"]
    assert texts(soup, ".aloud .say") == ["단독가구는 월 최대 30만원을 받습니다."]


def test_what_is_over_is_told_as_past_and_cannot_be_copied_as_an_answer() -> None:
    over = replace(CLOSED, statements=tuple(replace(s, state=State.ENDED) for s in CLOSED.statements))
    assert texts(shown(over), ".aloud h2") == ["당시 안내 (지금은 종료)"]
    assert texts(shown(CLOSED), ".aloud h2") == ["당시 안내 (그 기간은 마감)"]
    assert shown(over).select('[data-action="copy-answer"]') == []
    assert len(shown(ANSWERED).select('[data-action="copy-answer"]')) == 1


def test_the_hint_beside_the_status_says_nothing_that_a_warning_denies() -> None:
    assert texts(shown(ANSWERED), ".hint") == ["기준일에 유효한 자료로 답합니다."]
    old = replace(ANSWERED, warnings=(Caution("old_edition", "2021년 자료에 따른 안내입니다."),))
    assert texts(shown(old), ".hint") == ["유효기간이 지난 자료에서 해마다 바뀌지 않는 부분만 답합니다."]
    undated = replace(ANSWERED, warnings=(Caution("validity_unknown", "알 수 없습니다."),))
    assert texts(shown(undated), ".hint") == ["유효기간을 알 수 없는 자료로 답합니다."]
    asked_of_2020 = replace(OUTDATED, warnings=(Caution("past_year", "2020년 자료입니다."),))
    assert "올해 기준이 아직" in texts(shown(OUTDATED), ".hint")[0]
    assert "올해" not in texts(shown(asked_of_2020), ".hint")[0]


def test_a_bulletin_looks_like_no_other_warning() -> None:
    soup = shown(NOTICED)
    assert texts(soup, ".notices .bulletin") == ["공지 예산 소진으로 접수 마감 (12월 31일까지, 김정책)"]
    assert texts(soup, ".notices .warn") == ["유효기간을 알 수 없습니다."]


def test_the_time_an_answer_took_is_no_counsellors_business() -> None:
    assert ANSWERED.timings_ms
    assert "ms" not in shown(ANSWERED).select_one(".status").text


def test_filters_that_are_on_are_said_and_can_be_put_off() -> None:
    soup = shown(replace(ANSWERED, filters=Filters("노인", "진주시")))
    assert texts(soup, ".narrowed .tag") == ["노인 · 진주시만"]
    assert soup.select_one(".narrowed button")["data-action"] == "ask-unfiltered"
    assert shown(ANSWERED).select(".narrowed") == []


def test_prose_has_a_place_only_where_a_model_is_asked() -> None:
    with_model = BeautifulSoup(answer_html(ANSWERED, Beside(prose=True)), "html.parser")
    assert len(with_model.select(".prose-slot")) == 1
    assert shown(ANSWERED).select(".prose-slot") == []


def test_what_the_next_question_leans_on_goes_to_the_browser() -> None:
    carried = Carried("기초연금", 3, "기초연금 얼마예요")
    result = BeautifulSoup(answer_html(ANSWERED, Beside(carried=carried, turn="7")), "html.parser").div
    assert result is not None
    kept = ("data-programme", "data-household", "data-bare", "data-turn")
    assert [result[name] for name in kept] == ["기초연금", "3", "기초연금 얼마예요", "7"]


def test_the_row_of_the_household_that_was_told_is_marked_though_another_sentence_is_read() -> None:
    soup = shown(replace(ANSWERED, question="부부가 받는데 기초연금 얼마예요?"))
    assert texts(soup, ".details tr.own td") == ["부부가구", "48만원", "해당 4"]


def test_an_open_end_of_a_programme_that_is_over_is_not_called_open() -> None:
    endless = replace(CLOSED.windows[0], end=None)
    soup = shown(replace(CLOSED, windows=(endless,)))
    assert texts(soup, ".notices li.over") == ["신청(온라인) 2021.5.17.부터 · 종료된 사업 1"]


def test_a_page_is_named() -> None:
    paged = replace(ANSWERED, citations=(replace(quoted(1, "단독가구"), page=7), *ANSWERED.citations[1:]))
    assert texts(shown(paged), ".page") == ["7쪽"]


def test_danger_stands_above_everything() -> None:
    result = shown(CRISIS).select_one(".result")
    assert result is not None
    first = next(iter(result.children))
    assert "alerts" in first["class"]
    assert texts(shown(CRISIS), ".hotline b") == ["109", "119"]


def test_a_window_that_a_warning_calls_over_is_said_once() -> None:
    soup = shown(CLOSED)
    assert texts(soup, ".notices li") == ["온라인 신청 마감: 2021.6.6. 1"]
    assert texts(soup, ".notices li.over") == []
    assert "framed" in soup.select_one(".aloud")["class"]


def test_days_have_one_form_and_titles_keep_theirs() -> None:
    told = "「생활안정지원금 (2021-01-14)」 종료: 2021-10-31 / 유효 (2026-01-05 시행)"
    soup = shown(replace(ANSWERED, warnings=(Caution("closed", told),)))
    assert texts(soup, ".notices .warn") == [
        "「생활안정지원금 (2021-01-14)」 종료: 2021.10.31. / 유효 (2026.1.5. 시행)"
    ]


def test_an_open_window_tells_the_days_left() -> None:
    soup = shown(replace(CLOSED, as_of=CLOSED.windows[0].end, warnings=(), status=Status.ANSWERED))
    assert texts(soup, ".notices li.open") == ["신청(온라인) 2021.5.17. ~ 2021.6.6. · 오늘 마감 1"]


def test_choices_are_buttons() -> None:
    soup = shown(WHICH)
    assert [(b.text, b["data-action"]) for b in soup.select(".choices button")] == [
        ("3차", "choose"),
        ("4차", "choose"),
    ]


def test_a_choice_that_is_over_says_so_and_is_asked_for_all_the_same() -> None:
    asks = Clarification("몇 차 지원금인가요?", ("3차 · 생활안정지원금 · 종료", "4차 · 생활안정지원금"))
    soup = shown(replace(WHICH, clarification=asks))
    assert texts(soup, ".choices button") == ["3차 · 생활안정지원금 종료", "4차 · 생활안정지원금"]
    assert texts(soup, ".choices .state-ended") == ["종료"]
    assert soup.select_one(".choices button")["data-value"].split(" · ")[0] == "3차"


def test_candidates_say_which_words_fit_and_what_is_still_to_be_asked() -> None:
    soup = shown(SITUATION)
    assert texts(soup, ".candidates .to-ask") == ["맞는 말 실직", "더 여쭐 것 재산? 소득?"]
    assert texts(soup, ".candidates .tag.ask") == ["재산?", "소득?"]
    assert texts(soup, ".candidates .tag.ok") == ["실직"]


def test_what_is_asked_about_many_programmes_is_to_choose_one() -> None:
    asked = replace(SITUATION, status=Status.CLARIFICATION_NEEDED)
    assert texts(shown(asked), ".hint") == [
        "처지에 맞을 수 있는 사업들입니다. 더 여쭐 것을 여쭤 보고 하나를 고르세요."
    ]
    assert "고르세요" not in texts(shown(WHICH), ".hint")[0]


def test_candidates_beside_an_answer_stand_below_it_with_what_they_quote() -> None:
    fits = replace(quoted(6, "**실직한** 가구를 돕습니다."), document_id="emergency")
    row = replace(quoted(7, "| 4인 | 187만원 |"), document_id="emergency")
    beside = replace(
        ANSWERED,
        citations=(*ANSWERED.citations, fits, row),
        candidates=(replace(SITUATION.candidates[0], citations=(6, 7)),),
    )
    soup = shown(beside)
    assert texts(soup, ".candidates h2") == ["상황에 따라 이런 사업도 해당될 수 있습니다"]
    assert texts(soup, ".lead + .candidates .say") == ["실직한 가구를 돕습니다."]
    assert texts(soup, ".lead + .candidates .cite") == ["6"]
    assert texts(soup, ".aloud .say") == ["단독가구는 월 최대 30만원을 받습니다."]


def test_candidates_stand_with_their_sentences_and_their_choices_stand_once() -> None:
    fits = Statement("실직한 가구를 돕습니다.", Facet.TARGET, "emergency", State.CURRENT, (1,))
    asks = Clarification("어떤 지원을 먼저 확인할까요?", ("긴급복지 생계지원",))
    one = replace(SITUATION.candidates[0], matched=("실직", "직"))
    soup = shown(replace(SITUATION, statements=(fits,), clarification=asks, candidates=(one,)))
    assert texts(soup, ".candidates h2") == ["어떤 지원을 먼저 확인할까요?"]
    assert texts(soup, ".candidates .say") == ["실직한 가구를 돕습니다."]
    assert texts(soup, ".candidates .tag.ok") == ["실직"]
    assert soup.select(".choices, .details") == []


def test_nothing_found_shows_no_invented_sentence() -> None:
    soup = shown(NO_EVIDENCE)
    assert soup.select(".aloud, .details, .passage") == []
    assert texts(soup, ".contacts b") == ["129"]


def test_a_missing_exclusion_is_said() -> None:
    soup = shown(replace(ANSWERED, must_confirm=(), missing=(Facet.EXCLUSION,)))
    assert texts(soup, ".confirm p") == ["제외 조건이 자료에 없습니다. 담당 기관에 확인하세요."]
    assert texts(soup, ".notices .missing") == ["자료 미확보: 제외·제한"]


def test_words_of_callers_cannot_become_markup() -> None:
    html = answer_html(replace(NO_EVIDENCE, question='<img src=x onerror="1">'), Beside())
    assert "<img" not in html
    assert "<b>" not in error_html("<b>", "k")


def test_a_follow_up_shows_how_it_was_understood() -> None:
    soup = shown(replace(ANSWERED, standalone_question="기초연금 서류"))
    assert soup.select_one("#standalone")["value"] == "기초연금 서류"


def test_drafts_have_their_limits() -> None:
    soup = shown(ANSWERED)
    found = [(t["data-unit"], t["data-limit"]) for t in soup.select(".draft textarea")]
    assert found == [("none", "0"), ("characters", "1000"), ("bytes", "90"), ("bytes", "2000"), ("none", "0")]


def test_documents_that_disagree_stand_side_by_side_with_their_days() -> None:
    other = replace(
        quoted(6, "단독가구는 월 최대 31만원을 받습니다.", title="기초연금 변경 안내"),
        document_id="basic-pension-change",
    )
    disagrees = said("단독가구는 월 최대 31만원을 받습니다.", Facet.BENEFIT, 6)
    answer = replace(
        ANSWERED,
        status=Status.CONFLICTING,
        statements=(*ANSWERED.statements, disagrees),
        summary=(0, 4),
        citations=(*ANSWERED.citations, other),
    )
    soup = shown(answer)
    assert texts(soup, ".side .say") == [
        "단독가구는 월 최대 30만원을 받습니다.",
        "단독가구는 월 최대 31만원을 받습니다.",
    ]
    assert [t.split(" · ")[0] for t in texts(soup, ".side .origin")] == ["자료 1", "자료 2"]
    assert all("유효기간 2021.1.1. ~ 2021.12.31." in t for t in texts(soup, ".side .origin"))
    assert soup.select('[data-action="copy-answer"]') == []
    assert soup.select(".lead .side") == []
    assert len(soup.select(".aloud + .lead .confirm")) == 1


def test_rows_stand_in_the_order_of_their_table_whichever_is_read_aloud() -> None:
    first, second = ANSWERED.statements[2], ANSWERED.statements[1]
    answer = replace(ANSWERED, statements=(ANSWERED.statements[0], first, second, ANSWERED.statements[3]))
    assert texts(shown(answer), ".details tbody td:first-child") == ["단독가구", "부부가구"]


def test_a_document_whose_days_are_over_is_not_called_valid() -> None:
    soup = shown(replace(ANSWERED, as_of=date(2026, 11, 24)))
    assert texts(soup, ".source-title .tag") == ["유효기간 지남"]


def test_the_call_note_has_its_time() -> None:
    html = drafts_html(ANSWERED, datetime(2021, 3, 2, 14, 5, tzinfo=UTC))
    note = BeautifulSoup(html, "html.parser").select_one("#draft-note textarea")
    assert note is not None
    assert note.text.splitlines()[0] == "상담 시각: 2021.3.2. 14:05"
