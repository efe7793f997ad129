"""Personal numbers are masked before they are written or sent on; public numbers, amounts and days survive.

Korean particles stand right behind a number ("010-1234-5678로"), so that no rule here relies on a word
boundary: a number ends where its digits end.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from assistant.domain import Document

RRN, PHONE, ACCOUNT, CARD, EMAIL = "[주민등록번호]", "[전화번호]", "[계좌번호]", "[카드번호]", "[이메일]"
LABELS = (RRN, PHONE, ACCOUNT, CARD, EMAIL)

_SAME = str.maketrans("０１２３４５６７８９＠．－‐‑‒–—―−ㅡ\u00a0\u3000", "0123456789@.---------  ")
"""Other spellings of digits and dashes, one for one, so that places in the text stay the same."""
_SEP = r"[ \t]{0,2}[-./·)][ \t]{0,2}|[ \t]{1,2}"
_S = rf"(?:{_SEP})?"
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]*[ ]?@[ ]?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
)
_BIRTHDAY = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_RRN = re.compile(
    rf"(?<!\d)(?<!\d-){_BIRTHDAY}"
    rf"(?:{_S}\d{{7}}(?!\d)|[ ]?-[ ]?[0-9](?:[*xX●○]{{2,6}}|(?![\d,])(?!-)))"
)
"""A birthday and seven more digits (foreigners' numbers too), or with the first digit of the rest."""
_MOBILE = re.compile(rf"(?<!\d)(?:\+?82{_S}\(?0?\)?|\(?0)1[016789]\)?{_S}\d{{3,4}}{_S}\d{{4}}(?!\d)")
_AREA = r"2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d"
_LANDLINE = re.compile(rf"(?<!\d)(?:\+?82{_S}\(?0?\)?|\(?0)(?:{_AREA})\)?{_S}\d{{3,4}}{_S}\d{{4}}(?!\d)")
_LOCAL = re.compile(r"(?<![\d-])(?!1[568]\d\d)[2-9]\d{2,3}[- ]\d{4}(?![\d-])")
_DIGIT = "[공영일이삼사오육칠팔구]"
_SPOKEN = re.compile(rf"[공영][ -]?일[ -]?[공영일육칠팔구][ -]{{0,3}}(?:{_DIGIT}[ ,-]{{0,3}}){{6,7}}{_DIGIT}")
_CARD = re.compile(
    r"(?<!\d)(?:\d{4}(?:[ ]?-[ ]?|[ ]{1,2}|\.)){3}\d{4}(?!\d)"
    r"|(?<!\d)[2-9]\d{15}(?!\d)"
    r"|(?<!\d)3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\d)"
)
_GROUPS = re.compile(r"(?<![\d.,])\d{1,8}(?:[ ]?-[ ]?\d{1,8}){1,5}(?![\d,])")
_RUN = re.compile(r"(?<![\d.,])\d{10,16}(?![\d,])")
_SPACED = re.compile(r"(?<![\d.,])\d{2,8}(?:[ -]{1,2}\d{2,8}){1,5}(?![\d,])")
_UNIT = re.compile(r"\s*(?:[~〜∼-]\s*[\d,]+\s*)?(?:원|명|건|개|세대|가구|만|억|천|조|%|㎡|년|호(?!입|로))")
_CALLING = re.compile(r"(?:전화|연락처|번호|핸드폰|휴대폰|집)[가-힣]{0,3}[ :]{0,2}$")
_CALLED = re.compile(r"\s*(?:이?으?로|에|번으로|이?라고)?\s*(?:전화|연락|문자)")
_BANK = re.compile(
    r"(?<!\[)(?:계좌|통장|은행|농협|수협|신협|국민|신한|우리|하나|기업|카카오뱅크|카뱅|토스|케이뱅크|새마을금고|우체국|입금)[^\d\n]{0,14}$"
)
_LICENCE_YEAR = re.compile(r"^(?:19|20)\d{2}$")


def phone_key(phone: str) -> str:
    """The digits of a phone number."""
    return re.sub(r"\D", "", phone)


def public_phones(documents: Iterable[Document], desks: Iterable[str] = ()) -> frozenset[str]:
    """Digits of every number that documents publish, in their metadata or text, and of the city's desks."""
    found = {phone_key(phone) for phone in desks}
    for document in documents:
        found.update(phone_key(contact.phone) for contact in document.metadata.contacts)
        for pattern in (_LANDLINE, _MOBILE):
            found.update(phone_key(m.group()) for m in pattern.finditer(document.text.translate(_SAME)))
    return frozenset(found)


class Masker:
    """Replaces personal numbers by their labels; `public`: digits of numbers that everybody may know."""

    def __init__(self, public: Iterable[str] = ()) -> None:
        """Know the public numbers, those of the city also without their area code."""
        self._public = {phone_key(phone) for phone in public}
        self._public |= {key[-length:] for key in self._public if key.startswith("0") for length in (7, 8)}

    def mask(self, text: str) -> str:
        """The text with every personal number replaced; masking it again changes nothing more."""
        plain = text.translate(_SAME)
        spans: list[tuple[int, int, str]] = []
        for pattern, label, personal in self._rules():
            for match in pattern.finditer(plain):
                start, end = match.span()
                free = not any(start < e and s < end for s, e, _ in spans)
                if free and personal(plain, start, end):
                    spans.append((start, end, label))
        for start, end, label in sorted(spans, reverse=True):
            text = text[:start] + label + text[end:]
        return text

    def mask_all(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Several texts, masked."""
        return tuple(self.mask(text) for text in texts)

    def _rules(self) -> tuple[tuple[re.Pattern[str], str, Callable[[str, int, int], bool]], ...]:
        """Patterns in the order in which they take a number, with what else must hold of it."""
        return (
            (_EMAIL, EMAIL, _always),
            (_CARD, CARD, _no_amount),
            (_RRN, RRN, _no_amount),
            (_MOBILE, PHONE, self._private),
            (_LANDLINE, PHONE, self._private),
            (_SPOKEN, PHONE, _always),
            (_GROUPS, ACCOUNT, self._account),
            (_RUN, ACCOUNT, self._long_run),
            (_SPACED, ACCOUNT, self._at_bank),
            (_LOCAL, PHONE, self._local),
        )

    def _private(self, text: str, start: int, end: int) -> bool:
        digits = phone_key(text[start:end])
        digits = "0" + digits[2:].removeprefix("0") if digits.startswith("82") else digits
        return digits not in self._public

    def _local(self, text: str, start: int, end: int) -> bool:
        """A number without its area code is one only where the words around it say so."""
        said = _CALLING.search(text[max(0, start - 12) : start]) or _CALLED.match(text, end)
        return bool(said) and phone_key(text[start:end]) not in self._public

    def _account(self, text: str, start: int, end: int) -> bool:
        words = text[start:end]
        groups = [phone_key(part) for part in words.split("-")]
        digits = "".join(groups)
        if not 10 <= len(digits) <= 16 or digits in self._public or _is_toll_free(digits):
            return False
        if len(groups) == 2 and (len(digits) < 11 or all(_is_day(g) for g in groups)):
            return False
        if _days_only(groups) or all(_LICENCE_YEAR.match(g) for g in groups):
            return False
        return _no_amount(text, start, end)

    def _long_run(self, text: str, start: int, end: int) -> bool:
        digits = text[start:end]
        if digits in self._public or _is_toll_free(digits) or not _no_amount(text, start, end):
            return False
        moment = len(digits) in (12, 14) and _is_day(digits[:8]) and digits[8:10] < "24"
        return not moment or self._at_bank(text, start, end)

    def _at_bank(self, text: str, start: int, end: int) -> bool:
        digits = phone_key(text[start:end])
        near = _BANK.search(text[max(0, start - 24) : start])
        return 10 <= len(digits) <= 16 and bool(near) and _no_amount(text, start, end)


def _always(text: str, start: int, end: int) -> bool:
    return True


def _no_amount(text: str, start: int, end: int) -> bool:
    return not _UNIT.match(text, end)


def _is_toll_free(digits: str) -> bool:
    return digits.startswith("080") and len(digits) in (10, 11)


def _is_day(digits: str) -> bool:
    if len(digits) != 8 or not digits.startswith(("19", "20")):
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _days_only(groups: list[str]) -> bool:
    """Whether groups of digits are days written one after the other: 2021-03-02 - 2021-04-02."""
    joined = [g.zfill(2) for g in groups]
    days = ["".join(joined[i : i + 3]) for i in range(0, len(joined), 3)]
    return len(joined) % 3 == 0 and all(_is_day(day) for day in days)
