"""A question in the dialect of the region → the same as it is written, as documents and models have it.

Only words and endings that mean nothing else are rewritten; what is not known stays as it was said. The forms
are those of the callers' questions in `evals/training_questions.jsonl`.
"""

import re

_RIEUL = 8
"""The place of ㄹ among final consonants."""
_END = r"(?=[\s?!.,~]|$)"
_FORMS: tuple[tuple[str, str], ...] = (
    (r"어데", "어디"),
    (r"얼매", "얼마"),
    (rf"얼만교{_END}", "얼마인가요"),
    (r"(?<![가-힣])(?:우째|우찌|우예)(?![가-힣])", "어떻게"),
    (r"(?<![가-힣])우째(?=[하해되돼])", "어떻게 "),
    (r"(?<=[가-힣])심니(?=[까꺼더])", "습니"),
    (rf"(?<=[가-힣])심꺼{_END}", "습니까"),
    (rf"니꺼{_END}", "니까"),
    (rf"니더{_END}", "니다"),
    (rf"(?<=[가-힣])심더{_END}", "습니다"),
    (r"아입니(?=[까다])", "아닙니"),
    (rf"[는능]교{_END}", "나요"),
    (rf"인교{_END}", "인가요"),
    (rf"이라예{_END}", "이에요"),
    (rf"라예{_END}", "예요"),
    (rf"(?<=[가-힣][지어아데나와해돼고까봐줘네요소])예{_END}", "요"),
    (r"(?<=[가-힣][다라자])카(?=[는던더네니])", ""),
    (r"(?<![가-힣])카(?=던데|는데|더라|네)", "하"),
    (r"(?<=[으하되오])[모믄](?=[\s,])", "면"),
    (rf"(?<=[하가되주오있없했였았었])노{_END}", "나요"),
    (r"(?<=[제월살일년])꺼[정지]", "까지"),
    (r"(?<![가-힣])인자(?=\s)", "이제"),
    (r"할매", "할머니"),
    (r"할배", "할아버지"),
    (r"어무[이니]", "어머니"),
    (r"아부지", "아버지"),
    (r"(?:데|델)[꼬고](?=\s|있)", "데리고 "),
    (r"갈[챠쳐](?=\s?[주줍줄])", "가르쳐 "),
    (r"(?<![가-힣])쪼[매깨](?![가-힣])", "조금"),
    (rf"(?<=[주하보])이소{_END}", "세요"),
)
_WISH = re.compile(r"([을할갈])라(?:카)?(면|는데|고(?=\s))|((?!달)[가-힣])라(?:카)?([믄모])")
"""What somebody is about to do: "받을라믄", "보낼라모", "할라카는데"; the first syllable ends in ㄹ."""
_COMPILED = tuple((re.compile(form), written) for form, written in _FORMS)


def written(question: str) -> str:
    """The question with the dialect's words and endings as they are written; twice is as once."""
    question = _WISH.sub(_wished, question)
    for form, words in _COMPILED:
        question = form.sub(words, question)
    return re.sub(r"\s+", " ", question).strip()


def _wished(found: re.Match[str]) -> str:
    """ "보낼라믄" → "보내려면"; what does not end in ㄹ is left alone."""
    stem, ending = found[1] or found[3], found[2] or "면"
    if (ord(stem) - ord("가")) % 28 != _RIEUL:
        return found[0]
    return f"{chr(ord(stem) - _RIEUL)}려{ending}"
