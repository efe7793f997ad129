"""Which documents speak: editions, amendments, rounds and a year that is past."""

from datetime import date

from assistant.answering.answerer import Answerer
from assistant.answering.selection import Day, edition_year
from assistant.domain import Facet, State


def speakers(small: Answerer, programme: str, facet: Facet, day: date) -> list[tuple[str, State]]:
    found = small.families[programme].speakers(facet, Day(day), {})
    return [(s.document.id, s.state) for s in found]


def test_the_edition_in_force_speaks_alone(small: Answerer) -> None:
    assert speakers(small, "pension", Facet.BENEFIT, date(2020, 6, 1)) == [("pension-2020", State.CURRENT)]
    assert speakers(small, "pension", Facet.BENEFIT, date(2021, 6, 1)) == [("pension-2021", State.CURRENT)]
    assert speakers(small, "pension", Facet.BENEFIT, date(2022, 6, 1)) == [("pension-2021", State.OUTDATED)]


def test_only_documents_with_the_facet_speak(small: Answerer) -> None:
    assert speakers(small, "pension", Facet.PAPERWORK, date(2021, 6, 1)) == [("pension-2021", State.CURRENT)]
    assert speakers(small, "pension", Facet.PAPERWORK, date(2020, 6, 1)) == []
    assert speakers(small, "living", Facet.BENEFIT, date(2021, 6, 1)) == []


def test_an_amendment_speaks_for_its_facets_from_its_day(small: Answerer) -> None:
    before, after = date(2021, 6, 4), date(2021, 6, 5)
    assert speakers(small, "cheer", Facet.PERIOD, before) == [("cheer-2021", State.CURRENT)]
    assert speakers(small, "cheer", Facet.PERIOD, after) == [("cheer-2021-amend-1", State.CURRENT)]
    assert speakers(small, "cheer", Facet.BENEFIT, after) == [("cheer-2021", State.CURRENT)]


def test_nothing_speaks_before_it_is_published(small: Answerer) -> None:
    assert speakers(small, "cheer", Facet.BENEFIT, date(2021, 5, 9)) == []


def test_what_fits_the_question_better_speaks_first_among_equals(small: Answerer) -> None:
    family, day = small.families["relief"], Day(date(2021, 5, 1))
    for first, second in (("relief-3", "relief-4"), ("relief-4", "relief-3")):
        found = family.speakers(Facet.BENEFIT, day, {first: 0.9, second: 0.5})
        assert [s.document.id for s in found] == [first, second]
    assert [s.document.id for s in family.speakers(Facet.BENEFIT, day, {}, ["relief-3"])] == ["relief-3"]


def test_rounds_and_the_state_of_the_whole(small: Answerer) -> None:
    assert small.families["relief"].rounds() == ("3차", "4차")
    assert small.families["pension"].rounds() == ()
    cheer = small.families["cheer"]
    states = {
        day: cheer.overall_state(Day(day)) for day in (date(2021, 5, 1), date(2021, 6, 1), date(2022, 1, 1))
    }
    assert list(states.values()) == [State.NOT_YET, State.CURRENT, State.ENDED]


def test_narrowed_to_a_past_edition_it_is_outdated_and_not_superseded(small: Answerer) -> None:
    pension, day = small.families["pension"], Day(date(2021, 6, 1))
    old = next(d for d in pension.documents if d.id == "pension-2020")
    assert pension.state_of(old, Facet.BENEFIT, day) is State.SUPERSEDED
    narrowed = pension.narrowed([old])
    assert [s.state for s in narrowed.speakers(Facet.BENEFIT, day, {})] == [State.OUTDATED]


def test_the_year_of_an_edition_is_that_of_its_first_day(small: Answerer) -> None:
    years = {d.id: edition_year(d) for d in small.index.documents.values()}
    assert years["pension-2021"] == 2021
    assert years["마을버스.md"] is None
