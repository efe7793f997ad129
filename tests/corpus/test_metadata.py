from datetime import date

import pytest

from assistant.corpus.metadata import parse_metadata
from assistant.domain import Amendment, Contact, Facet, Term, Window
from assistant.errors import InvalidMetadata


def test_front_matter_becomes_frozen_metadata() -> None:
    metadata = parse_metadata(
        "id: f-1\ntitle: 기금\nprogramme: f\nround: 3\nterm: fixed\neffective_from: 2021-05-17\n"
        "windows: [{kind: use, until: 2021-10-31}]\namends: [{document: f-0, facets: [period]}]\n"
        "contacts: [{name: 콜센터, phone: 129}]\naliases: [지원금]\n",
        "f.md",
    )
    assert metadata.round == "3"
    assert metadata.term is Term.FIXED
    assert metadata.windows == (Window("use", None, date(2021, 10, 31)),)
    assert metadata.amends == (Amendment("f-0", (Facet.PERIOD,)),)
    assert metadata.contacts == (Contact("콜센터", "129"),)


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("id: a\ntitle: t\neffective_from: 2021-02-30\n", "f.md:4", "2021-02-30"),
        ("id: a\ntitle: t\nterm: yearly\n", "f.md:4", "term"),
        ("id: a\n", "f.md", "title"),
        ("id: a\ntitle: t\ncolour: red\n", "f.md:4", "colour"),
        ("id: [\n", "f.md", "YAML"),
        ("- a\n- b\n", "f.md", "머리말"),
        ("id: a\ntitle: t\neffective_from: 2021-05-01\neffective_until: 2021-04-01\n", "f.md", "빠릅니다"),
        ("id: a\ntitle: t\nwindows: [{kind: buy}]\n", "f.md:4", "windows"),
    ],
)
def test_mistakes_are_named_with_file_and_line(text: str, where: str, what: str) -> None:
    with pytest.raises(InvalidMetadata) as caught:
        parse_metadata(text, "f.md")
    message = str(caught.value)
    assert where in message
    assert what in message
    assert "\n" not in message
