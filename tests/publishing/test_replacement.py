"""What a new text changes in the metadata of the document it replaces, and what is told of it."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.corpus.library import load_corpus
from assistant.domain import Contact, Document, Metadata, Window
from assistant.publishing.replacement import NO_DIFFERENCE, replacement
from assistant.settings import PROJECT

TEXT = """# 나눔 (2021)

## 신청기간
- 온라인: 2021. 5. 17. ~ 5. 30. 신청
- 방문: 2021. 6. 7. ~ 7. 16. 신청

## 문의
- 진주시 복지정책과 055-749-1111
- 콜센터 없이 129
"""
ONLINE = Window("apply", date(2021, 5, 17), date(2021, 5, 30), "온라인")
VISIT = Window("apply", date(2021, 6, 7), date(2021, 7, 16), "방문", "학생")
DESK, LINE = Contact("복지정책과", "055-749-1111"), Contact("국번", "1355")
HELD = Metadata(
    "gift-2021", "나눔 (2021)", windows=(ONLINE, VISIT), contacts=(DESK, LINE), owner="복지정책과"
)


def told(new: str, held: Metadata = HELD) -> tuple[Metadata, tuple[str, ...]]:
    title = new.splitlines()[0].removeprefix("# ")
    uploaded = Document(Metadata("새 글.hwpx", title), "새 글.hwpx", new, ())
    made = replacement({held.id: Document(held, "gift.md", TEXT, ())}, held.id, uploaded)
    head, *differences = made.told
    assert head == "있는 문서 「나눔 (2021)」의 정보로 채웠습니다."
    return made.metadata, tuple(differences)


def test_the_same_text_changes_nothing_and_says_so() -> None:
    assert told(TEXT) == (HELD, (NO_DIFFERENCE,))


def test_a_deadline_that_moved_is_proposed_in_its_own_window_and_told() -> None:
    metadata, differences = told(TEXT.replace("5. 30.", "6. 20."))
    moved = replace(ONLINE, end=date(2021, 6, 20))
    assert metadata == replace(HELD, windows=(moved, VISIT))
    assert differences == (
        "신청 온라인 2021-05-17~2021-05-30 → 신청 온라인 2021-05-17~2021-06-20: 글의 새 날로 채웠습니다.",
    )


def test_a_deadline_that_moved_is_told_though_the_old_one_is_named_too() -> None:
    metadata, differences = told(TEXT.replace("5. 30. 신청", "6. 20. 신청 (당초 5월 30일에서 늘림)"))
    assert metadata.windows == (replace(ONLINE, end=date(2021, 6, 20)), VISIT)
    assert len(differences) == 1


def test_where_two_windows_could_be_meant_both_sides_are_told_and_nothing_is_changed() -> None:
    new = TEXT.replace("5. 17. ~ 5. 30.", "5. 20. ~ 6. 20.").replace("6. 7. ~ 7. 16.", "6. 21. ~ 7. 30.")
    metadata, differences = told(new)
    assert metadata == HELD
    assert [d.split(":")[0] for d in differences] == [
        "신청 온라인 2021-05-17~2021-05-30",
        "신청 방문 (학생) 2021-06-07~2021-07-16",
        "신청 2021-05-20~2021-06-20",
        "신청 2021-06-21~2021-07-30",
    ]


def test_a_window_that_is_gone_and_one_that_is_new_are_told() -> None:
    metadata, differences = told(
        TEXT.replace("- 방문: 2021. 6. 7. ~ 7. 16. 신청", "- 2021. 10. 31.까지 사용")
    )
    assert metadata == HELD
    assert differences == (
        "신청 방문 (학생) 2021-06-07~2021-07-16: 새 글에 없는 날이 있습니다. 그대로 두었으니 맞는지 보세요.",
        "사용 ~2021-10-31: 새 글에 있고 문서 정보에는 없습니다. 맞으면 더하세요.",
    )


@pytest.mark.parametrize(
    ("old", "new", "contact", "difference"),
    [
        (
            "749-1111",
            "749-2222",
            Contact("복지정책과", "055-749-2222"),
            "복지정책과 055-749-1111 → 진주시 복지정책과 055-749-2222: 글의 새 번호로 채웠습니다.",
        ),
        (
            "- 진주시 복지정책과 055-749-1111",
            "",
            DESK,
            "복지정책과 055-749-1111: 새 글에 없는 번호입니다. 그대로 두었으니 맞는지 보세요.",
        ),
        (
            "- 콜센터",
            "- 노인복지과 055-749-3333\n- 콜센터",
            DESK,
            "노인복지과 055-749-3333: 새 글에 있고 문서 정보에는 없습니다. 맞으면 더하세요.",
        ),
    ],
)
def test_contacts_are_compared(old: str, new: str, contact: Contact, difference: str) -> None:
    metadata, differences = told(TEXT.replace(old, new))
    assert metadata.contacts == (contact, LINE)
    assert differences == (difference,)


def test_another_title_and_a_window_without_its_year_are_told() -> None:
    undated = replace(HELD, title="나눔")
    new = "# 나눔 특별\n" + TEXT.partition("\n")[2].replace(
        "2021. 6. 7. ~ 7. 16.", "6월 7일부터 7월 16일까지"
    )
    made = replacement(
        {"gift-2021": Document(undated, "gift.md", TEXT, ())},
        "gift-2021",
        Document(Metadata("x", "나눔 특별"), "x", new + "\n2022. 1. 1.\n", ()),
    )
    assert made.told[1:] == (
        "제목 나눔 → 파일에는 나눔 특별: 그대로 두었으니 맞는지 보세요.",
        "‘6월 7일부터 7월 16일까지’: 몇 년인지 적혀 있지 않아 견주지 못했습니다.",
    )


def test_no_document_of_the_corpus_differs_from_its_own_text() -> None:
    held = {d.id: d for d in load_corpus(PROJECT / "corpus").documents}
    for document in held.values():
        made = replacement(held, document.id, document)
        assert (made.metadata, made.told[1:]) == (document.metadata, (NO_DIFFERENCE,))
