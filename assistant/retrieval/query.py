"""A question as typed → what it asks: facets, household, age, rounds, years, dates, regions."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from assistant.domain import Facet
from assistant.errors import QuestionError

MAX_CHARACTERS = 2000

_SYLLABLE_NUMBERS = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "혼자": 1,
    "둘": 2,
    "셋": 3,
    "넷": 4,
}
_ORDINALS = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}

ASKING = r"얼마(?!\s?전)|얼만|언제|어디|몇|누가|누구|뭐|뭘|무엇|무슨|어떤|어떻게|며칠"
"""Words that ask, as they are written."""
FACET_CUES: tuple[tuple[Facet, str], ...] = (
    (
        Facet.PAPERWORK,
        r"서류|준비물|(?<!청)구비|지참|(?:뭐|무엇|뭘|무얼)[를을]?\s?(?:가져|챙겨|준비|들고|내야|제출)|신분증|증명서|신청서",
    ),
    (
        Facet.CONTACT,
        r"문의|연락처|전화\s?번호|번호\s?(?:좀|알려|뭐|가|는|를)|전화번호|담당\s?(?:부서|자|과)"
        r"|(?:어디|어느 곳)(?:로|에다?)?\s?(?:전화|문의|연락|물어)"
        r"|전화\s?(?:어디|하면|할)|누리집|홈페이지|웹\s?사이트|사이트\s?주소|콜센터",
    ),
    (
        Facet.EXCLUSION,
        r"중복|같이\s?(?:받|신청)|둘\s?다|동시에|못\s?받|제외|안\s?(?:되는|돼|주)|빠지|탈락|겹치|또\s?받|함께\s?받|에도\s?(?:받|또)",
    ),
    (
        Facet.PERIOD,
        r"언제|기간|기한|마감|까지\s?(?:예요|에요|인가|인지|써|쓸|쓰|신청|해야|하면|가능|죠|야|임|냐|유효)|며칠|몇\s?월|몇\s?일|시기|몇\s?시|유효"
        r"|아직도?\s?(?:신청|되|돼|가능|받)|지금도|끝났|시작|몇\s?개월|몇\s?년|얼마나\s?(?:오래|걸리)",
    ),
    (
        Facet.BENEFIT,
        r"얼마|얼만|금액|액수|몇\s?만|몇\s?원|단가|혜택|(?:지원|서비스|사업)\s?내용|무슨\s?(?:지원|도움|혜택)|어떤\s?(?:지원|도움|혜택|서비스)"
        r"|(?:뭐|뭘|무엇을?)\s?(?:해\s?주|지원|받|도와|나와|나오)|한도|요금|할인율|감면율|몇\s?(?:퍼센트|%|프로)|월\s?얼",
    ),
    (
        Facet.APPLICATION,
        r"어디서|어디에서|어디로|어디에|어디\s?가|어떻게\s?(?:신청|받|하|해|이용|가입|등록|쓰|써)|신청\s?(?:방법|하려|할게|할래|하고|은|는|을|하는|어떻|해|좀|절차|서|가능)"
        r"|신청$|접수|절차|방법|하려면|온라인|방문|인터넷|앱으로",
    ),
    (
        Facet.TARGET,
        r"누가|누구|대상|자격|되나요|될까|되나|됩니까|되는지|돼요|될런지|해당\s?(?:되|돼|하)|받을\s?수|받나|가능한?가|가능할|몇\s?살|나이|연령|조건|저도|우리도|나도",
    ),
    (Facet.CRITERIA, r"기준|소득|재산|중위"),
)
"""Cues in the order in which they are trusted; a question may ask several facets."""

_REGIONS = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|충청|전북|전남|전라|경북|제주|수원|성남|용인|고양|창원|김해|양산|"
    "거제|통영|사천|밀양|함안|거창|합천|하동|산청|남해|함양|창녕|의령|고성|포항|경주|구미|안동|여수|순천|목포|광양|전주|익산|군산|"
    "청주|천안|아산|춘천|원주|강릉|안산|안양|부천|화성|평택|의정부|파주|남양주|시흥|김포"
)
_REGION = re.compile(
    rf"(?<![가-힣])({_REGIONS})(?=(?:시|군|도|구|특별시|광역시|남도|북도)?(?:[\s에는은도의로,.?]|에서|사는|살|형|사랑|시민|$))"
)
_HAPPENS = (
    r"(?:에|부터|까지|쯤)?\s(?:(?!얼마|얼만|기준|금액)[^?.]){0,14}?"
    r"(?:\d+\s?(?:세|살)|[가-힣](?:했|됐|되었|났|갔|왔|렸|졌)|되는데|되시|돼요|되면|출산|낳|퇴직|퇴사|실직|이혼|이사|입원|결혼)"
)
"""What follows a relative year that tells when something happens to the caller, not which edition is
asked for."""
_LATER = r"(?:에|에도|까지|으로)?\s?(?:써|쓸|쓰|사용|이월|넘[어기])"
"""What follows a year that tells until when something is used."""
_MONTHS = {
    **{"일월": 1, "이월": 2, "삼월": 3, "사월": 4, "오월": 5, "유월": 6, "칠월": 7, "팔월": 8},
    **{"구월": 9, "시월": 10, "십일월": 11, "십이월": 12},
}
_HOME = re.compile(r"진주|우리\s?시")


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question says besides its words. `dates` never move the as-of date: they may be event dates.

    `situation`: probability (0–1) that it tells a life situation and names no programme; 0 where nothing
    was learned. `looks_back`: it asks what was, not what is.
    """

    text: str
    facets: tuple[Facet, ...]
    window: str | None = None
    household: int | None = None
    ages: tuple[int, ...] = ()
    round: str | None = None
    years: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    regions: tuple[str, ...] = ()
    situation: float = 0.0
    looks_back: bool = False


def normalise(question: str) -> str:
    """NFKC, control characters out, white space folded (QuestionError: empty, or over MAX_CHARACTERS)."""
    text = unicodedata.normalize("NFKC", question)
    text = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"} else c for c in text
    )
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        raise QuestionError("질문이 비어 있습니다. 민원인이 물은 내용을 적어 주세요.")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"질문이 너무 깁니다({len(text):,}자). {MAX_CHARACTERS:,}자 안으로 줄여서 다시 물어 주세요."
        )
    return text


def understand(question: str, as_of: date) -> Understood:
    """Read the facts out of a normalised question. Relative dates ("작년 12월") count from `as_of`."""
    return Understood(
        text=question,
        facets=asked_facets(question),
        window=asked_window(question),
        household=household_of(question),
        ages=tuple(int(a) for a in re.findall(r"(?<!\d)(\d{1,3})\s?(?:세|살)", question) if int(a) < 120),
        round=_round(question),
        years=tuple(dict.fromkeys(_years(question, as_of))),
        dates=tuple(_dates(question, as_of)),
        regions=tuple(dict.fromkeys(_REGION.findall(question))),
        looks_back=looks_back(question),
    )


def looks_back(question: str) -> bool:
    """Whether a question asks what was: its last word is in the past ("언제 접수했어요", "그때 얼마였지요").

    A question of yes or no in the past asks about today ("끝났나요", "바뀌었나요").
    """
    last = question.rstrip(" ?!.~").rsplit(" ", 1)[-1]
    past = any(_ends_in_past(syllable) for syllable in last[:-1] if syllable not in "있겠")
    return past and bool(re.search(ASKING, question))


def _ends_in_past(syllable: str) -> bool:
    """Whether a syllable ends in ㅆ, as those of the past tense do."""
    return "가" <= syllable <= "힣" and (ord(syllable) - ord("가")) % 28 == 20


def asked_facets(question: str) -> tuple[Facet, ...]:
    """Facets the words ask for, most trusted first; weaker cues are dropped where a stronger one explains
    them."""
    found = [facet for facet, cue in FACET_CUES if re.search(cue, question)]
    strong = [f for f in found if f not in {Facet.TARGET, Facet.CRITERIA, Facet.APPLICATION}]
    if (
        strong
        and Facet.TARGET in found
        and not re.search(r"누가|누구|대상|자격|조건|나이|몇\s?살|연령", question)
    ):
        found.remove(Facet.TARGET)
    if (
        strong
        and Facet.APPLICATION in found
        and not re.search(r"방법|어디|어떻게|절차|하려면|접수\s?처", question)
    ):
        found.remove(Facet.APPLICATION)
    if (
        Facet.CONTACT in found
        and Facet.APPLICATION in found
        and not re.search(r"신청|접수|절차|방법", question)
    ):
        found.remove(Facet.APPLICATION)
    if len(found) > 1 and Facet.CRITERIA in found and not re.search(r"기준", question):
        found.remove(Facet.CRITERIA)
    return tuple(found)


def asks_several(question: str) -> bool:
    """Whether the question joins two things asked for: "금액이랑 서류", "얼마고 언제까지"."""
    return bool(re.search(r"(?:이랑|랑|하고|그리고|,|/|이고|마고|며)\s?|[와과]\s", question))


def asked_window(question: str) -> str | None:
    """The kind of window a question is about: use, appeal, pay or apply; None when it is about none."""
    for kind, cue in (
        ("use", r"쓸\s?수|써야|써요|쓰나|쓰죠|사용|쓰는|쓰면|유효\s?기간|카드.{0,8}(?:까지|언제)"),
        ("appeal", r"이의\s?신청"),
        ("pay", r"지급일|언제\s?(?:들어|나오|나와|입금|지급|받)|입금"),
        ("apply", r"신청|접수|마감|아직도?\s?(?:되|돼|가능|받)"),
    ):
        if re.search(cue, question):
            return kind
    return None


def household_of(question: str) -> int | None:
    """The number of persons in the caller's household, where the question tells it."""
    found = re.search(
        r"(?<!\d)(\d{1,2})\s?인(?:\s?(?:가구|가족|세대|식구)|(?![가-힣])|이(?:요|에요|예요|면|고)|은|는|기준)",
        question,
    )
    if found:
        return int(found.group(1))
    found = re.search(
        r"(?:식구|가족|가구원?)(?:이|가|은|는)?\s?(?:총|모두|전부)?\s?(\d{1,2}|한|두|세|네|다섯|여섯|일곱|둘|셋|넷)\s?(?:명|식구|사람)?",
        question,
    )
    if found:
        return _number(found.group(1))
    found = re.search(r"(한|두|세|네|다섯|여섯|일곱|\d{1,2})\s?(?:식구|가족)", question)
    if found:
        return _number(found.group(1))
    return 1 if re.search(r"혼자\s?(?:사|살)|독거", question) else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _SYLLABLE_NUMBERS[word]


def _round(question: str) -> str | None:
    found = re.search(r"(?<!\d)(\d{1,2})\s?차(?!상위|\s?(?:접종|백신))", question)
    if found:
        return found.group(1)
    found = re.search(r"(첫|두|세|네|다섯|여섯)\s?번째\s?(?:재난|지원)", question)
    return str(_ORDINALS[found.group(1)]) if found else None


def _years(question: str, as_of: date) -> list[int]:
    years = [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})\s?(?:년(?!\s?생)|[-./])", question)]
    years += [
        2000 + int(y)
        for y in re.findall(r"(?<!\d)['’]?(\d{2})년(?!\s?생)(?:도|에|\s|[가-힣]|$)", question)
        if 15 <= int(y) <= 35
    ]
    for word, shift in (("재작년", 2), ("작년", 1), ("지난해", 1), ("올해", 0), ("내년", -1)):
        said = rf"(?<!재){word}" if word == "작년" else word
        if re.search(said, question) and not re.search(f"{said}(?:{_HAPPENS}|{_LATER})", question):
            years.append(as_of.year - shift)
    return years


def _dates(question: str, as_of: date) -> list[date]:
    """Days named in full, or a month with a year (its first day): candidates for the event date."""
    question = re.sub(
        rf"(?<=\s)({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w*급)",
        lambda found: f"{_MONTHS[found.group()]}월",
        question,
    )
    days: list[date] = []
    for year, month, day in re.findall(r"(\d{4})\s?[년.\-/]\s?(\d{1,2})\s?[월.\-/]\s?(\d{1,2})?", question):
        days += _day(int(year), int(month), int(day or 1))
    relative = {"재작년": 2, "작년": 1, "지난해": 1, "올해": 0}
    for word, month, day in re.findall(
        r"(재작년|작년|지난해|올해)\s?(\d{1,2})월(?:\s?(\d{1,2})일)?", question
    ):
        days += _day(as_of.year - relative[word], int(month), int(day or 1))
    if not days:
        for month, day in re.findall(r"(?<![\d년월.\-/])(\d{1,2})월\s?(\d{1,2})일", question):
            found = _day(as_of.year, int(month), int(day))
            days += found if found and found[0] <= as_of else _day(as_of.year - 1, int(month), int(day))
    return days


def _day(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def names_home(question: str) -> bool:
    """Whether the question names this city, and not only to compare."""
    compared = re.search(r"진주(?:시)?\s?(?:처럼|같이|만큼|말고|아니고)", question)
    return bool(_HOME.search(question)) and not compared


def lives_elsewhere(question: str) -> str | None:
    """The other city in which the caller says to live, though the question names this one; else None."""
    found = re.search(
        rf"(?<![가-힣])({_REGIONS})(?:시|군)?(?:에|에서)?\s?(?:사는|살고|살아|사시는|거주|주민|사람|시민|군민)"
        rf"|주소(?:는|가|지는|지가|만)?\s?({_REGIONS})",
        question,
    )
    return next((city for city in found.groups() if city), None) if found else None
