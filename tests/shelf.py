"""A corpus of eight small documents, made by hand: two editions, an offer with windows and its amendment,
rounds."""

from pathlib import Path

PENSION_2020 = """---
id: pension-2020
programme: pension
title: 든든연금 사업안내 (2020)
kind: guideline
category: 노인
publisher: 보건복지부
region: 전국
term: annual
effective_from: 2020-01-01
effective_until: 2020-12-31
---
# 든든연금 사업안내 (2020)

## 지원대상
- 만 65세 이상이고 소득인정액이 148만원 이하인 어르신이 받습니다.

## 지원내용
| 가구 | 월 지급액 |
|---|---|
| 단독가구 | 254,760원 |
| 부부가구 | 407,600원 |
"""

PENSION_2021 = """---
id: pension-2021
programme: pension
title: 든든연금 사업안내 (2021)
kind: guideline
category: 노인
publisher: 보건복지부
region: 전국
published_on: 2020-12-20
term: annual
effective_from: 2021-01-01
effective_until: 2021-12-31
supersedes: [pension-2020]
aliases: [어르신 매달 나오는 돈]
contacts: [{name: 국민연금공단, phone: "1355"}]
---
# 든든연금 사업안내 (2021)

어르신의 생활을 돕는 연금입니다.

## 지원대상
- 만 65세 이상이고 소득인정액이 169만원 이하인 어르신이 받습니다.

## 지원내용
| 가구 | 월 지급액 |
|---|---|
| 단독가구 | 300,000원 |
| 부부가구 | 480,000원 |

## 신청방법
- 주소지 읍면동 행정복지센터나 국민연금공단 지사에 신청합니다.
- 복지로 누리집에서도 신청할 수 있습니다.

## 구비서류
- 신분증
- 통장 사본

## 제외대상
- 공무원연금을 받는 사람은 받지 못합니다.
"""

CHEER = """---
id: cheer-2021
programme: cheer
title: 기쁨나눔지원금 (2021)
kind: notice
category: 코로나19
publisher: 진주시
region: 진주시
published_on: 2021-05-10
term: fixed
effective_from: 2021-05-17
effective_until: 2021-10-31
windows:
  - {kind: apply, channel: 온라인, from: 2021-05-17, until: 2021-06-06}
  - {kind: use, from: null, until: 2021-10-31}
aliases: [전시민 10만원]
missing: [paperwork]
---
# 기쁨나눔지원금 (2021)

## 지원대상
- 진주시에 주소를 둔 모든 시민이 받습니다.

## 지원내용
- 한 사람에 10만원을 선불카드로 드립니다.

## 신청방법
- 시 누리집에서 온라인으로 신청합니다.

## 신청기간
- 온라인 신청은 2021년 5월 17일부터 6월 6일까지입니다.

## 사용기간
- 카드는 2021년 10월 31일까지 쓸 수 있습니다.
"""

CHEER_AMENDED = """---
id: cheer-2021-amend-1
programme: cheer
title: 기쁨나눔지원금 신청 연장 (2021-06)
kind: notice
category: 코로나19
publisher: 진주시
region: 진주시
published_on: 2021-06-05
term: fixed
effective_from: 2021-06-05
effective_until: 2021-10-31
windows:
  - {kind: apply, channel: 온라인, from: 2021-05-17, until: 2021-06-20}
amends:
  - {document: cheer-2021, facets: [period]}
---
# 기쁨나눔지원금 신청 연장 (2021년 6월)

## 신청기간
- 온라인 신청을 2021년 6월 20일까지 연장합니다.

## 사용기간
- 카드는 2021년 10월 31일까지 쓸 수 있습니다.
"""

RELIEF = """---
id: relief-{round}
programme: relief
round: {round}차
title: 소상공인 버팀지원금 {round}차
kind: notice
category: 코로나19
publisher: 진주시
region: 진주시
published_on: 2021-0{round}-01
term: open
effective_from: 2021-0{round}-01
---
# 소상공인 버팀지원금 {round}차

## 지원내용
- {round}차 지원금은 업체에 {amount}만원을 드립니다.

## 신청방법
- 시청 소상공인과에 신청합니다.
"""

LIVING = """---
id: living-2021
programme: living
title: 살림급여 (2021)
kind: guideline
category: 저소득
publisher: 보건복지부
region: 전국
term: annual
effective_from: 2021-01-01
effective_until: 2021-12-31
---
# 살림급여 (2021)

## 선정기준
| 가구원 수 | 소득인정액 |
|---|---|
| 1인 | 548,349원 |
| 2인 | 926,424원 |
| 3인 | 1,195,185원 |
| 4인 이상 | 1,462,887원 |
"""

UNDATED = """# 마을버스 무료 이용

## 이용대상
- 만 70세 이상 어르신이 마을버스를 무료로 탑니다.

## 문의
- 교통행정과 055-123-4567
"""

FILES = {
    "노인/pension-2020.md": PENSION_2020,
    "노인/pension-2021.md": PENSION_2021,
    "코로나19/cheer-2021.md": CHEER,
    "코로나19/cheer-2021-amend-1.md": CHEER_AMENDED,
    "코로나19/relief-3.md": RELIEF.format(round=3, amount=50),
    "코로나19/relief-4.md": RELIEF.format(round=4, amount=100),
    "저소득/living-2021.md": LIVING,
    "마을버스.md": UNDATED,
}


def write(folder: Path) -> Path:
    """Write the documents below `folder`; the folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
