"""Personal numbers are masked before they are written or sent on; public numbers, amounts and days survive.

Korean particles stand right behind a number ("010-1234-5678로"), so that no rule here relies on a word
boundary: a number ends where its digits end. Dictated, they also stand between its groups (010에 1234에).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from assistant.domain import Document

RRN, PHONE, ACCOUNT, CARD, EMAIL = "[주민등록번호]", "[전화번호]", "[계좌번호]", "[카드번호]", "[이메일]"
LABELS = (RRN, PHONE, ACCOUNT, CARD, EMAIL)

_SAME = str.maketrans("０１２３４５６７８９＠．－‐‑‒–—―−ㅡ\u00a0\u3000", "0123456789@.---------  ")
"""Other spellings of digits and dashes, one for one, so that places in the text stay the same."""
_SAID = r"[ \t]{0,2}(?:국?번?[에의]|다시|대[시쉬]|하이픈|빼기)[ \t]{0,2}"
"""What people say between the groups of a number: 010에 1234 다시 5678."""
_SEP = rf"[ \t]{{0,2}}[-./·)][ \t]{{0,2}}|{_SAID}|[ \t]{{1,2}}"
_S = rf"(?:{_SEP})?"
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]*[ ]?@[ ]?[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
)
_BIRTHDAY = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_RRN = re.compile(
    rf"(?<!\d)(?<!\d-){_BIRTHDAY}"
    rf"(?:{_S}\d{{7}}(?!\d)|{_SAID}\d[*xX●○]{{2,6}}|[ ]?-[ ]?[0-9](?:[*xX●○]{{2,6}}|(?![\d,])(?!-)))"
)
"""A birthday and seven more digits (foreigners' numbers too), or with the first digit of the rest."""
_MOBILE = re.compile(rf"(?<!\d)(?:\+?82{_S}\(?0?\)?|\(?0)1[016789]\)?{_S}\d{{3,4}}{_S}\d{{4}}(?!\d)")
_AREA = r"2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d"
_LANDLINE = re.compile(
    rf"(?<!\d)(?<!\d\d[-.])(?:\+?82{_S}\(?0?\)?|\(?0)(?:{_AREA})\)?{_S}\d{{3,4}}{_S}\d{{4}}(?!\d)"
)
_LOCAL = re.compile(rf"(?<![\d-])(?!1[568]\d\d)[2-9]\d{{2,3}}(?:[- ]|{_SAID})\d{{4}}(?![\d-])")
_SYLLABLES = "공영일이삼사오육칠팔구"
_AS_DIGITS = str.maketrans(_SYLLABLES, "00123456789")
_D, _G = rf"[\d{_SYLLABLES}]", rf"(?:{_SAID}|[ ,-]{{1,3}})?"
_LAST = rf"(?:\d{{4}}(?!\d)|(?:[{_SYLLABLES}]{_G}){{3}}[{_SYLLABLES}])"
"""The last four digits, all of one spelling: the 이 behind 055-754-1001 is no digit of it."""
_SPOKEN = re.compile(
    rf"(?<![\d,.])[0공영]{_G}(?:[1일]{_G}[016-9공영일육칠팔구]|[2이]|[3-6삼사오육]{_G}{_D}|[7칠]{_G}[0공영]"
    rf"|[5오]{_G}[0공영]{_G}{_D}){_G}(?:{_D}{_G}){{3,4}}{_LAST}"
)
_SIX, _SEVEN = (rf"(?:[{_SYLLABLES}][ -]?){{{n}}}[{_SYLLABLES}]" for n in (5, 6))
_SPOKEN_RRN = re.compile(rf"{_SIX}{_G}(?:{_SEVEN}|\d{{7}}(?!\d))|(?<![\d,.]){_BIRTHDAY}{_G}{_SEVEN}")
_CARD = re.compile(
    rf"(?<!\d)(?:\d{{4}}(?:[ ]?-[ ]?|[ ]{{1,2}}|\.|{_SAID})){{3}}\d{{4}}(?!\d)"
    r"|(?<!\d)[2-9]\d{15}(?!\d)"
    r"|(?<!\d)3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\d)"
)
_GROUPS = re.compile(r"(?<![\d.,])\d{1,8}(?:[ ]?-[ ]?\d{1,8}){1,5}(?![\d,])")
_RUN = re.compile(r"(?<![\d.,])\d{10,16}(?![\d,])")
_COUNTED = r"(?:원|명|건|개|세대|가구|만|억|천|조|%|㎡|년|호(?!입|로))"
_UNIT = re.compile(rf"\s*(?:[~〜∼-]\s*[\d,]+\s*)?{_COUNTED}")
_SPACED = re.compile(
    rf"(?<![\d.,])\d{{2,8}}(?:[ -]{{1,2}}\d{{2,8}}|{_SAID}\d{{1,8}}){{1,5}}(?![\d,])(?!\s*{_COUNTED})"
)
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
            (_RRN, RRN, _resident),
            (_MOBILE, PHONE, self._private),
            (_LANDLINE, PHONE, self._private),
            (_SPOKEN_RRN, RRN, _spoken_resident),
            (_SPOKEN, PHONE, self._spoken),
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
        private = phone_key(text[start:end]) not in self._public
        return bool(said) and private and _no_amount(text, start, end)

    def _spoken(self, text: str, start: int, end: int) -> bool:
        """A phone number of which at least a part is said in words (공일공)."""
        said = _as_digits(text[start:end])
        stem = said[:-1] if text[end - 1] == "이" else said
        return said != phone_key(text[start:end]) and not self._public & {said, stem}

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


def _resident(text: str, start: int, end: int) -> bool:
    """Not a day and an amount: 210302에 1500000."""
    words = text[start:end]
    paid = words.endswith("000") and re.search("[가-힣]", words)
    return not paid and _no_amount(text, start, end)


def _spoken_resident(text: str, start: int, end: int) -> bool:
    return bool(re.match(_BIRTHDAY, _as_digits(text[start:end])))


def _as_digits(words: str) -> str:
    return phone_key(re.sub(_SAID, " ", words).translate(_AS_DIGITS))


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
