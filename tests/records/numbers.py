"""Generated personal numbers and look-alikes that are none, in running text with particles."""

import random
import re
from collections.abc import Sequence

PARTICLES = (
    "",
    "로",
    "으로",
    "이에요",
    "입니다",
    "인데요",
    "에",
    "번으로",
    "를",
    "은",
    "이고,",
    "라고",
    "인데",
    "예요",
    ".",
)
SAID = ("에 ", "에", "에 ", " 다시 ", "다시", "의 ", "의", " 대시 ", "국에 ", "번에 ")
"""What stands between the groups of a number that somebody dictates."""
FRAMES = {
    "rrn": ("주민번호 {}", "제 주민등록번호는 {}", "{}", "어머니가 {}", "외국인등록번호 {}", "본인확인 {}"),
    "mobile": ("연락처는 {}", "{}", "남편 번호 {}", "핸드폰 {}", "문자는 {}", "저는 김미영이고 {}"),
    "landline": ("집 전화 {}", "{}", "가게 번호는 {}", "연락처 {}"),
    "account": ("계좌 {}", "농협 {}", "{}", "국민은행 {}", "통장번호는 {}", "지원금을 {}"),
    "card": ("카드번호 {}", "{}", "신한카드 {}", "결제한 카드가 {}"),
    "rrn_dictated": ("주민번호 {}", "제 주민등록번호는 {}", "{}", "어머니가 {}", "본인확인 {}"),
    "mobile_dictated": (
        "연락처는 {}",
        "{}",
        "남편 번호 {}",
        "핸드폰 {}",
        "받아 적으세요 {}",
        "저는 김미영이고 {}",
    ),
    "landline_dictated": ("집 전화 {}", "{}", "가게 번호는 {}", "국번 {}"),
    "account_dictated": ("계좌 {}", "농협 {}", "국민은행 {}", "통장번호는 {}", "새마을금고 계좌번호 {}"),
    "spoken": ("연락처는 {}", "{}", "남편 번호 {}", "핸드폰 {}", "저는 김미영이고 {}"),
    "rrn_spoken": ("주민번호 {}", "제 주민등록번호는 {}", "{}", "어머니가 {}"),
    "email": ("메일은 {}", "{}", "이메일 {}", "서류는 {}"),
}
TAILS = (" 신청했는데 언제 나오나요?", " 기초연금 되나요?", "", " 확인해 주세요", " 30만원 받을 수 있나요")
ACCOUNTS = (
    (3, 3, 6),
    (6, 2, 6),
    (4, 3, 6),
    (3, 4, 4, 2),
    (4, 2, 7),
    (4, 4, 4),
    (3, 6, 2, 3),
    (3, 2, 6, 1),
    (3, 6, 5),
    (2, 2, 6, 2),
)
"""Groups of digits of accounts at nine banks, and of a driver's licence."""


def digits(rng: random.Random, count: int, first: str = "0123456789") -> str:
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(count - 1))


def rrn(rng: random.Random) -> str:
    front = f"{rng.randrange(100):02d}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    return front + rng.choice(("-", "-", "-", "", " - ", " ", "–", "－")) + digits(rng, 7, "12345678")


def mobile(rng: random.Random) -> str:
    sep = rng.choice(("-", "-", "", " ", ".", " - ", "–"))
    head = rng.choice(("010", "010", "010", "011", "016", "+82 10", "(010)", "０１０"))
    return sep.join((head, digits(rng, 4, "23456789"), digits(rng, 4)))


def landline(rng: random.Random) -> str:
    sep = rng.choice(("-", "-", "", " ", ".", ")"))
    area = rng.choice(("02", "051", "055", "031", "064", "070", "0505"))
    middle = digits(rng, rng.choice((3, 4)), "23456789")
    return f"{area}{sep}{middle}{'' if not sep else '-'}{digits(rng, 4)}"


def account(rng: random.Random) -> str:
    groups = [
        digits(rng, n, "123456789") if i == 0 else digits(rng, n) for i, n in enumerate(rng.choice(ACCOUNTS))
    ]
    return rng.choice(("-", "-", "-", "", " - ")).join(groups)


def rrn_dictated(rng: random.Random) -> str:
    return f"{rrn(rng)[:6]}{rng.choice(SAID)}{digits(rng, 7, '12345678')}"


def mobile_dictated(rng: random.Random) -> str:
    groups = (rng.choice(("010", "010", "011", "016")), digits(rng, 4, "23456789"), digits(rng, 4))
    return dictated(rng, groups)


def landline_dictated(rng: random.Random) -> str:
    area = rng.choice(("02", "051", "055", "031", "064", "070", "0505"))
    return dictated(rng, (area, digits(rng, rng.choice((3, 4)), "23456789"), digits(rng, 4)))


def account_dictated(rng: random.Random) -> str:
    return dictated(rng, [digits(rng, n) for n in rng.choice(ACCOUNTS)])


def dictated(rng: random.Random, groups: Sequence[str]) -> str:
    """Groups with a word between them; one of the gaps may be a dash or a space."""
    gaps = [rng.choice(SAID) for _ in groups[1:]]
    if rng.random() < 0.3:
        gaps[rng.randrange(len(gaps))] = rng.choice(("-", " "))
    return groups[0] + "".join(gap + group for gap, group in zip(gaps, groups[1:], strict=True))


def spoken(rng: random.Random) -> str:
    """A phone number read out digit by digit, or with one group in figures."""
    number = rng.choice((mobile_dictated, landline_dictated))(rng)
    number = number if rng.random() < 0.8 else re.sub(r"\D+", " ", number)
    said = in_words(rng, number)
    return said if rng.random() < 0.8 else said[:-4] + number[-4:]


def rrn_spoken(rng: random.Random) -> str:
    return in_words(rng, rrn_dictated(rng))


def in_words(rng: random.Random, number: str) -> str:
    return number.translate(str.maketrans("0123456789", rng.choice("공공영") + "일이삼사오육칠팔구"))


def card(rng: random.Random) -> str:
    groups = [digits(rng, 4, "3459"), *(digits(rng, 4) for _ in range(3))]
    return rng.choice(("-", "-", " ", "")).join(groups)


def email(rng: random.Random) -> str:
    name = rng.choice(("minsu", "kim.yh", "happy_79", "j-park")) + digits(rng, 2)
    return f"{name}@{rng.choice(('naver.com', 'gmail.com', 'hanmail.net', 'korea.kr', 'jinju.go.kr'))}"


KINDS = {
    "rrn": rrn,
    "mobile": mobile,
    "landline": landline,
    "account": account,
    "card": card,
    "email": email,
    "rrn_dictated": rrn_dictated,
    "mobile_dictated": mobile_dictated,
    "landline_dictated": landline_dictated,
    "account_dictated": account_dictated,
    "spoken": spoken,
    "rrn_spoken": rrn_spoken,
}


def personal(kind: str, count: int, seed: int = 7) -> list[tuple[str, str]]:
    """(text, number) pairs of a kind."""
    rng = random.Random(f"{kind}{seed}")
    pairs = []
    for _ in range(count):
        number = KINDS[kind](rng)
        frame = rng.choice(FRAMES[kind])
        pairs.append((frame.format(number + rng.choice(PARTICLES)) + rng.choice(TAILS), number))
    return pairs


def amount(rng: random.Random) -> str:
    value = rng.choice(
        (rng.randrange(10, 3000) * 10000, rng.randrange(1000, 9_999_999), rng.randrange(10**9, 10**12))
    )
    return rng.choice(
        (
            f"{value:,}원",
            f"{value}원",
            f"{value // 10000}만원",
            f"{value // 10000}만 {value % 10000:,}원",
            f"{value:,}원~{value * 2:,}원",
            f"{value}~{value * 2}원",
            f"월 {value // 12:,}원씩 12개월",
            f"보증금 {value % 9000 // 100 * 100}에 월세 {value % 90}",
            f"전세 {value % 9000 + 1000}에 {value % 5000 + 1000}만원 대출",
            f"우리 집 {value % 900}에 {value:,}원",
            f"2인에 {value}원, 3인에 {value + 1000}원",
        )
    )


def day(rng: random.Random) -> str:
    y, m, d = rng.randrange(2015, 2027), rng.randrange(1, 13), rng.randrange(1, 29)
    return rng.choice(
        (
            f"{y}-{m:02d}-{d:02d}",
            f"{y}.{m}.{d}.",
            f"{y}년 {m}월 {d}일",
            f"{y}{m:02d}{d:02d}",
            f"{y % 100}.{m}.{d}",
            f"{y}-{m:02d}-{d:02d} ~ {y + 1}-{m:02d}-{d:02d}",
            f"{y}.{m:02d}.{d:02d}~{y}.{m:02d}.{d:02d}",
            f"{y}-{y + 1}",
            f"{y}{m:02d}{d:02d}-{y}{m:02d}{d:02d}",
            f"{y}-{m:02d}-{d:02d}-{y}-{m:02d}-{d:02d}",
            f"{y}{m:02d}{d:02d}1430",
            f"{y % 100:02d}{m:02d}{d:02d}에 {m}00000원",
            f"{y}년에 {y + 1}년에 2차",
            f"{y}{m:02d}{d:02d}에 {y}{m:02d}{d:02d}",
            f"{y}.{m:02d}.{d:02d}에 500에 3000만원",
            f"{y}의 {m:02d}의 {d:02d}",
            f"이천이십일년 {'일이삼사오육칠팔구'[m % 9]}월 이일에 삼사월",
        )
    )


def other(rng: random.Random) -> str:
    n = rng.randrange(1, 9999)
    return rng.choice(
        (
            f"제{n}호",
            f"{n}번지",
            f"진주시 고시 제2021-{n}호",
            f"{n % 120}세",
            f"기준 중위소득 {n % 180}%",
            f"1-{n % 9}인 가구",
            f"만 {n % 40}~{n % 40 + 20}세",
            f"{n % 9}인 가구 {n * 1000:,}원",
            f"생활지원사 {n}명",
            f"{n}-{n % 100}번지",
        )
    )


def public_phone(rng: random.Random, public: tuple[str, ...]) -> str:
    """A number as published, dictated, or read out digit by digit."""
    phone = rng.choice(public)
    said = phone.replace("-", rng.choice(SAID))
    return rng.choice((phone, phone, said, in_words(rng, said)))


def harmless(kind: str, count: int, public: tuple[str, ...] = (), seed: int = 7) -> list[str]:
    """Texts with an amount, a day, another number or a public phone, none of which may be masked."""
    rng = random.Random(f"{kind}{seed}")
    frames = ("{}", "지원금이 {}", "신청은 {}", "{}까지", "기준이 {}")
    make = {"amount": amount, "day": day, "other": other, "public": lambda r: public_phone(r, public)}[kind]
    return [
        rng.choice(frames).format(make(rng) + rng.choice(PARTICLES)) + rng.choice(TAILS) for _ in range(count)
    ]
