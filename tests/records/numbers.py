"""Generated personal numbers and look-alikes that are none, in running text with particles."""

import random

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
FRAMES = {
    "rrn": ("주민번호 {}", "제 주민등록번호는 {}", "{}", "어머니가 {}", "외국인등록번호 {}", "본인확인 {}"),
    "mobile": ("연락처는 {}", "{}", "남편 번호 {}", "핸드폰 {}", "문자는 {}", "저는 김미영이고 {}"),
    "landline": ("집 전화 {}", "{}", "가게 번호는 {}", "연락처 {}"),
    "account": ("계좌 {}", "농협 {}", "{}", "국민은행 {}", "통장번호는 {}", "지원금을 {}"),
    "card": ("카드번호 {}", "{}", "신한카드 {}", "결제한 카드가 {}"),
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


def card(rng: random.Random) -> str:
    groups = [digits(rng, 4, "3459"), *(digits(rng, 4) for _ in range(3))]
    return rng.choice(("-", "-", " ", "")).join(groups)


def email(rng: random.Random) -> str:
    name = rng.choice(("minsu", "kim.yh", "happy_79", "j-park")) + digits(rng, 2)
    return f"{name}@{rng.choice(('naver.com', 'gmail.com', 'hanmail.net', 'korea.kr', 'jinju.go.kr'))}"


KINDS = {"rrn": rrn, "mobile": mobile, "landline": landline, "account": account, "card": card, "email": email}


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


def harmless(kind: str, count: int, public: tuple[str, ...] = (), seed: int = 7) -> list[str]:
    """Texts with an amount, a day, another number or a public phone, none of which may be masked."""
    rng = random.Random(f"{kind}{seed}")
    frames = ("{}", "지원금이 {}", "신청은 {}", "{}까지", "기준이 {}")
    make = {"amount": amount, "day": day, "other": other, "public": lambda r: r.choice(public)}[kind]
    return [
        rng.choice(frames).format(make(rng) + rng.choice(PARTICLES)) + rng.choice(TAILS) for _ in range(count)
    ]
