from assistant.corpus.sections import split_sections
from assistant.domain import Document, Metadata
from assistant.retrieval.names import ProgrammeNames, compact, names_of


def document(programme: str, title: str, aliases: tuple[str, ...] = (), id_: str | None = None) -> Document:
    metadata = Metadata(id_ or programme, title, programme, aliases=aliases)
    return Document(metadata, f"{id_ or programme}.md", title, split_sections(title))


NAMES = ProgrammeNames(
    [
        document("pension", "기초연금 사업안내 (2021)", ("노령연금",)),
        document("disabled", "장애인연금 (2021)"),
        document("disabled-children", "장애인연금 부가급여 (2021)"),
        document("living", "긴급복지 생계지원 (2021)", ("긴급 지원", "급식")),
        document("housing", "긴급복지 주거지원 (2021)", ("긴급 지원",)),
    ]
)


def found(question: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.name, m.programmes) for m in NAMES.match(question)]


def test_names_are_titles_with_and_without_their_tail_and_aliases() -> None:
    names = names_of(document("p", "기초연금 사업안내 (2021)", ("노령 연금", "돈")))
    assert names == ("기초연금사업안내", "기초연금", "노령연금")


def test_a_name_is_found_exactly_without_spaces_and_inside_particles() -> None:
    for question in (
        "기초연금",
        "기초연금은요",
        "저희 기초 연금이 얼마예요",
        "기초-연금을 신청",
        "노령연금도 되나요",
    ):
        assert [programmes for _, programmes in found(question)] == [("pension",)], question
        assert NAMES.match(question)[0].certainty == 1.0


def test_a_longer_name_wins_and_what_is_inside_it_does_not_count_again() -> None:
    assert found("장애인연금 부가급여 얼마") == [("장애인연금부가급여", ("disabled-children",))]
    assert found("장애인연금 얼마") == [("장애인연금", ("disabled",))]


def test_two_names_are_both_found_longest_first() -> None:
    assert [programmes for _, programmes in found("기초연금이랑 장애인연금 같이 받나요")] == [
        ("disabled",),
        ("pension",),
    ]


def test_an_alias_of_two_programmes_names_both() -> None:
    assert found("긴급지원 받고 싶어요") == [("긴급지원", ("living", "housing"))]


def test_editions_of_one_programme_name_it_once() -> None:
    names = ProgrammeNames([document("p", "기초연금 (2020)"), document("p", "기초연금 (2021)", id_="p2")])
    assert [m.programmes for m in names.match("기초연금")] == [("p",)]


def test_a_misspelt_name_is_found_less_surely() -> None:
    for question in ("기초연굼 얼마예요", "장애인연긂 신청", "기초년금이요"):
        match = NAMES.match(question)[0]
        assert 0.86 <= match.certainty < 1.0, question
    assert NAMES.match("기초연굼 얼마예요")[0].programmes == ("pension",)
    assert NAMES.match("기초연굼 얼마예요")[0].misspelt == "기초연굼"
    assert NAMES.match("기초연금 얼마예요")[0].misspelt == ""


def test_a_name_of_two_syllables_counts_only_as_a_word() -> None:
    assert found("급식 되나요") == [("급식", ("living",))]
    assert found("학교급식 되나요") == []


def test_another_programme_is_not_a_misspelling() -> None:
    for question in ("국민연금 얼마예요", "달나라 이주 지원금", "장애수당", "안녕하세요", "", "?!"):
        assert found(question) == [], question


def test_compact_takes_spaces_signs_and_width_away() -> None:
    assert compact(" 기초-연금 (２０２１) ABC") == "기초연금2021abc"


def test_a_slip_of_one_syllable_is_read_as_the_name_and_nothing_else_is() -> None:
    assert NAMES.spelt("기초연굼 얼마예요") == "기초연금 얼마예요"
    for kept in ("기초연금 얼마예요", "기초 연굼 얼마", "기초수급연금 얼마예요", "얼마예요", ""):
        assert NAMES.spelt(kept) == kept
