from datetime import date

import pytest

from assistant.domain import Amendment, Facet, Metadata, State, Term
from assistant.validity import is_past_edition, state

YEAR_2020 = Metadata(
    "p-2020",
    "연금 (2020)",
    "p",
    term=Term.ANNUAL,
    effective_from=date(2020, 1, 1),
    effective_until=date(2020, 12, 31),
)
YEAR_2021 = Metadata(
    "p-2021",
    "연금 (2021)",
    "p",
    term=Term.ANNUAL,
    published_on=date(2020, 12, 10),
    effective_from=date(2021, 1, 1),
    effective_until=date(2021, 12, 31),
    supersedes=("p-2020",),
)
EDITIONS = (YEAR_2020, YEAR_2021)


@pytest.mark.parametrize(
    ("document", "day", "expected"),
    [
        (YEAR_2020, date(2020, 6, 1), State.CURRENT),
        (YEAR_2020, date(2021, 1, 1), State.SUPERSEDED),
        (YEAR_2021, date(2020, 12, 5), State.NOT_YET),
        (YEAR_2021, date(2020, 12, 20), State.NOT_YET),
        (YEAR_2021, date(2021, 1, 1), State.CURRENT),
        (YEAR_2021, date(2021, 12, 31), State.CURRENT),
        (YEAR_2021, date(2022, 1, 1), State.OUTDATED),
    ],
)
def test_editions_follow_each_other_by_themselves(document: Metadata, day: date, expected: State) -> None:
    assert state(document, Facet.BENEFIT, day, None, EDITIONS) is expected


def test_where_to_apply_outlives_the_year_with_a_warning() -> None:
    day = date(2024, 5, 1)
    assert state(YEAR_2021, Facet.APPLICATION, day, None, EDITIONS) is State.CURRENT
    assert state(YEAR_2021, Facet.CRITERIA, day, None, EDITIONS) is State.OUTDATED
    assert is_past_edition(YEAR_2021, day)


def test_a_fixed_offer_speaks_from_its_announcement_and_ends() -> None:
    fund = Metadata(
        "f",
        "지원금",
        term=Term.FIXED,
        published_on=date(2021, 5, 6),
        effective_from=date(2021, 5, 17),
        effective_until=date(2021, 10, 31),
    )
    days = {date(2021, 5, 5): State.NOT_YET, date(2021, 5, 6): State.CURRENT, date(2021, 11, 1): State.ENDED}
    for day, expected in days.items():
        assert state(fund, Facet.BENEFIT, day, None, (fund,)) is expected


def test_a_new_rule_speaks_from_its_announcement_unless_it_takes_the_place_of_another() -> None:
    days = {"published_on": date(2021, 5, 25), "effective_from": date(2021, 7, 1)}
    new = Metadata("care", "산후조리비", "care", term=Term.OPEN, **days)
    old = Metadata("care-2019", "산후조리비 (2019)", "care", term=Term.OPEN, effective_from=date(2019, 1, 1))
    assert state(new, Facet.BENEFIT, date(2021, 5, 24)) is State.NOT_YET
    assert state(new, Facet.BENEFIT, date(2021, 6, 22)) is State.CURRENT
    assert state(new, Facet.BENEFIT, date(2021, 6, 22), None, (new, old)) is State.NOT_YET
    assert state(new, Facet.BENEFIT, date(2021, 7, 1), None, (new, old)) is State.CURRENT


def test_a_fixed_offer_without_a_known_end_is_not_trusted_for_ever() -> None:
    fund = Metadata("f", "지원금", term=Term.FIXED, published_on=date(2021, 5, 6))
    assert state(fund, Facet.BENEFIT, date(2022, 5, 6), None, (fund,)) is State.CURRENT
    assert state(fund, Facet.BENEFIT, date(2022, 5, 7), None, (fund,)) is State.OUTDATED


def test_an_amendment_lies_over_its_facets_only_and_the_newest_counts() -> None:
    base = Metadata(
        "b", "기금", "p", term=Term.FIXED, effective_from=date(2021, 5, 1), effective_until=date(2021, 12, 31)
    )
    first, second = (
        Metadata(
            f"a{month}",
            "연장",
            "p",
            term=Term.FIXED,
            published_on=date(2021, month, 1),
            effective_from=date(2021, month, 1),
            amends=(Amendment("b", (Facet.PERIOD,)),),
        )
        for month in (6, 7)
    )
    family = (base, first, second)
    day = date(2021, 6, 15)
    assert state(base, Facet.PERIOD, day, None, family) is State.SUPERSEDED
    assert state(base, Facet.BENEFIT, day, None, family) is State.CURRENT
    assert state(first, Facet.PERIOD, day, None, family) is State.CURRENT
    assert state(first, Facet.PERIOD, date(2021, 7, 1), None, family) is State.SUPERSEDED
    assert state(second, Facet.PERIOD, date(2021, 7, 1), None, family) is State.CURRENT


def test_the_event_date_governs_only_where_the_rule_hangs_on_it() -> None:
    old = Metadata(
        "o",
        "축하금",
        "p",
        basis="birth",
        term=Term.ANNUAL,
        effective_from=date(2020, 1, 1),
        effective_until=date(2020, 12, 31),
    )
    new = Metadata(
        "n",
        "축하금",
        "p",
        basis="birth",
        term=Term.ANNUAL,
        effective_from=date(2021, 1, 1),
        effective_until=date(2021, 12, 31),
    )
    family, today, birth = (old, new), date(2021, 3, 1), date(2020, 12, 24)
    assert state(old, Facet.BENEFIT, today, birth, family) is State.CURRENT
    assert state(new, Facet.BENEFIT, today, birth, family) is State.NOT_YET
    assert state(new, Facet.BENEFIT, today, None, family) is State.CURRENT
    assert state(YEAR_2021, Facet.BENEFIT, date(2021, 3, 1), date(2020, 5, 1), EDITIONS) is State.CURRENT


def test_unknown_dates_serve_only_without_a_dated_rival() -> None:
    unknown = Metadata("u", "연금", "p")
    assert state(unknown, Facet.BENEFIT, date(2021, 3, 1), None, (unknown,)) is State.UNDATED
    assert state(unknown, Facet.BENEFIT, date(2021, 3, 1), None, (unknown, YEAR_2021)) is State.SUPERSEDED


def test_rounds_do_not_supersede_each_other() -> None:
    third = Metadata(
        "r3",
        "지원금",
        "p",
        round="3",
        term=Term.ANNUAL,
        effective_from=date(2021, 1, 1),
        effective_until=date(2021, 12, 31),
    )
    fourth = Metadata(
        "r4",
        "지원금",
        "p",
        round="4",
        term=Term.ANNUAL,
        effective_from=date(2021, 2, 1),
        effective_until=date(2021, 12, 31),
    )
    assert state(third, Facet.BENEFIT, date(2021, 3, 1), None, (third, fourth)) is State.CURRENT


def test_an_open_document_past_its_review_is_outdated() -> None:
    rule = Metadata(
        "o", "규칙", term=Term.OPEN, effective_from=date(2020, 1, 1), review_by=date(2021, 12, 31)
    )
    assert state(rule, Facet.BENEFIT, date(2021, 12, 31), None, (rule,)) is State.CURRENT
    assert state(rule, Facet.BENEFIT, date(2022, 1, 1), None, (rule,)) is State.OUTDATED
