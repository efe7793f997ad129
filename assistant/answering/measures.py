"""What a question and a table's key measure: ages, household sizes, amounts, shares, and the ranges they
stand for."""

import re
from dataclasses import dataclass

_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = {
    **{"한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6},
    **{"일곱": 7, "여덟": 8, "아홉": 9},
}
_SINO = {"이십": 20, "삼십": 30, "사십": 40, "오십": 50, "육십": 60, "칠십": 70, "팔십": 80, "구십": 90}
_UNITS = {
    "살": "세",
    "명": "인",
    "사람": "인",
    "프로": "%",
    "퍼센트": "%",
    "톤": "톤",
    "급지": "급지",
    "급": "급",
}
_MEASURE = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s?(만)?\s?(세|살|개월|인|명|톤|%|프로|퍼센트|급지|급|원|일|주|회|학년|종)"
)
_RANGE = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s?(만)?\s?(세|살|개월|인|명|톤|%|급지|급|원|일|주|회|학년|종)?\s?(이상|초과|이하|미만|부터)?"
    r"(?:\s?[~∼-]\s?(?:만\s?)?|\s)?(?:(\d[\d,]*(?:\.\d+)?)\s?(만)?\s?(세|살|개월|인|명|톤|%|급지|급|원|일|주|회|학년|종)?"
    r"\s?(이하|미만|까지)?)?"
)
_ONE_WORDS = "|".join(sorted(_ONES, key=len, reverse=True))
_AGES = re.compile(
    rf"(?<![가-힣])(?:({'|'.join(_SINO)})|({'|'.join(_TENS)}))?({_ONE_WORDS})?"
    r"(?:\s?(?:살|세)(?![가-힣]?대)|(?=\s?(?:인데|이라|이고|입니다|이에|이예|이신|먹|넘|된|되)))"
)
_BARE_AGE = re.compile(
    r"(?<![\d.,~-])(1[5-9]|[2-9]\d|10\d)(?=\s?(?:인데|이신데|이고|이라예|이예요|넘었|넘은|넘어|먹은|먹었))"
)
"""An age without its unit: "아버지가 78인데"."""
_COUNTS = {
    **{"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8},
    **{"아홉": 9, "열": 10, "열두": 12, "칠": 7, "팔": 8, "구": 9, "십": 10, "오": 5, "육": 6, "삼": 3},
}
_COUNTED = re.compile(
    r"(?<![가-힣])(한|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(명|사람|식구)(?!당|에|씩|마다)"
    r"|(?<![가-힣])(두|석|세|넉|네|다섯|여섯|일곱|여덟|아홉|열|열두)\s?(달)(?!에|마다|씩)"
    r"|(?<![가-힣])(삼|오|육|칠|팔|구|십)\s?(년)(?=째|동안|넘|됐|된|이)"
)
_COUNT_UNITS = {"명": "인", "사람": "인", "식구": "인", "달": "개월", "년": "년"}
_SPANS: tuple[tuple[str, tuple[float, str]], ...] = (
    (r"반\s?년", (6, "개월")),
    (r"(?:일|1)\s?년(?!에)", (12, "개월")),
    (r"열흘", (10, "일")),
    (r"보름", (15, "일")),
)
_SAYINGS: tuple[tuple[str, tuple[float, str]], ...] = (
    (r"갓난|신생아|막\s?태어|돌\s?(?:이?\s?)?(?:안|전|도)", (0, "세")),
    (r"(?<!두\s)(?<!두)돌\s?(?:지난|지났|넘)", (1, "세")),
    (r"혼자|독거|나\s?혼자|1인", (1, "인")),
    (r"둘이|둘만|부부|두\s?식구", (2, "인")),
    (r"세\s?식구|식구\s?셋|셋이", (3, "인")),
    (r"네\s?식구|식구\s?넷|넷이", (4, "인")),
    (r"다섯\s?식구|식구\s?다섯", (5, "인")),
    *((rf"(?:식구|가족|가구원).{{0,6}}{w}\s?(?:명|사람)", (n, "인")) for w, n in _ONES.items()),
)
SYNONYMS: tuple[tuple[str, str], ...] = (
    (r"첫\s?애|첫\s?아이|큰\s?애", "첫째"),
    (r"둘째\s?애|두\s?번째\s?아이", "둘째"),
    (r"세\s?번째\s?아이", "셋째"),
    (r"혼자|독거", "단독 1인"),
    (r"영감하고|할멈하고|내외", "부부"),
    (r"식당|음식점|밥집", "음식점"),
    (r"대기업|큰\s?회사", "대규모"),
    (r"작은\s?회사|중소기업", "우선지원"),
    (r"1인\s?가구", "단독"),
    (r"외벌이", "홑벌이"),
    (r"2인\s?가구|둘이\s?사|둘만\s?사", "부부"),
    (r"(?<![가-힣])이\s?(?:심|해\s?넣|박)", "임플란트"),
    (r"결혼|예식", "혼례 결혼"),
    (r"장례|초상|상\s?(?:치|당)", "장제 장례"),
    (r"고등학|고[1-3](?![가-힣0-9])|고딩", "고등학생 고등학교"),
    (r"중학|중[1-3](?![가-힣0-9])|중딩", "중학생 중학교"),
    (r"초등|국민학교|초[1-6](?![가-힣0-9])", "초등학생 초등학교"),
    (r"세\s?들|월세|전세|셋방|남의\s?집", "임차"),
    (r"내\s?집|자기\s?집|집\s?주인|자택", "자가"),
    (r"목욕탕|사우나", "목욕장"),
    (r"경증|심하지\s?않|안\s?심한|약한", "경증 심하지 않은"),
    (r"중증|심한(?!.{0,4}않)", "중증 심한"),
    (r"수급자", "수급자"),
    (r"택시", "택시 법인택시"),
)
"""What callers say for what tables write."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the question says that a row's key can be compared with; `area`: the class of area to read by."""

    words: str
    measures: tuple[tuple[float, str], ...]
    area: str | None = None


def facts_of(question: str, area: str | None = None) -> Facts:
    """The words (with what tables call them, without spaces) and measures of a question, read by an area."""
    extra = [table for said, table in SYNONYMS if re.search(said, question)]
    measures = [
        (_value(n, man), _UNITS.get(u, u)) for n, man, u in _MEASURE.findall(_BARE_AGE.sub(r"\1세", question))
    ]
    for sino, tens, ones in _AGES.findall(question):
        if sino or tens or ones:
            measures.append((_SINO.get(sino, 0) + _TENS.get(tens, 0) + _ONES.get(ones, 0), "세"))
    for found in _COUNTED.findall(question):
        number, unit = (part for part in found if part)
        measures.append((_COUNTS[number], _COUNT_UNITS[unit]))
    measures += [measure for said, measure in (*_SPANS, *_SAYINGS) if re.search(said, question)]
    words = " ".join((question, *extra, area or ""))
    return Facts("".join(words.split()), tuple(dict.fromkeys(measures)), area)


def ranges(key: str) -> list[tuple[float, float, str]]:
    """The measures of a key as closed ranges with their unit: "24~35개월", "4인 이상", "50% 초과 100%
    이하", "300 이하"."""
    found = []
    for match in _RANGE.finditer(key):
        first, man, unit, bound, last, last_man, last_unit, last_bound = match.groups()
        unit = _UNITS.get(last_unit or unit or "", last_unit or unit or "")
        low = high = _value(first, man or (last_man if last and not man and last_man else ""))
        if last:
            high = _value(last, last_man)
            high -= 1e-6 if last_bound == "미만" else 0
            low += 1e-6 if bound == "초과" else 0
        elif bound in ("이상", "부터"):
            high = float("inf")
        elif bound == "초과":
            low, high = low + 1e-6, float("inf")
        elif bound == "이하":
            low = float("-inf")
        elif bound == "미만":
            low, high = float("-inf"), low - 1e-6
        found.append((low, high, unit))
    return found


def _value(number: str, man: str | None) -> float:
    return float(number.replace(",", "")) * (10_000 if man else 1)


def household_sizes(key: str) -> tuple[int, int] | None:
    """The household sizes a row's key covers: "3인", "4인 이상", "5~6인 가구"; None where it names none."""
    found = re.search(r"(\d{1,2})\s?(?:[~∼-]\s?(\d{1,2}))?\s?(?:인|명)(?:\s?가구)?\s?(이상|이하|초과)?", key)
    if not found or re.search(r"\d인\s?(?:당|1)", key):
        return None
    low, high = int(found.group(1)), int(found.group(2) or found.group(1))
    match found.group(3):
        case "이상":
            return low, 99
        case "초과":
            return low + 1, 99
        case "이하":
            return 1, high
    return low, high
