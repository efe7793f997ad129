"""Mistakes for the checks to find: each is made in a file of its own in a copy of the corpus."""

from dataclasses import dataclass

from assistant.corpus.checks import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING


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
        "코로나19/gov-emergency-relief-2020.pdf.yaml",
        "null, until: 2020-08-31",
        "null, until: 2020-08-29",
        "글에 없는 날",
        "2020-08-29",
        WARNING,
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
    Mistake(
        "코로나19/sangsaeng-relief-2021.pdf.yaml",
        "type: adds_to, programme: low-income-extra-relief",
        "type: excludes, programme: low-income-extra-relief",
        "함께 받는다고",
        "low-income-extra-relief",
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
