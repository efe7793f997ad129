"""A policy person's day on the page: sign-in, upload, what will change, publish, undo, bulletins, retire."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.index.encoder import Encoder
from assistant.service import Assistant
from assistant.settings import PROJECT
from tests.browser.axe import serious
from tests.browser.conftest import Desk
from tests.browser.hands import ask, set_day
from tests.browser.staff import QUESTION, Staff, amount_raised, asking, office_of, said, somebody
from tests.conftest import CACHE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECONDS_TO_SEE, SECONDS_TO_LIVE, SECONDS_TO_UNDO = 5, 5, 10
BUSY = 3
"""The limits are for a machine of its own (`python -m tests.browser.measure_publishing`); tests share one."""


@pytest.fixture(scope="module")
def office(city: Assistant, real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """220 documents; `city` has embedded them all before."""
    return office_of(tmp_path_factory.mktemp("office"), real_encoder, CACHE / "index")


@pytest.fixture(scope="module")
def server(office: Assistant, chromium: "Browser") -> Iterator[Desk]:
    server = Desk(office)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visitor(chromium: "Browser", server: Desk) -> Iterator[Staff]:
    """Somebody at the tab who has not signed in."""
    with somebody(chromium, server.address) as visitor:
        visitor.open()
        yield visitor


@pytest.fixture
def staff(visitor: Staff) -> Staff:
    """김정책, signed in."""
    visitor.sign_in()
    visitor.settle()
    return visitor


def test_the_tab_asks_for_a_sign_in_and_refuses_in_one_line(visitor: Staff, screenshots: Path) -> None:
    assert visitor.page.locator("#staff-file:visible").count() == 0
    assert serious(visitor.page) == []
    visitor.page.screenshot(path=screenshots / "staff-signin.png")
    visitor.sign_in(password="wrong horse")
    visitor.page.wait_for_selector(".sign-in-error:visible")
    assert "이름이나 비밀번호가 맞지 않습니다" in visitor.page.inner_text(".sign-in-error:visible")
    visitor.page.screenshot(path=screenshots / "staff-signin-refused.png")
    assert serious(visitor.page) == []


def test_a_counsellor_who_signs_in_is_told_what_is_missing_and_signs_out(
    visitor: Staff, screenshots: Path
) -> None:
    visitor.sign_in("이상담")
    visitor.page.wait_for_selector(".signed-in.refused:visible")
    assert "‘자료 게시’ 권한이 없습니다" in visitor.page.inner_text(".signed-in.refused:visible")
    assert visitor.page.locator("#staff-file:visible").count() == 0
    visitor.page.screenshot(path=screenshots / "staff-no-right.png")
    visitor.page.click(".signed-in:visible button")
    visitor.page.wait_for_selector(".sign-in:visible")


def test_one_amount_in_220_documents_is_seen_published_and_taken_back_while_ten_people_ask(
    staff: Staff, server: Desk, office: Assistant, tmp_path: Path, screenshots: Path
) -> None:
    page, records = staff.page, office.records
    assert records is not None
    assert "30만원" in said(server.address)
    old = records.logged("question = ?", (QUESTION,))[0]
    with asking(server.address) as failed:
        staff.upload(amount_raised(office, tmp_path))
        assert page.is_checked('#staff-relation input[value="있는 문서의 내용을 고침"]')
        assert serious(page) == []
        page.screenshot(path=screenshots / "staff-upload.png")
        staff.save("2021년 고시 금액을 반영")
        first, _ = staff.look()
        assert first < SECONDS_TO_SEE * BUSY
        shown = page.inner_text("#preview")
        for words in (
            "바뀌는 구절",
            "31만원",
            "답이 바뀌는 평가 질문",
            "맞던 답이 틀려짐",
            "충돌하는 자료: 없음",
        ):
            assert words in shown
        assert page.locator("#preview del", has_text="30만원").count() >= 1
        assert serious(page) == []
        page.screenshot(path=screenshots / "staff-preview.png")
        staff.write("publish-why", "고시 반영")
        page.click("#publish")
        page.wait_for_selector(".toast-body.error")
        assert "막는 것" in page.inner_text(".toast-body.error")
        page.screenshot(path=screenshots / "staff-blocked.png")
        assert "30만원" in said(server.address)
        staff.approve("고시 반영", "고시를 두 사람이 확인함")
        assert staff.publish() < SECONDS_TO_LIVE * BUSY
        assert "31만원" in said(server.address)
        page.screenshot(path=screenshots / "staff-published.png")
        assert records.opened(old.answer_id).answer == old.answer
        assert staff.undo("잘못 읽음") < SECONDS_TO_UNDO * BUSY
        assert "30만원" in said(server.address)
    assert failed == []
    page.locator("#past summary").nth(1).click()
    assert "31만원" in page.inner_text("#past details[open]")
    page.screenshot(path=screenshots / "staff-history.png")
    assert serious(page) == []


def test_a_pdf_stands_beside_what_will_be_cited_with_its_pages_drawn(staff: Staff, screenshots: Path) -> None:
    staff.upload(PROJECT / "corpus/노인/basic-pension-2023.pdf")
    assert staff.page.locator(".beside img").count() >= 1
    assert staff.page.locator(".cited-section").count() >= 3
    assert staff.page.evaluate(
        "[...document.querySelectorAll('.beside img')].every((i) => i.naturalWidth > 300)"
    )
    staff.page.screenshot(path=screenshots / "staff-pdf.png")
    assert serious(staff.page) == []


def test_a_new_edition_without_metadata_is_proposed_decided_and_saved(
    staff: Staff, tmp_path: Path, screenshots: Path
) -> None:
    file = tmp_path / "기초연금 2027.md"
    file.write_text(
        "# 기초연금 사업안내 (2027)\n\n## 지원내용\n\n| 가구 | 월 최대 금액 |\n|---|---|\n"
        "| 단독가구 | 36만원 |\n\n## 문의\n\n- 국민연금공단 1355\n",
        encoding="utf-8",
    )
    page = staff.page
    staff.upload(file)
    assert page.is_checked('#staff-relation input[value="다음 판 (앞 판을 대신함)"]')
    assert page.input_value("#staff-effective_from input") == "2027-01-01"
    assert page.locator(".cited-section table").count() == 1
    page.screenshot(path=screenshots / "staff-edition.png")
    staff.write("staff-owner", "")
    staff.write("staff-why", "내년 판")
    page.click("#staff-save")
    page.wait_for_selector(".toast-body.error")
    assert "owner" in page.inner_text(".toast-body.error")
    staff.write("staff-owner", "노인복지과")
    staff.save("내년 판")
    staff.look()
    assert "새로 생김" in page.inner_text("#preview")
    page.click("#drop")
    page.wait_for_selector("#preview .empty")


def test_a_bulletin_heads_the_programmes_answers_until_it_is_withdrawn(
    staff: Staff, server: Desk, chromium: "Browser", screenshots: Path
) -> None:
    page = staff.page
    staff.at("notices")
    staff.choose("notice-programme", "기초연금 사업안내")
    staff.write("notice-text", "전산 점검으로 오후 6시까지 접수가 늦어집니다.")
    staff.write("notice-until", "2099-12-31")
    page.click("#notice-post")
    page.wait_for_selector("#notices td")
    assert "보이는 중" in page.inner_text("#notices")
    page.wait_for_selector(".toast-body", state="hidden", timeout=20_000)
    page.screenshot(path=screenshots / "staff-notices.png")
    assert serious(page) == []
    with somebody(chromium, server.address) as counsellor:
        counsellor.page.goto(server.address)
        counsellor.page.wait_for_selector("#question input")
        ask(counsellor.page, "기초연금 얼마 나와요?")
        notices = counsellor.page.locator("#result .notices").inner_text()
        assert "전산 점검" in notices, notices
    staff.choose("notice-standing", "전산 점검")
    page.click("#notice-withdraw")
    page.wait_for_selector("#notices .state-ended")


def test_what_retiring_a_document_changes_is_seen_before_it_is_done(staff: Staff, screenshots: Path) -> None:
    page = staff.page
    staff.at("retire")
    staff.choose("retire-document", "basic-pension-2021")
    staff.write("retire-why", "잘못 올린 판")
    page.screenshot(path=screenshots / "staff-retire.png")
    assert serious(page) == []
    page.click("#retire")
    page.wait_for_selector("#look:visible")
    staff.look()
    assert "없어짐" in page.inner_text("#preview")
    page.click("#drop")
    page.wait_for_selector("#preview .empty")


def test_the_day_of_review_is_moved_without_a_file(
    staff: Staff, office: Assistant, screenshots: Path
) -> None:
    page = staff.page
    staff.at("metadata")
    staff.choose("info-document", "basic-pension-2021")
    page.wait_for_selector("#info-form:visible")
    assert page.input_value("#info-review_by input") == "2021-12-31"
    assert page.is_disabled("#info-id input")
    staff.write("info-review_by", "2027-06-30")
    staff.write("info-why", "내용을 확인함")
    page.screenshot(path=screenshots / "staff-document-info.png", full_page=True)
    assert serious(page) == []
    page.click('[data-action="dark"]')
    assert serious(page) == []
    page.click("#info-save")
    page.wait_for_selector("#look:visible")
    assert "정보 고침" in page.locator("#drafts label", has=page.locator("input:checked")).inner_text()
    assert str(office.document("basic-pension-2021").metadata.review_by) == "2021-12-31"
    page.click("#drop")
    page.wait_for_selector("#preview .empty")


def test_in_the_dark_everything_can_be_read(staff: Staff, screenshots: Path) -> None:
    set_day(staff.page, "2021-03-02")
    staff.page.click('[data-action="dark"]')
    staff.at("past")
    staff.page.wait_for_selector("#past details")
    staff.page.locator("#past summary").first.click()
    staff.page.screenshot(path=screenshots / "staff-dark.png")
    assert serious(staff.page) == []
    for tab in ("upload", "retire", "publish", "notices"):
        staff.at(tab)
        assert serious(staff.page) == []
