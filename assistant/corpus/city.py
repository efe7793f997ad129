"""The city profile, `corpus/city.yaml`: which row of a table by area applies, the desks, the districts."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import InvalidMetadata

PHONE = re.compile(r"\d{2,4}-\d{3,4}-\d{4}|\d{3,4}-\d{4}|\d{3,4}")


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk of the city. `phone` is None where no source gave one; `phones` holds all of them."""

    name: str
    phone: str | None = None
    phones: tuple[str, ...] = ()
    place: str | None = None
    hours: str | None = None
    as_of: str | None = None
    note: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class District:
    """A district with its own office. The 법정동 in `legal_dongs` lie in it, those in `partly` in part."""

    name: str
    kind: str
    legal_dongs: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    address: str | None = None
    address_from: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class City:
    """A city profile. `area_class` chooses rows of tables by area; None is what no source gave."""

    name: str
    province: str
    area_class: str
    rent_grade: str | None
    desks: tuple[Desk, ...]
    districts: tuple[District, ...]
    sources: tuple[str, ...]

    def districts_of(self, place: str) -> tuple[District, ...]:
        """The districts that a name stands for: the district itself, else those in which a 법정동 lies."""
        named = tuple(d for d in self.districts if d.name == place)
        return named or tuple(d for d in self.districts if place in (*d.legal_dongs, *d.partly))

    def desk(self, name: str) -> Desk | None:
        """The desk of that name; None where the profile has none."""
        return next((desk for desk in self.desks if desk.name == name), None)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Desk(_Strict):
    name: str = Field(min_length=1)
    phone: str | None
    phones: list[str] = []
    place: str | None = None
    hours: str | None = None
    as_of: date | int | None = None
    note: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _phones(self) -> "_Desk":
        for phone in [*self.phones, *([self.phone] if self.phone else [])]:
            if not PHONE.fullmatch(phone):
                raise ValueError(f"전화번호 꼴이 아닙니다: {phone}")
        if self.phone and not self.source:
            raise ValueError(f"{self.name}의 전화번호에 출처(source)가 없습니다")
        return self


class _District(_Strict):
    name: str = Field(pattern=r"(읍|면|동)$")
    kind: Literal["읍", "면", "동"]
    legal_dong: list[str] = []
    address: str | None = None
    address_from: date | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _kind(self) -> "_District":
        if not self.name.endswith(self.kind):
            raise ValueError(f"{self.name}의 kind가 {self.kind}입니다")
        return self


class _City(_Strict):
    name: str = Field(min_length=1)
    province: str = Field(min_length=1)
    area_class: Literal["대도시", "중소도시", "농어촌"]
    area_class_source: str
    rent_grade: str | None
    rent_grade_note: str | None = None
    desks: list[_Desk] = Field(min_length=1)
    districts_source: list[str]
    districts_note: str | None = None
    districts: list[_District] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_once(self) -> "_City":
        for names in ([d.name for d in self.desks], [d.name for d in self.districts]):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"이름이 두 번 나옵니다: {', '.join(twice)}")
        return self


def load_city(path: Path) -> City:
    """The profile in `path`; InvalidMetadata (path, line, what to do) where it cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidMetadata(
            f"{path.name}: 도시 프로필을 열 수 없습니다. 파일이 있는지 확인해 주세요."
        ) from error
    try:
        return _frozen(_City.model_validate(yaml.safe_load(text)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InvalidMetadata(f"{path.name}:{line}: YAML을 읽을 수 없습니다. 그 줄을 고쳐 주세요.") from error
    except ValidationError as error:
        raise InvalidMetadata(_message(error, text, path.name)) from error


def _frozen(city: _City) -> City:
    return City(
        name=city.name,
        province=city.province,
        area_class=city.area_class,
        rent_grade=city.rent_grade,
        desks=tuple(
            Desk(
                d.name,
                d.phone,
                tuple(d.phones or ([d.phone] if d.phone else [])),
                d.place,
                d.hours,
                str(d.as_of) if d.as_of else None,
                d.note,
                d.source,
            )
            for d in city.desks
        ),
        districts=tuple(_district(d) for d in city.districts),
        sources=(city.area_class_source, *city.districts_source),
    )


def _district(district: _District) -> District:
    partly = tuple(n.removesuffix("(일부)") for n in district.legal_dong if n.endswith("(일부)"))
    wholly = tuple(n for n in district.legal_dong if not n.endswith("(일부)"))
    return District(
        district.name, district.kind, wholly, partly, district.address, district.address_from, district.source
    )


def _message(error: ValidationError, text: str, where: str) -> str:
    first = error.errors()[0]
    location = [str(part) for part in first["loc"]]
    line = 1
    if location:
        found = re.search(rf"^{re.escape(location[0])}\s*:", text, re.MULTILINE)
        line = text[: found.start()].count("\n") + 1 if found else 1
        if found and len(location) > 1 and location[1].isdigit():
            items = list(re.finditer(r"^\s*- ", text[found.start() :], re.MULTILINE))
            line += text[found.start() : found.start() + items[int(location[1])].start()].count("\n")
    what = {"missing": "값이 없습니다", "extra_forbidden": "모르는 이름입니다"}.get(
        first["type"], first["msg"]
    )
    return f"{where}:{line}: {'.'.join(location) or '프로필'}: {what}. 고친 뒤 다시 실행해 주세요."
