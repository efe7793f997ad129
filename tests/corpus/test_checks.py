"""The clean corpus has nothing to mend; every seeded mistake is found where it is, and nothing else is."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.checks import Finding, Severity, check_corpus
from assistant.corpus.checks.amounts import numbers_in
from assistant.corpus.checks.names import folded, title_name
from assistant.errors import SettingsError

CORPUS = Path(__file__).parents[2] / "corpus"
TODAY = date(2026, 11, 23)
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True)
class Mistake:
    """`old` becomes `new` in `path`; a finding on the first line with `marker` (None: line 1) says `says`."""

    path: str
    old: str
    new: str
    says: str
    marker: str | None
    severity: Severity = ERROR
    where: str | None = None
    """The file that the finding names, where it is another."""


UNREADABLE = (
    Mistake("시민생활/hotline-129.md", "amends: []", "amends: [", "YAML", "relations"),
    Mistake("시민생활/village-lawyer-2023.md", "from: 2023-01-01", "from: 2023-02-30", "없는 날짜", "02-30"),
    Mistake("시민생활/smile-microcredit-2023.md", "publisher:", "publishr:", "모르는 이름", "publishr"),
    Mistake("노인/housing-pension-2023.md", "category: 노인", "category: 어르신", "category", "어르신"),
    Mistake(
        "노인/jinju-senior-meal.md",
        "id: jinju-senior-meal",
        "id: jinju-saeil",
        "이미",
        None,
        ERROR,
        "일자리/jinju-saeil.md",
    ),
    Mistake("일자리/eitc-2023.docx.yaml", "term: annual", "term: yearly", "term", "yearly"),
    Mistake("저소득/legal-aid-2023.md", "until: 2023-12-31", "until: 2022-12-31", "빠릅니다", None),
    Mistake(
        "코로나19/jinju-driver-relief-2021.md",
        "from: 2021-01-12, until: 2021-01-20",
        "from: 2021-01-20, until: 2021-01-12",
        "빠릅니다",
        "windows",
    ),
)
DAYS = (
    Mistake(
        "코로나19/jinju-artist-relief-2021.md",
        "on: 2021-02-04\nt",
        "on: 1021-02-04\nt",
        "있을 수 없는",
        "1021",
    ),
    Mistake(
        "저소득/sports-voucher-2023.md", "until: 2023-12-31", "until: 2025-12-31", "1095일", "until: 2025"
    ),
    Mistake(
        "저소득/health-living-fee-2023.md",
        "effective_from: 2023-01-01",
        "effective_from: null",
        "시작을 몰라",
        "effective_from",
        WARNING,
    ),
    Mistake(
        "저소득/tb-family-support-2023.md",
        "effective_until: 2023-12-31",
        "effective_until: null",
        "annual",
        "term:",
    ),
    Mistake(
        "코로나19/jinju-freelancer-relief-2021.hwpx.yaml",
        "published_on: 2021-01-15",
        "published_on: 2021-03-15",
        "늦습니다",
        "published_on",
    ),
    Mistake(
        "여성가족/jinju-community-service-2026.md",
        "until: 2026-02-06",
        "until: 2027-03-06",
        "문서의 끝",
        "2027-03-06",
    ),
    Mistake(
        "여성가족/jinju-community-service-2021.md",
        "windows:\n",
        "windows:\n  - {kind: apply, channel: 방문, group: null, from: 2021-01-27, until: 2021-02-10}\n",
        "두 가지",
        "until: 2021-02-08",
    ),
    Mistake(
        "여성가족/jinju-postpartum-care-2021.md",
        "on: 2021-05-25\nreview",
        "on: 2031-05-25\nreview",
        "오지 않은",
        "2031",
    ),
    Mistake(
        "여성가족/jinju-eco-produce-2021.md",
        "review_by: 2022-06-30",
        "review_by: 2020-06-30",
        "빠릅니다",
        "2020-06-30",
    ),
    Mistake(
        "시민생활/jinju-hope-call.md",
        "review_by: 2027-06-30",
        "review_by: null",
        "재검토일도 없어",
        "term:",
        WARNING,
    ),
    Mistake(
        "노인/retirement-planning-2023.md",
        "노후준비서비스 (2023)\nk",
        "노후준비서비스 (2022)\nk",
        "2022년",
        "title",
        WARNING,
    ),
)
LINKS = (
    Mistake(
        "노인/senior-denture-2024.md",
        "[senior-denture-2023]",
        "[senior-denture-2032]",
        "없습니다",
        "supersedes",
    ),
    Mistake(
        "저소득/culture-card-2022.md",
        "[culture-card-2021]",
        "[childbirth-benefit-2023]",
        "다른 사업",
        "supersedes",
    ),
    Mistake(
        "아동보육/child-allowance-2020.md",
        "supersedes: []",
        "supersedes: [child-allowance-2024]",
        "돌고",
        "supersedes",
    ),
    Mistake(
        "아동보육/jinju-child-meal-2024.md",
        "[jinju-child-meal-2023]",
        "[jinju-child-meal-2022]",
        "도 대체",
        "supersedes",
    ),
    Mistake(
        "아동보육/jinju-toy-bus-2021.md",
        "supersedes: [jinju-toy-bus-2019]",
        "supersedes: []",
        "함께 유효한",
        "programme",
    ),
    Mistake(
        "시민생활/jinju-gift-certificate-2021-11.md",
        "document: jinju-gift-certificate-2021",
        "document: jinju-gift-2021",
        "없습니다",
        "jinju-gift-2021",
    ),
    Mistake(
        "코로나19/gov-emergency-relief-2020-amend-1.md",
        "[application, period]",
        "[application, exclusion]",
        "본문에 없습니다",
        "document: gov",
    ),
    Mistake(
        "저소득/naeil-growth-account.md",
        "[hope-savings-account]",
        "[hope-saving-account]",
        "자료에 없습니다",
        "succeeded_by",
    ),
    Mistake(
        "아동보육/teen-mother-medical-2023.md",
        "programme: pregnancy-voucher",
        "programme: pregnancy-vouchers",
        "자료에 없습니다",
        "pregnancy-vouchers",
    ),
)
NAMES = (
    Mistake(
        "장애인/disability-allowance-2024.md", "aliases: [", "aliases: [장애인연금, ", "이름입니다", "aliases"
    ),
    Mistake(
        "장애인/dev-disability-daytime-2023.md",
        "aliases: [",
        "aliases: [노령연금, ",
        "여러 사업",
        "aliases",
        WARNING,
    ),
    Mistake(
        "여성가족/youth-shelter-2024.md",
        'title: "청소년쉼터 (2024)"',
        'title: "청소년쉼터 (2023)"',
        "똑같습니다",
        "title",
    ),
    Mistake(
        "저소득/sunshine-card-2024.md",
        "title: 햇살론 카드 (2024)",
        "title: 햇살론 (2025)",
        "이름이",
        "title",
        ERROR,
        "저소득/sunshine-loan-2023.md",
    ),
)
AMOUNTS = (
    Mistake(
        "코로나19/jinju-happiness-2021-amend-2.md",
        "끝났습니다.",
        "끝났습니다.\n\n## 지원내용\n- 행복지원금은 1인당 20만원을 줍니다.",
        "숫자가 다릅니다",
        "20만원",
    ),
    Mistake(
        "아동보육/jinju-child-meal-2022.md",
        "missing: [paperwork, exclusion,",
        "missing: [paperwork,",
        "제외 대상이 없",
        "7,000원",
        WARNING,
    ),
)
WORDS = (
    Mistake(
        "시민생활/farmer-safety-insurance-2023.md", "region: 전국", "region: 전남", "모르는 지역", "region"
    ),
    Mistake("시민생활/law-home-doctor-2023.md", "owner: ", "owner: null # ", "비었습니다", "owner"),
    Mistake(
        "시민생활/storm-flood-insurance-2023.md", "category: 시민생활", "category: 노인", "폴더는", "category"
    ),
    Mistake(
        "노인/elder-protection-agency-2024.md", "missing: [", "missing: [target, ", "missing에도", "missing"
    ),
    Mistake(
        "저소득/livelihood-benefit-2022.md",
        "기준 중위소득 30% 이하인 가구를",
        "기준 중위소득 32% 이하인 가구를",
        "인용",
        "quote",
    ),
    Mistake(
        "일자리/youth-job-leap-2023.md",
        "\n## 문의",
        "\n## 문의\n\n- 홍길동 담당: 010-1234-5678",
        "휴대전화",
        "010-1234",
    ),
    Mistake(
        "일자리/durunuri-2023.md", "\n## 문의", "\n## 문의\n\n- 예: 900101-2345678", "주민등록번호", "900101"
    ),
    Mistake(
        "일자리/child-tax-credit-2023.md",
        "\n## 문의",
        "\n## 문의\n\n- hong.gildong@naver.com",
        "전자우편",
        "hong",
    ),
    Mistake(
        "저소득/emergency-welfare-2025.md",
        "\n## 지원대상\n",
        "\n## 지원대상\n\n- 2025년 2월 30일부터입니다.\n",
        "없는 날짜",
        "2월 30일",
    ),
    Mistake(
        "장애인/disability-vehicle-local-tax-2024.md",
        "| 승합차 | 승차정원 15명 이하 |",
        "| 승합차 승차정원 15명 이하 |",
        "칸이 1개",
        "승합차 승차정원",
    ),
    Mistake(
        "노인/senior-eye-surgery-2023.md",
        "source_note: 보건",
        "source_note: null # 보건",
        "출처가 없습니다",
        "source_urls",
    ),
    Mistake(
        "노인/senior-knee-surgery-2023.md",
        "phone: 02-711-6599",
        "phone: 02-711-6590",
        "근거로 보일 수",
        "02-711-6590",
        WARNING,
    ),
)
MISTAKES = UNREADABLE + DAYS + LINKS + NAMES + AMOUNTS + WORDS


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
