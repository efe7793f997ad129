"""The city profile of the corpus, and profiles that cannot be used."""

from pathlib import Path

import pytest

from assistant.corpus.city import load_city
from assistant.errors import InvalidMetadata

PROFILE = Path(__file__).parents[2] / "corpus" / "city.yaml"


def test_jinju_is_a_mid_sized_city_whose_rent_grade_no_source_gave() -> None:
    city = load_city(PROFILE)
    assert (city.name, city.province, city.area_class, city.rent_grade) == (
        "진주시",
        "경상남도",
        "중소도시",
        None,
    )
    assert city.sources[0].startswith("https://")


def test_thirty_districts_of_which_fourteen_are_dong() -> None:
    kinds = [district.kind for district in load_city(PROFILE).districts]
    assert {kind: kinds.count(kind) for kind in ("읍", "면", "동")} == {"읍": 1, "면": 15, "동": 14}


@pytest.mark.parametrize(
    ("place", "offices"),
    [
        ("초전동", ["초장동"]),
        ("칠암동", ["천전동"]),
        ("상봉동", ["상봉동"]),
        ("신안동", ["신안동"]),
        ("귀곡동", ["판문동"]),
        ("문산읍", ["문산읍"]),
        ("우동", []),
    ],
)
def test_a_dong_is_served_by_its_district(place: str, offices: list[str]) -> None:
    assert [district.name for district in load_city(PROFILE).districts_of(place)] == offices


def test_a_dong_in_two_districts_names_both() -> None:
    profile = load_city(PROFILE)
    partly = [district.name for district in profile.districts if "이현동" in district.partly]
    assert partly == ["평거동", "이현동"]
    assert [district.name for district in profile.districts_of("이현동")] == ["이현동"]


def test_desks_keep_numbers_that_a_source_gave_and_invent_none() -> None:
    city = load_city(PROFILE)
    centre = city.desk("진주복지콜센터")
    assert centre is not None
    assert (centre.phone, centre.phones) == ("055-754-1001", ("055-754-1001",))
    offices = city.desk("주소지 읍면동 행정복지센터")
    assert offices is not None
    assert (offices.phone, offices.phones) == (None, ())
    assert city.desk("없는 과") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("area_class: 중소도시", "area_class: 소도시", "area_class"),
        ("province:", "provins:", "city.yaml:"),
        ("- {name: 문산읍, kind: 읍", "- {name: 문산읍, kind: 면", "문산읍의 kind"),
        ("{name: 정촌면,", "{name: 내동면,", "두 번"),
        ('phone: "055-754-1001"', 'phone: "754-10-01"', "전화번호 꼴"),
        ("desks:\n", "desks: [\n", "YAML"),
    ],
)
def test_a_broken_profile_names_its_line_and_what_is_wrong(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    text = PROFILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "city.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidMetadata, match=r"^city\.yaml:\d+: ") as raised:
        load_city(path)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_the_line_of_a_desk_is_told(tmp_path: Path) -> None:
    text = PROFILE.read_text(encoding="utf-8").replace('"055-749-8110"', '"055-749-81100"', 1)
    path = tmp_path / "city.yaml"
    path.write_text(text, encoding="utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "81100" in words)
    with pytest.raises(InvalidMetadata, match=rf"^city\.yaml:{line}: "):
        load_city(path)


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidMetadata, match="열 수 없습니다"):
        load_city(tmp_path / "city.yaml")
