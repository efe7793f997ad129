"""The clean corpus has nothing to mend; every seeded mistake is found where it is, and nothing else is."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.checks import Finding, Severity, check_corpus
from assistant.corpus.checks.amounts import numbers_in
from assistant.corpus.checks.names import folded, title_name
from assistant.errors import SettingsError
from tests.corpus.mistakes import MISTAKES, Mistake

CORPUS = Path(__file__).parents[2] / "corpus"
TODAY = date(2026, 11, 23)
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.fixture(scope="module")
def clean() -> tuple[Finding, ...]:
    return check_corpus(CORPUS, TODAY)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Finding, ...]]:
    """A copy of the corpus with all mistakes in it, each in a file of its own, and what is found there."""
    folder = tmp_path_factory.mktemp("seeded") / "corpus"
    shutil.copytree(CORPUS, folder, ignore=shutil.ignore_patterns(".*"))
    for mistake in MISTAKES:
        path = folder / mistake.path
        text = path.read_text(encoding="utf-8")
        assert text.count(mistake.old) >= 1, f"{mistake.path} no longer says {mistake.old!r}"
        path.write_text(text.replace(mistake.old, mistake.new, 1), encoding="utf-8")
    return folder, check_corpus(folder, TODAY)


def worth_mending(findings: Sequence[Finding]) -> list[str]:
    return [str(finding) for finding in findings if finding.severity is not NOTE]


def test_the_clean_corpus_has_nothing_to_mend(clean: tuple[Finding, ...]) -> None:
    assert worth_mending(clean) == []


def test_there_are_thirty_mistakes_and_more_each_in_its_own_file() -> None:
    assert len(MISTAKES) >= 30
    assert len({mistake.path for mistake in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.path}-{mistake.says}")
def test_a_seeded_mistake_is_found_on_its_line(
    mistake: Mistake, seeded: tuple[Path, tuple[Finding, ...]]
) -> None:
    folder, findings = seeded
    path = mistake.where or mistake.path
    said = [
        f for f in findings if f.path == path and mistake.says in f.what and f.severity is mistake.severity
    ]
    assert said, f"not found; {path} has: {[str(f) for f in findings if f.path == path]}"
    lines = (folder / path).read_text(encoding="utf-8").splitlines()
    expected = next(n for n, line in enumerate(lines, 1) if mistake.marker in line) if mistake.marker else 1
    assert expected in [finding.line for finding in said]


def test_nothing_else_is_found_in_the_seeded_corpus(seeded: tuple[Path, tuple[Finding, ...]]) -> None:
    known = {mistake.path for mistake in MISTAKES} | {m.where for m in MISTAKES}
    strangers = [f for f in seeded[1] if f.severity is not NOTE and f.path not in known]
    assert [str(finding) for finding in strangers] == []


def test_findings_come_errors_first_then_by_path(seeded: tuple[Path, tuple[Finding, ...]]) -> None:
    ranks = {ERROR: 0, WARNING: 1, NOTE: 2}
    keys = [(ranks[f.severity], f.path, f.line) for f in seeded[1]]
    assert keys == sorted(keys)


def test_a_finding_is_one_line() -> None:
    finding = Finding(WARNING, "노인/a.md", 3, "말이\n길다.", "줄이세요.")
    assert str(finding) == "warning 노인/a.md:3: 말이 길다. → 줄이세요."


FRONT = """\
---
id: {id}
programme: meal
title: 급식 ({year})
category: 노인
publisher: 진주시
region: 진주시
term: annual
effective_from: {year}-01-01
effective_until: {year}-12-31
supersedes: [{older}]
source_note: {note}
review_by: {year}-12-31
owner: 복지정책과
missing: [criteria, application, paperwork, period, exclusion, contact]
---
# 급식

## 지원대상

- 어르신이 대상입니다.

## 지원내용

- 한 끼를 드립니다.
"""


@pytest.mark.parametrize(("note", "gaps"), [("시 자료", 1), ("시 자료. 공백 2022-01-01~2022-12-31", 0)])
def test_a_gap_between_editions_is_noted_unless_it_is_written_down(
    tmp_path: Path, note: str, gaps: int
) -> None:
    (tmp_path / "노인").mkdir()
    for year, older in ((2021, ""), (2023, "m-2021")):
        text = FRONT.format(id=f"m-{year}", year=year, older=older, note=note)
        (tmp_path / f"노인/m-{year}.md").write_text(text, encoding="utf-8")
    found = check_corpus(tmp_path, date(2023, 6, 1))
    assert [f.line for f in found if "2022-01-01부터 2022-12-31까지" in f.what] == [11] * gaps
    assert worth_mending(found) == []


def test_a_passed_review_is_noted_for_the_latest_edition_only(tmp_path: Path) -> None:
    (tmp_path / "노인").mkdir()
    for year, older in ((2021, ""), (2022, "m-2021")):
        text = FRONT.format(id=f"m-{year}", year=year, older=older, note="시 자료")
        (tmp_path / f"노인/m-{year}.md").write_text(text, encoding="utf-8")
    found = check_corpus(tmp_path, date(2023, 6, 1))
    assert [(f.path, f.line) for f in found if "재검토일(2022-12-31)" in f.what] == [("노인/m-2022.md", 13)]
    assert [f for f in found if f.path.endswith("m-2021.md")] == []


def test_a_broken_city_profile_is_an_error_on_its_line(tmp_path: Path) -> None:
    profile = (CORPUS / "city.yaml").read_text(encoding="utf-8")
    broken = profile.replace("area_class: 중소도시", "area_class: 소도시")
    (tmp_path / "city.yaml").write_text(broken, encoding="utf-8")
    (found,) = check_corpus(tmp_path, TODAY)
    line = broken[: broken.index("area_class:")].count("\n") + 1
    assert (found.severity, found.path, found.line) == (ERROR, "city.yaml", line)


def test_a_document_without_front_matter_is_one_warning(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 급식\n\n## 지원내용\n\n- 한 끼에 9,000원을 드립니다.\n", encoding="utf-8"
    )
    (found,) = check_corpus(tmp_path, TODAY)
    assert (found.severity, found.path, found.line) == (WARNING, "a.md", 1)
    assert "머리말이 없어" in found.what


def test_a_folder_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        check_corpus(tmp_path / "none")


def test_amounts_are_compared_in_won() -> None:
    assert numbers_in("30만원") == numbers_in("300,000원") == (300000,)
    assert numbers_in("1인당 2억 원, 10%") == (1, 200000000, 10)


def test_titles_without_year_and_names_without_spaces() -> None:
    assert title_name("기초연금 사업안내 (2021)") == "기초연금 사업안내"
    assert title_name("2024년 참전명예수당 (국가, 2024)") == "참전명예수당"
    assert title_name("취약농가 인력 지원(영농도우미) (2023)") == "취약농가 인력 지원(영농도우미)"
    assert folded("6·25 자녀수당") == folded("625자녀수당")
