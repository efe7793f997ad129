"""Several questions in one sentence → single questions ("금액이랑 서류", "2인이랑 4인 얼마")."""

import re
from dataclasses import dataclass

from assistant.retrieval.names import ProgrammeNames
from assistant.retrieval.query import ASKING

MOST = 3
"""Parts that are answered: the summary has three statements."""
_TOGETHER = re.compile(
    r"같이|중복|둘\s?다|동시|함께|차이|비교|아니면|말고|대신|겹치|(?:와|과|랑|하고)\s?(?:다른|같은)"
)
"""Words that ask how two things stand to each other: one question, not two."""
_MAY = r"되나|되는지|돼요|됩니|가능|있나요|있어요|받나|받을\s?수"
_NOUNS = {
    "money": r"지원\s?금액|지원액|지급액|금액|월액|월급|한도|요금|비용|이용료|본인\s?부담금?|지원\s?내용",
    "rate": r"금리|이자율?",
    "share": r"지원율|환급률|경감률|부담률",
    "papers": r"구비\s?서류|제출\s?서류|필요\s?서류|서류|준비물",
    "place": r"신청처|신청\s?장소|접수처|신청\s?방법|접수\s?방법|위치|주소|사용처",
    "time": r"(?:신청|접수|이용|유효)\s?기간|기간|기한|마감일?|(?:운영|이용)\s?시간|시간|횟수",
    "phone": r"전화\s?번호|연락처|문의처",
    "who": r"지원\s?대상|대상|자격|나이|연령|소득\s?기준|재산\s?기준|조건",
}
_NOUN = "|".join(_NOUNS.values())
_JOINS = r"\s?(?:이랑|랑|하고|와|과|및|그리고|,|/|·)\s?"
_WITH = r"\s?(?:이랑|랑|하고|와|과|및)\s?"
_LIST = re.compile(
    rf"(?P<subject>.*?)(?<![가-힣])(?P<first>{_NOUN})(?P<join>{_JOINS}|\s)(?P<second>{_NOUN})(?P<rest>.*)$"
)
_CLAUSE = re.compile(
    rf"((?:{ASKING})(?:(?!들고|갖고|싶고|(?<!군데\s)(?<!곳\s)(?<!곳이\s)있고)[가-힣%\s]){{0,12}}?(?:이고|고|이며|며)\s?,?\s|[?？]\s?|,\s"
    r"|(?:얼마|언제까지|어디서)\s(?=언제|어디|몇|누가|뭐|뭘))"
)
"""Where one question ends and the next begins: "얼마고 ", "몇 살까지고 ", "? ", ", "."""
_TALK = re.compile(r"(?:라|다|려|자|들|갖|(?<!서\s)(?<!게\s)하)고\s?,?\s?$")
"""Endings that only look like "… and"."""
_TOPIC = re.compile(r"(?:[가-힣]+(?:은|는|이|가)|[가-힣]+\s[가-힣]+고)\s")
"""A clause that begins with what it is about itself: "돈은 …", "보호 끝나고 …"."""
_SCOPE = re.compile(
    r"\s(?:(?:신청|접수|지급|이용)(?:은|는|을|를)|한\s?달에|매달|일\s?년에|한\s?번에|최대|총)$"
)
"""What belongs to the first question alone, behind what both are about: "기초연금 신청은", "수당 한 달에"."""
_MEASURE = r"\d{1,3}\s?(?:인|명|세|살|개월|등급|급|차|학년)(?:\s?가구)?"
_EACH = re.compile(
    rf"^(?P<one>.+?){_WITH}(?P<two>(?!\S*이\s|둘)\S+?)(?:이랑|랑|하고)?"
    r"(?P<rest>\s(?:(?!사는|살고|사시)\S+\s){0,4}?(?:각각|얼마씩|몇\S*씩).*)$"
)
"""The same asked of two things: "태극이랑 인헌 얼마씩"."""
_TWO_MEASURES = re.compile(rf"^(?P<before>.*?)(?P<one>{_MEASURE}){_JOINS}(?P<two>{_MEASURE})(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions. `own_subject`: it names a programme, round or row of its own."""

    text: str
    own_subject: bool


def split(question: str, names: ProgrammeNames) -> tuple[Part, ...]:
    """The single questions of a sentence; empty where it asks one thing."""
    if _TOGETHER.search(question):
        return ()
    question = re.sub(r"\s?[+&]\s?", ", ", question)
    return _two_subjects(question, names) or _clauses(question, names) or _listed(question)


def _two_subjects(question: str, names: ProgrammeNames) -> tuple[Part, ...]:
    """The same asked of two rows, rounds or programmes."""
    found = _TWO_MEASURES.match(question)
    if found is None:
        sure = [
            m for m in names.match(question) if m.certainty == 1.0 and len(m.name) >= 4 and not m.condition
        ]
        for one, two in ((a, b) for a in sure for b in sure if not set(a.programmes) & set(b.programmes)):
            pair = rf"(?P<one>{_spaced(one.name)}){_WITH}(?P<two>{_spaced(two.name)})"
            found = found or re.match(rf"^(?P<before>.*?){pair}(?P<rest>.*)$", question)
    if found is None and (each := _EACH.match(question)):
        return _each(each, names)
    if found is None or not re.search(rf"{ASKING}|{_MAY}|{_NOUN}", found["rest"]):
        return ()
    rest = re.sub(r"\s?각각|씩(?![가-힣])", "", found["rest"])
    return tuple(Part(f"{found['before']}{found[which]}{rest}".strip(), True) for which in ("one", "two"))


def _each(found: re.Match[str], names: ProgrammeNames) -> tuple[Part, ...]:
    """Two things of which the same is asked: the second is of the programme of the first, unless it names
    one."""
    rest = re.sub(r"\s?각각|씩(?![가-힣])", "", found["rest"])
    one, two = found["one"], found["two"]
    matches = [m for m in names.match(one) if m.certainty == 1.0 and len(m.name) >= 3]
    spelt = re.search(_spaced(matches[0].name), one) if matches else None
    subject = spelt.group() if spelt else one.rpartition(" ")[0]
    led = two if names.match(two) else f"{subject} {two}"
    return Part(f"{one}{rest}".strip(), True), Part(f"{led}{rest}".strip(), True)


def _spaced(name: str) -> str:
    return r"\s?".join(map(re.escape, name))


def _clauses(question: str, names: ProgrammeNames) -> tuple[Part, ...]:
    """Clauses that each ask ("얼마고 언제까지"); what tells and does not ask leads every one of them."""
    pieces = _joined(_CLAUSE.split(question))
    asking = [
        p for p in pieces if re.search(rf"{ASKING}|(?:{_NOUN})(?:[은는이가도]|$)", p) or _may(p, pieces)
    ]
    if not 2 <= len(asking) <= MOST or any(_TALK.search(p) for p in asking[:-1]):
        return ()
    told = " ".join(piece for piece in pieces if piece not in asking)
    subject = f"{told} {_subject(asking[0])}".strip()
    named = [{p for m in names.match(piece) if m.certainty == 1.0 for p in m.programmes} for piece in asking]
    parts = []
    for piece, own in zip(asking, named, strict=True):
        other = bool(own) and any(names and not own & names for names in named)
        about = _SCOPE.sub("", subject) if _TOPIC.match(piece) else subject
        led = piece if own or (piece is asking[0] and not told) else f"{about} {piece}"
        parts.append(Part(led, other))
    return tuple(parts)


def _may(piece: str, pieces: list[str]) -> bool:
    """Whether the last clause asks whether something may be done, after one that does not end in "… and"."""
    follows_and = len(pieces) > 1 and pieces[-2].endswith("고")
    return piece is pieces[-1] and not follows_and and bool(re.search(_MAY, piece))


def _joined(pieces: list[str]) -> list[str]:
    """Clauses with the endings that `re.split` set apart."""
    ends = [*pieces[1::2], ""]
    return [
        words for piece, end in zip(pieces[::2], ends, strict=True) if (words := (piece + end).strip(" ,?？"))
    ]


def _subject(clause: str) -> str:
    """What a clause is about: its words before the first that asks."""
    return re.split(rf"{ASKING}|{_NOUN}", clause, maxsplit=1)[0].strip()


def _listed(question: str) -> tuple[Part, ...]:
    """Things asked for in a row: "신청처랑 서류", "한도 금리"."""
    found = _LIST.match(question)
    if found is None:
        return ()
    first, second = (_kind(found[which]) for which in ("first", "second"))
    loose = not found["join"].strip()
    if first == second or (loose and not {first, second} & {"rate", "papers", "phone"}):
        return ()
    subject = found["subject"].strip()
    parts = (f"{subject} {found['first']}", f"{subject} {found['second']}{found['rest']}")
    return tuple(Part(text.strip(), False) for text in parts)


def _kind(noun: str) -> str:
    return next(kind for kind, pattern in _NOUNS.items() if re.fullmatch(pattern, noun))
