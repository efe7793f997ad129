"""What a question takes for granted that the programme's documents do not say: named beside the answer,
never passed over."""

import re
from collections.abc import Sequence

from assistant.answering.asked import Asked
from assistant.answering.grounding import numbers
from assistant.answering.resolution import Resolution
from assistant.domain import Caution
from assistant.retrieval.query import lives_elsewhere, names_home

_CLAIMED = re.compile(
    r"\d[\d,]*\s?(?:만|천|억)?\s?원(?=.{0,14}(?:준다|올랐|오른|오르|인상|맞|라던|라카|다던|다카|라며|받는다|나온다|된다))"
)
_CLAIMED_SPOKEN = re.compile(
    r"(?<![가-힣])((?:[이삼사오육칠팔구]?백)?(?:[이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?)만\s?원?"
    r"(?=.{0,14}(?:준다|올랐|오른|오르|인상|맞|라던|라카|다던|다카|라며|받는다|나온다|된다))"
)
_SINO = {digit: value for value, digit in enumerate("일이삼사오육칠팔구", start=1)}
_MONEY = re.compile(r"\d[\d,.]*\s?(?:만|천|억)?(?:\s?\d[\d,]*\s?(?:천)?)?\s?원")
_KIND_OF_GROUP = re.compile(r"(?<!\d)(\d{1,2})\s?(종|급|등급|유형)(?![가-힣]{0,2}병)")
_OPPOSITES = (
    (
        r"경증|심하지\s?않은",
        r"심한장애인?|장애(?:의)?정도가심한|중증장애인?",
        "장애 정도가 심하지 않은 경우",
    ),
    (r"(?<!우리\s)남편이?\s.{0,12}(?:휴가|휴직)|아빠\s?(?:출산|육아)", r"출산", "배우자(아버지)의 휴가"),
)
"""What a question speaks of, what the documents then speak of instead, and what is called lacking."""
_PEOPLE = frozenset(
    {
        *(
            "엄마",
            "아빠",
            "아버지",
            "어머니",
            "할머니",
            "할아버지",
            "남편",
            "아내",
            "아들",
            "우리집",
            "부모",
            "시어머니",
        ),
        *(
            "며느리",
            "사위",
            "영감",
            "할멈",
            "이모",
            "고모",
            "삼촌",
            "친구",
            "이웃",
            "옆집",
            "동생",
            "누나",
            "언니",
            "오빠",
        ),
        *(
            "아이",
            "아기",
            "애기",
            "식구",
            "가족",
            "자식",
            "손주",
            "손자",
            "선생",
            "본인",
            "사람",
            "친정",
            "시댁",
            "신랑",
        ),
        *(
            "오늘",
            "그때",
            "어제",
            "내일",
            "다음",
            "아까",
            "요새",
            "요번",
            "저번",
            "다음달",
            "이번달",
            "하루",
            "한달",
            "매달",
        ),
        *(
            "공짜로",
            "나라에서",
            "궁금",
            "질문",
            "상담",
            "안녕",
            "부탁",
            "감사",
            "확인",
            "생각",
            "걱정",
            "필요",
            "가능",
            "정도",
            "나이",
        ),
        *(
            "전화번호",
            "연락처",
            "홈페이지",
            "소리",
            "이야기",
            "얘기",
            "이름",
            "마음",
            "처음",
            "나중",
            "전부",
            "모두",
            "혼자",
            "최대",
            "최고",
            "제일",
            "번호",
        ),
    }
)
"""Nouns that a caller says and no guideline writes: their absence tells nothing."""
_HOUSEHOLDS = ("식구", "가족")
"""Endings of words that tell the household's size ("다섯식구")."""
_FOREIGNERS = re.compile(r"외국인|유학생|재외\s?국민|불법\s?체류|동포|결혼\s?이민")


def differences(
    resolution: Resolution, asked: Asked, nouns: Sequence[str], searched: str, told: Sequence[str] = ()
) -> tuple[Caution, ...]:
    """Cautions for another region, an amount that is not in the documents, a group or a thing that they
    do not name.

    `searched`: titles, aliases and texts of the programme without spaces; `told`: what the answer says.
    """
    found: list[Caution] = []
    understood = asked.understood
    lead = resolution.lead.metadata
    if understood.regions and not names_home(understood.text):
        where = "·".join(understood.regions)
        home = lead.region or "이 지역"
        found.append(
            Caution(
                "other_region", f"{where} 자료는 없습니다. {home} 기준 안내이니 {where} 쪽에 확인해 주세요."
            )
        )
    elif lead.region == "진주시" and (elsewhere := lives_elsewhere(understood.text)):
        text = f"{elsewhere}에 사는 분이면 진주시민 대상 사업에 해당하는지 주소 요건을 먼저 확인해 주세요."
        found.append(Caution("other_region", text))
    if claimed := _claimed_amounts(understood.text, searched):
        held = list(dict.fromkeys(amount.strip() for text in told for amount in _MONEY.findall(text)))[:2]
        instead = f"자료의 금액: {' · '.join(held)}." if held else "자료의 금액을 안내해 주세요."
        found.append(Caution("amount_differs", f"{' · '.join(claimed)}은 자료에 없습니다. {instead}"))
    found += _other_groups(understood.text, searched)
    group = _FOREIGNERS.search(understood.text)
    if group and group.group().replace(" ", "") not in searched:
        found.append(Caution("not_mentioned", f"{group.group()}에 관한 내용은 자료에 없습니다."))
    else:
        unsaid = [
            n
            for n in nouns
            if not (n in _PEOPLE or n.endswith(_HOUSEHOLDS))
            and re.fullmatch(r"[가-힣]+", n)
            and not _said(n, searched)
        ]
        if unsaid:
            found.append(Caution("not_mentioned", f"자료에 없는 말: {', '.join(unsaid[:3])}"))
    return tuple(found)


def _other_groups(question: str, searched: str) -> list[Caution]:
    """Groups that the question names and the documents do not, where they name the neighbouring one."""
    found = []
    for number, kind in _KIND_OF_GROUP.findall(question):
        held = sorted({n for n, k in _KIND_OF_GROUP.findall(searched) if k == kind}, key=int)
        if held and number not in held:
            named = "·".join(f"{n}{kind}" for n in held[:4])
            found.append(
                Caution("other_group", f"{number}{kind}은 자료에 없습니다. 자료에 있는 것: {named}.")
            )
    for said, instead, what in _OPPOSITES:
        opposite = re.search(instead, searched)
        if opposite and re.search(said, question) and not re.search(said, searched):
            text = f"{what}는 자료에 없습니다. 자료에 있는 것: {opposite.group()}."
            found.append(Caution("other_group", text))
    return found


def _said(noun: str, searched: str) -> bool:
    """Whether the documents say a noun, whole or as its two halves ("소득기준": 소득, 기준)."""
    return noun in searched or (len(noun) >= 4 and noun[:2] in searched and noun[-2:] in searched)


def _claimed_amounts(question: str, searched: str) -> list[str]:
    """Amounts that the question repeats as hearsay and no document of the programme holds."""
    held = numbers(searched)
    spoken = [
        f"{words}만원"
        for words in _CLAIMED_SPOKEN.findall(question)
        if words and str(_spoken_number(words) * 10_000) not in held
    ]
    written = [m.group().strip() for m in _CLAIMED.finditer(question) if not numbers(m.group()) <= held]
    return [*written, *spoken]


def _spoken_number(words: str) -> int:
    """A number below a thousand as it is said: "칠십" is 70, "백이십" 120."""
    total, digit = 0, 0
    for sign in words:
        if sign in _SINO:
            digit = _SINO[sign]
        else:
            total, digit = total + max(digit, 1) * (100 if sign == "백" else 10), 0
    return total + digit
