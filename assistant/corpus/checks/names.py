"""Names that two programmes share: whoever asks by such a name gets one of them by chance."""

import re
from collections import defaultdict
from collections.abc import Iterator

from assistant.corpus.checks.findings import Finding, error, warning
from assistant.corpus.checks.shelf import Filed, Shelf

_YEAR = re.compile(r"\s*\([^()]*(?:19|20)\d\d[^()]*\)\s*$|\s*(?:19|20)\d\d년?도?\s*")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")


def check_names(shelf: Shelf) -> Iterator[Finding]:
    """Findings about titles and aliases."""
    yield from _twins(shelf)
    yield from _same_title(_by_name(shelf, bare=False))
    yield from _aliases(shelf, _by_name(shelf, bare=True))
    for filed in shelf.files:
        seen: set[str] = set()
        for alias in filed.metadata.aliases:
            if alias in seen:
                yield warning(
                    filed.at_key("aliases", alias),
                    f"별칭 {alias!r}을(를) 두 번 적었습니다.",
                    "하나를 지우세요.",
                )
            seen.add(alias)


def title_name(title: str) -> str:
    """The name of the programme in a title: without its year, and the brackets that hold one."""
    previous = None
    while title != previous:
        previous, title = title, _YEAR.sub("", title).strip()
    return title


def folded(name: str) -> str:
    """A name as it is compared: without spaces and punctuation, in lower case."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _by_name(shelf: Shelf, bare: bool) -> dict[str, list[Filed]]:
    """The documents by the names in their titles; `bare` leaves out all brackets, as callers do."""
    named: defaultdict[str, list[Filed]] = defaultdict(list)
    for filed in shelf.files:
        name = title_name(filed.metadata.title)
        named[folded(_BRACKET.sub("", name) if bare else name)].append(filed)
    return named


def _twins(shelf: Shelf) -> Iterator[Finding]:
    first: dict[str, Filed] = {}
    for filed in shelf.files:
        other = first.setdefault(filed.metadata.title, filed)
        if other is not filed:
            yield error(
                filed.at_key("title"),
                f"{other.document.path}와 제목이 똑같습니다.",
                "연도나 차수를 제목에 적어 가르세요.",
            )


def _same_title(titled: dict[str, list[Filed]]) -> Iterator[Finding]:
    for files in titled.values():
        programmes = sorted({filed.metadata.programme_key for filed in files})
        if len(programmes) > 1:
            last = max(files, key=lambda f: f.metadata.programme_key)
            yield error(
                last.at_key("title"),
                f"사업 {', '.join(programmes)}의 이름이 {title_name(last.metadata.title)!r}로 같습니다.",
                "같은 혜택이면 programme을 하나로, 다른 혜택이면 제목을 다르게 하세요.",
            )


def _aliases(shelf: Shelf, titled: dict[str, list[Filed]]) -> Iterator[Finding]:
    users: defaultdict[str, dict[str, Filed]] = defaultdict(dict)
    for filed in shelf.files:
        for alias in filed.metadata.aliases:
            named = {other.metadata.programme_key for other in titled.get(folded(alias), ())}
            if named - {filed.metadata.programme_key}:
                yield error(
                    filed.at_key("aliases", alias),
                    f"별칭 {alias!r}은(는) 다른 사업({', '.join(sorted(named))})의 이름입니다.",
                    "별칭을 지우거나 더 분명하게 바꾸세요.",
                )
            elif not named:
                users[folded(alias)].setdefault(filed.metadata.programme_key, filed)
    for name, programmes in users.items():
        if len(programmes) > 1:
            filed = programmes[max(programmes)]
            alias = next(alias for alias in filed.metadata.aliases if folded(alias) == name)
            yield warning(
                filed.at_key("aliases", alias),
                f"별칭 {alias!r}을(를) 여러 사업이 씁니다: {', '.join(sorted(programmes))}.",
                "한 사업에만 두거나 더 분명하게 바꾸세요.",
            )
