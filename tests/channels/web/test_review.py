"""The tabs of policy staff over HTTP: log, approved answers, corrections, work list, gaps, bench."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.answering.serialise import evidence_to_dict
from assistant.channels.web.page import build_app
from assistant.index.encoder import Encoder
from assistant.publishing import drafts
from assistant.publishing.history import history
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.records.users import Role, User, Users
from assistant.service import Assistant
from tests.channels.web.visitor import PASSWORD, Visitor
from tests.desk import apart
from tests.publishing.conftest import look_and_publish

DAY = date(2021, 3, 2)
HOW_MUCH, WHERE = "기초연금 얼마 받나요?", "기초연금 어디서 신청해요?"
PENSION = "basic-pension-2021"
POLICY = User("김정책", Role.POLICY)
As = Callable[[str | None], Visitor]


@pytest.fixture
def office(desk: Assistant, real_encoder: Encoder, tmp_path: Path) -> Office:
    """A corpus of its own, with somebody of every role and two who may approve."""
    settings = apart(desk, tmp_path, "corpus", "index")
    users = Users(settings.users_path)
    for name, role in (
        ("김정책", Role.POLICY),
        ("박승인", Role.POLICY),
        ("최평가", Role.EVALUATOR),
        ("이상담", Role.COUNSELLOR),
        ("강관리", Role.ADMIN),
    ):
        users.add(name, PASSWORD, role)
    records = Records(settings.records_path)
    return Office(Assistant(settings, real_encoder, records), records)


@pytest.fixture
def visit(office: Office) -> Iterator[As]:
    """Somebody before the page, by name; None: a stranger."""
    app = build_app(office.assistant, office.settings)
    with TestClient(app) as opened:
        assert opened.get("/api/health").status_code == 200
        yield lambda name: Visitor(TestClient(app), name)


def asked(office: Office, question: str = HOW_MUCH) -> str:
    return office.assistant.ask(question, as_of=DAY, channel="web", user="이상담", call="3번").answer_id


def rebuilt(office: Office, folder: Path) -> None:
    """Three publications: a section that moves, an amount that changes, a document that goes."""
    path = office.corpus_dir / office.assistant.document(PENSION).path
    for number, (old, new) in enumerate((("\n## ", "\n## 알림\n\n- 새 문단\n\n## "), ("30만원", "31만원"))):
        file = folder / f"{number}.md"
        file.write_text(path.read_text().replace(old, new, 1))
        draft = drafts.replace_document(office, POLICY, PENSION, file, "고침")
        look_and_publish(office, POLICY, draft, "고침")
    gone = drafts.retire(office, POLICY, PENSION, "내림")
    look_and_publish(office, POLICY, gone, "내림")


def test_after_three_rebuilds_an_old_answer_opens_on_the_page_with_every_quote_in_place(
    office: Office, visit: As, tmp_path: Path
) -> None:
    given = [asked(office, question) for question in (HOW_MUCH, WHERE, "기초연금 서류 뭐 필요해요?")]
    first = office.assistant.generation_id
    rebuilt(office, tmp_path)
    assert len({m.generation for m in office.generations.list()}) == 4
    person, quotes = visit("최평가"), 0
    for answer_id in given:
        _, page = person.do("log-open", answer=answer_id)
        assert first in page
        assert answer_id in page
        citations = office.records.opened(answer_id).answer["citations"]
        for citation in citations:
            marks = re.findall(rf'<mark data-marker="[^"]*\b{citation["marker"]}\b[^"]*">(.*?)</mark>', page)
            shown = "".join(re.sub(r"<[^>]+>", "", mark) for mark in marks)
            wanted = re.sub(r"\*\*|__|`|[|\n]|^\s*[-*]\s+|^#+\s*", "", citation["quote"])
            assert re.sub(r"\s", "", wanted) in re.sub(r"\s", "", html.unescape(shown))
            quotes += 1
        for passage in office.records.passages(answer_id):
            assert passage.hash in page
        assert "자료 내려감" in page
        assert "해시가 맞지 않습니다" not in page
    assert quotes >= 6


def test_a_logged_answer_becomes_an_approved_one_that_a_second_person_lets_out(
    office: Office, visit: As
) -> None:
    answer_id = asked(office)
    author, second = visit("김정책"), visit("박승인")
    assert HOW_MUCH in author.do("log-search", words="기초연금")[0]
    _, page = author.do("log-open", answer=answer_id)
    statements = re.findall(r'name="statements" value="(\d+)" checked', page)
    assert statements
    told, listed = author.do(
        "curate", answer=answer_id, questions="어르신 연금 액수가 궁금해요\n\n", statements=statements[0],
        since="2021-01-01", until="2021-12-31", note="",
    )  # fmt: skip
    assert "승인 답변 1번을 만들었습니다" in told
    assert "승인 기다림" in listed
    assert "본인" in author.refused("curated-approve", number="1")
    assert "1번을 승인했습니다. 유효 기간 동안 나갑니다" in second.do("curated-approve", number="1")[0]
    served = office.assistant.ask("어르신 연금 액수가 궁금합니다", as_of=DAY)
    assert served.warnings[0].code == "curated"
    second.do("curated-withdraw", number="1")
    assert office.assistant.ask(HOW_MUCH, as_of=DAY).warnings[:1] != served.warnings[:1]


def test_an_approved_answer_whose_passage_changed_is_listed_as_stopped(
    office: Office, visit: As, tmp_path: Path
) -> None:
    answer_id, today = asked(office), office.assistant.today()
    author, second = visit("김정책"), visit("박승인")
    until = str(today + timedelta(days=30))
    author.do("curate", answer=answer_id, statements=["0"], since=str(today), until=until)
    assert "지금은 멈춰 있습니다. 기초연금" in second.do("curated-approve", number="1")[0]
    rebuilt(office, tmp_path)
    listed = author.do("curated-again")[0]
    assert "멈춤" in listed
    assert "근거 자료가 내려갔거나" in listed
    assert "멈춘 승인 답변" in author.do("work-again")[0]


def test_answers_from_a_wrong_passage_are_called_back_and_ticked_with_a_name(
    office: Office, visit: As
) -> None:
    answer_id = asked(office)
    quote = office.records.opened(answer_id).answer["citations"][0]["quote"]
    author, counsellor = visit("김정책"), visit("이상담")
    told, listed, calls = author.do("correct", document=PENSION, words=quote, why="금액이 지난해 것")
    assert "1건입니다" in told
    assert "1건 남음" in listed
    assert "통화 메모: 3번" in calls
    assert "1건 남음" in counsellor.do("corrections-again")[0]
    listed, calls = counsellor.do(
        "correction-tick", number="1", answer=answer_id, note="010-1234-5678로 안내"
    )
    assert "모두 걸었음" in listed
    assert "이상담" in calls
    assert "010-1234-5678" not in calls


def test_the_work_list_and_the_gaps_are_shown_and_saved(office: Office, visit: As) -> None:
    for question in ("강아지 예방접종 비용 지원되나요", "강아지 예방접종 지원"):
        office.assistant.ask(question)
    office.assistant.rate(asked(office), "오래됨", "작년 것")
    person, today = visit("최평가"), office.assistant.today()
    assert "나쁜 평가" in person.opening()
    assert HOW_MUCH in person.do("work-again")[0]
    (file,) = person.do("work-csv")
    rows = list(csv.DictReader(io.StringIO(file["text"][1:])))
    assert ("나쁜 평가", HOW_MUCH) in {(row["종류"], row["대상"]) for row in rows}
    found = person.do("gaps-find", since=str(today), until=str(today))[0]
    assert "다른 말 1가지" in found
    (file,) = person.do("gaps-csv", since=str(today), until=str(today))
    assert file["name"] == f"gaps-{today}-{today}.csv"
    assert "강아지" in file["text"]
    past = str(today - timedelta(days=40))
    assert "답하지 못한 질문이 없습니다" in person.do("gaps-find", since=past, until=past)[0]


def test_a_row_leads_to_the_document_and_a_question_is_ticked_off(office: Office, visit: As) -> None:
    office.assistant.rate(asked(office), "오래됨", "작년 것")
    person, reader = visit("김정책"), visit("최평가")
    page = person.do("work-again")[0]
    ways = re.findall(r'data-do="info-open" data-tab="staff metadata" data-document="(.*?)"', page)
    assert ways
    assert set(ways) <= {document.id for document in office.assistant.documents()}
    assert f'data-do="work-settle" data-question="{HOW_MUCH}"' in page
    for way in ("info-open", "work-settle"):
        assert way not in reader.do("work-again")[0]
    assert "권한이 없습니다" in reader.refused("work-settle", question=HOW_MUCH)
    assert HOW_MUCH not in person.do("work-settle", question=HOW_MUCH)[0]
    assert "할 일에 없는 질문" in person.refused("work-settle", question=HOW_MUCH)


def test_the_bench_shows_what_search_gives_and_switches_a_document(office: Office, visit: As) -> None:
    person = visit("김정책")
    page = person.do("bench-try", question=HOW_MUCH, as_of=str(DAY), k="10")[0]
    found = office.assistant.search(HOW_MUCH, as_of=DAY, everything=True)
    rows = re.findall(r"<tr.*?</tr>", page)[1:]
    assert len(rows) == len(found)
    for row, evidence in zip(rows, map(evidence_to_dict, found), strict=True):
        assert html.escape(evidence["path"]) in row
        assert f"{evidence['score']:.3f}" in row
        assert f'state-{evidence["state"]}"' in row
        assert (evidence["rejected"] or "") in row
        for rank in (evidence["lexical_rank"], evidence["dense_rank"]):
            assert rank is None or f"{rank}위" in row
    page, off = person.do("switch-off", document=PENSION, note="금액 확인", question=HOW_MUCH, as_of=str(DAY))
    assert "꺼 둔 자료입니다" in page
    assert "김정책: 금액 확인" in off
    assert PENSION not in json.dumps(
        [c.document_id for c in office.assistant.ask(HOW_MUCH, as_of=DAY).citations]
    )
    assert "까닭" in person.refused("switch-on", document=PENSION, note=" ")
    assert person.do("switch-on", document=PENSION, note="맞음") == [""]
    assert [line.kind for line in history(office)] == ["on", "off"]


def test_who_may_only_read_sees_no_buttons_and_a_counsellor_only_calls(office: Office, visit: As) -> None:
    answer_id = asked(office)
    evaluator, counsellor, stranger = visit("최평가"), visit("이상담"), visit(None)
    page = evaluator.do("log-open", answer=answer_id)[1]
    assert "data-do=" not in page
    assert "switch-off" not in evaluator.do("bench-try", question=HOW_MUCH, as_of=str(DAY))[0]
    assert "권한이 없습니다" in evaluator.refused("switch-off", document=PENSION, note="x")
    assert "권한이 없습니다" in counsellor.refused("log-search", words="")
    assert HOW_MUCH not in counsellor.opening()
    assert "로그인이 필요합니다" in stranger.refused("correction-open", number="1")
    refused = office.records.rows("SELECT user, action FROM audit WHERE allowed = 0 ORDER BY id")
    assert [tuple(row) for row in refused] == [
        ("최평가", "자료 게시"), ("이상담", "기록 열람"), (None, "정정 전화"),
    ]  # fmt: skip


def test_an_administrator_reads_who_tried_what(office: Office, visit: As) -> None:
    admin, counsellor = visit("강관리"), visit("이상담")
    assert "감사 기록" in admin.opening()
    assert "감사 기록" not in visit("김정책").opening()
    assert "권한이 없습니다" in counsellor.refused("log-search", words="")
    today = str(office.assistant.today())
    (page,) = admin.do("trail-find", since=today, until=today, refused="on")
    rows = [re.findall(r"<td>(.*?)</td>", row)[1:4] for row in re.findall(r"<tr>(.*?)</tr>", page)[1:]]
    assert rows == [["이상담", "기록 열람", "<b>거절</b>"]]
    (page,) = admin.do("trail-find")
    assert ["강관리", "감사 기록", "허용"] in [
        re.findall(r"<td>(.*?)</td>", row)[1:4] for row in re.findall(r"<tr>(.*?)</tr>", page)[1:]
    ]
    past = str(office.assistant.today() - timedelta(days=1))
    assert "이 기간에는 없습니다" in admin.do("trail-find", until=past)[0]
    assert "권한이 없습니다" in visit("김정책").refused("trail-find")


def test_what_cannot_be_read_is_one_line(office: Office, visit: As) -> None:
    person = visit("김정책")
    for name, sent in (
        ("log-search", {"since": "어제"}),
        ("log-open", {}),
        ("curated-approve", {"number": "하나"}),
        ("bench-try", {"k": "9999"}),
        ("gaps-find", {"since": ["2021-01-01"]}),
    ):
        assert "새로 고쳐 주세요" in person.refused(name, **sent)
    assert "기록에 없는 답" in person.refused("log-open", answer="nothing")
    assert "정정 목록에서 번호" in person.refused("correction-open", number="7")
    assert "찾은 답이 없습니다" in person.do("log-search", words="</mark>{x}'\"")[0]
