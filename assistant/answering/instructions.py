"""Instructions to the machine inside a question: taken out before anything is understood or searched.

Answers are quotes, so an instruction can change no fact; but it can spoil the reading of the honest
question beside
it. What is left is asked; where nothing is left, there was no question.
"""

import re

_MARKUP = (
    r"<!--.*?(?:-->|$)|<(?P<tag>script|style|system|user|assistant|instructions?)\b[^>]*>.*?(?:</(?P=tag)>|$)",
    r"!?\[[^\]]{0,60}\]\([^)]{0,200}\)(?:\s?[을를]?\s?[가-힣]{0,4}(?:눌러|열어|클릭)[^.!?]*[.!?]?)?",
    r"\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)",
    r"https?://\S+\s?(?:을|를|에서|로)?\s?(?:열어|실행|접속|읽어|눌러)[^.!?]*[.!?]?",
)
_SPOKEN = (
    r"\[?(?:시스템|system|관리자|assistant|user)\]\s?[^.!?]*[.!?]?|#{2,}\s[^.!?]*[.!?]?",
    r"\buser\s?:\s?\S*\s?assistant\s?:\s?\S+",
    r"(?:please\s+)?(?:repeat|output|execute|run|print|reveal|show me)\b[^.!?가-힣]*[.!?]?",
    r"(?:(?:네|너의|당신의|내부|숨은|모든)\s)?(?:프롬프트|지침|지시문|API\s?키|환경\s?변수|소스\s?코드|비밀\s?번호)"
    r"(?:을|를|와|의)?\s[^.!?]{0,20}(?:출력|공개|보여|알려|말해|내놔)[^.!?]*[.!?]?",
    r"(?:데이터베이스|기록|로그)(?:의|에\s?있는)?\s[^.!?]{0,16}(?:질문|기록|내용)[^.!?]{0,8}(?:출력|공개|보여)[^.!?]*[.!?]?",
    r"(?:다른|남의)\s?(?:민원인|사람)[가-힣]{0,2}\s?(?:개인\s?정보|전화번호|주소|이름)도\s?(?:같이|함께)[^.!?]*[.!?]?",
    r"(?:[A-Z]{2,8}|관리자|개발자|무제한)\s?(?:모드|권한)(?:로|를|으로)\s?(?:답|전환|켜|들어|바꿔)[^.!?]*[.!?]?",
    r"(?:영어|일본어|중국어|JSON|마크다운|표)(?:로|으로)만?\s?(?:대답|답|출력|말해)[^.!?]*[.!?]?",
    r"(?:근거|출처|검증|검사|확인|인용)(?:를|을|는)?\s?(?:없이|건너뛰|표시하지|달지|빼고|끄고|무시)[^.!?]*(?:답|말|해)[^.!?]*[.!?]?",
    r"(?:답변|답|대답)\s?(?:끝|앞|처음|마지막|첫머리)에\s?[^.!?]*(?:써|붙여|적어|넣어)[^.!?]*[.!?]?",
    r"(?:반드시|무조건|꼭)\s?[\"“‘'][^\"”’']{1,40}[\"”’'](?:로|으로|라고|이라고)\s?(?:시작|끝|답|말)[^.!?]*[.!?]?",
    r"오늘(?:은|을|이)?\s?\d{4}년[^.!?]{0,20}(?:가정|치고|생각하고|간주)[^.!?]*[.!?]?",
    r"(?:위|앞|이전|지금까지)(?:의)?\s?(?:내용|글|말|자료|안내)(?:은|는)?\s?[^.!?]{0,10}(?:거짓|가짜|무효|틀렸)[^.!?]*[.!?]?",
    r"새(?:로운)?\s?(?:규정|지시|규칙|명령)\s?:[^.!?]*[.!?]?|이\s?(?:규정|규칙|지시)대로\s?(?:답|말)[^.!?]*[.!?]?",
    r"(?:이\s?문장\s?)?(?:뒤|다음|아래)의?\s?질문에는?\s?[^.!?]*(?:모른다|거절|없다)고?\s?[^.!?]*[.!?]?",
)
_CLAUSES = (
    *_MARKUP,
    *_SPOKEN,
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
    r"(?:아래|다음|이)\s?(?:안내문|내용|글|문장|규정)을?[^.!?]*(?:규정|사실|자료|기준)(?:으로|로)\s?받아들[^.!?]*[.!?]?\s?[\"“][^\"”]*[\"”]",
    r"(?:자료|근거)에?(?:는|도)?\s?없(?:지만|어도|더라도)[^.!?]*(?:된다|맞다|준다)고?[^.!?]*[.!?]",
)
_QUOTED = re.compile(
    r"[^.!?]{0,40}(?:이라고|라고)\s?(?:만\s?)?(?:답하|답해|말하라|말하세요|말해\s?주|대답하)[^.!?]*[.!?]?"
)
"""Searched last: what stands before it in the sentence goes with it."""
_INSTRUCTION = re.compile("|".join(f"(?:{clause})" for clause in _CLAUSES), re.IGNORECASE | re.DOTALL)
_FOREIGN = re.compile(r"(?:\b[A-Z]?[a-z]+\b[\s,]*){3,}")
"""A run of words of another language beside a Korean question."""
_RULES = re.compile(r"[;{}\[\]`|\\]+|-{2,}|\"\s*\"")


def without_instructions(question: str) -> str:
    """The question without clauses that tell the machine what to do; empty where no Korean word is left
    of it."""
    kept = _QUOTED.sub(" ", _INSTRUCTION.sub(" ", question))
    if re.search(r"[가-힣]{2}", kept):
        kept = _FOREIGN.sub(" ", kept)
    if kept == question:
        return question
    kept = re.sub(r"\s+(?=[?!])", "", re.sub(r"\s+", " ", _RULES.sub(" ", kept))).strip(" .,:-\"'")
    return kept if re.search(r"[가-힣]{2}", kept) else ""
