"""Instructions to the machine inside a question: taken out before anything is understood or searched.

Answers are quotes, so an instruction can change no fact; but it can spoil the reading of the honest
question beside
it. What is left is asked; where nothing is left, there was no question.
"""

import re

_CLAUSES = (
    r"https?://\S+|www\.\S+",
    r"<[^>]{1,200}>|```.*?(?:```|$)|[{\[]\s*\"[^\"]{1,40}\"\s*:.*?[}\]]",
    r"(?:ignore|disregard|forget)\b[^.!?:]*[.!?:]?",
    r"(?:translate|reply|answer|respond|print|show|reveal|pretend|act)\b[^.!?:]*[.!?:]?",
    r"(?:you are|you must|system prompt|developer mode|jailbreak)\b[^.!?:]*[.!?:]?",
    r"\b(?:drop|delete|insert|update|select|alter)\s+(?:table|from|into|\*)[^;]*;?\s*-*",
    r"(?:이전|위|앞|지금까지|모든)(?:의|에)?\s?(?:모든\s?)?(?:지시|명령|규칙|자료|안내|프롬프트|설정)[^.!?]*(?:무시|잊|거짓|버리)[^.!?]*[.!?]?",
    r"(?:시스템|system|assistant|관리자|개발자|user)\s?[:：][^.!?]*[.!?]?",
    r"(?:개발자|관리자|디버그|무제한)\s?모드[^.!?]*[.!?]?",
    r"(?:당신|너|넌|네)(?:은|는|가)?\s?(?:이제|지금)(?:부터)?\s[^.!?]*(?:입니다|이다|이야|야|역할|척)[^.!?]*[.!?]?",
    r"[가-힣]{1,8}\s?(?:말투|흉내|역할)(?:로|를|을)\s?",
    r"기준일을?[^.!?]{0,30}(?:바꾸|바꿔|변경|고쳐|설정)\S*\s?(?:고\s|해서\s|하고\s)?",
    r"(?:답|답변|금액|대답|결과)(?:을|를|은|는)?\s?\S{1,20}(?:으로|로|라고)\s?(?:바꿔|바꾸|고쳐|하라|하세요|해라|말해|답해)[^.!?]*[.!?]?",
    r"[\"“‘'][^\"”’']{1,80}[\"”’']\s?(?:이?라고만?|만)\s?(?:말하|말해|답하|답해|하세요|해)[^.!?]*[.!?]?",
    r"[^.!?]{0,40}(?:이라고|라고)\s?(?:만\s?)?(?:답하|답해|말하라|말하세요|말해\s?주|대답하)[^.!?]*[.!?]?",
    r"(?:아래|다음|이)\s?(?:안내문|내용|글|문장|규정)을?[^.!?]*(?:규정|사실|자료|기준)(?:으로|로)\s?받아들[^.!?]*[.!?]?\s?[\"“][^\"”]*[\"”]",
    r"(?:자료|근거)에?(?:는|도)?\s?없(?:지만|어도|더라도)[^.!?]*(?:된다|맞다|준다)고?[^.!?]*[.!?]",
)
_INSTRUCTION = re.compile("|".join(f"(?:{clause})" for clause in _CLAUSES), re.IGNORECASE | re.DOTALL)
_RULES = re.compile(r"[;{}\[\]`|\\]+|-{2,}|\"\s*\"")


def without_instructions(question: str) -> str:
    """The question without clauses that tell the machine what to do; empty where no Korean word is left
    of it."""
    kept = _INSTRUCTION.sub(" ", question)
    if kept == question:
        return question
    kept = re.sub(r"\s+", " ", _RULES.sub(" ", kept)).strip(" .,:-\"'")
    return kept if re.search(r"[가-힣]{2}", kept) else ""
