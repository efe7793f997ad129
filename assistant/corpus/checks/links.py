"""Links between documents: that they lead somewhere, stay in their programme, and never run in a circle."""

from collections.abc import Iterator

from assistant.corpus.checks.findings import Finding, conflict, error, note, warning
from assistant.corpus.checks.shelf import Filed, Shelf


def check_links(shelf: Shelf) -> Iterator[Finding]:
    """Findings about supersedes, amends, succeeded_by and relations."""
    for filed in shelf.files:
        yield from _supersedes(filed, shelf)
        yield from _amends(filed, shelf)
        yield from _programmes(filed, shelf)
    yield from _circles(shelf)
    yield from _both_ways(shelf)
    yield from _forks(shelf)


def _supersedes(filed: Filed, shelf: Shelf) -> Iterator[Finding]:
    m = filed.metadata
    for older_id in m.supersedes:
        place = filed.at_key("supersedes", older_id)
        older = shelf.by_id.get(older_id)
        if older is None:
            yield error(place, f"supersedes의 {older_id} 문서가 없습니다.", "id를 고치거나 지우세요.")
        elif (older.metadata.programme_key, older.metadata.round) != (m.programme_key, m.round):
            yield error(
                place,
                f"supersedes의 {older_id}은(는) 다른 사업이거나 다른 차수입니다.",
                "같은 사업·차수의 앞선 판만 적고, 뒤를 이은 다른 사업은 그 문서의 succeeded_by에 적으세요.",
            )
        elif (
            m.effective_from
            and older.metadata.effective_from
            and older.metadata.effective_from > m.effective_from
        ):
            yield error(
                place,
                f"대체되는 {older_id}의 시행일이 이 문서의 시행일({m.effective_from})보다 늦습니다.",
                "방향이 바뀌지 않았는지 확인하세요.",
            )
        elif older.metadata.region != m.region:
            yield note(
                place,
                f"{m.region} 문서가 {older.metadata.region} 문서 {older_id}을(를) 대체합니다.",
                "같은 혜택의 다음 판이면 두고, 따로 더하는 지원이면 programme을 나누세요.",
            )


def _amends(filed: Filed, shelf: Shelf) -> Iterator[Finding]:
    m = filed.metadata
    for amendment in m.amends:
        place = filed.at_key("amends", amendment.document)
        base = shelf.by_id.get(amendment.document)
        if base is None:
            yield error(place, f"amends의 {amendment.document} 문서가 없습니다.", "id를 고치거나 지우세요.")
            continue
        if (base.metadata.programme_key, base.metadata.round) != (m.programme_key, m.round):
            yield error(
                place,
                f"amends의 {amendment.document}은(는) 다른 사업이거나 다른 차수입니다.",
                "programme과 round를 맞추세요.",
            )
        if base.metadata.amends:
            yield error(
                place,
                f"amends의 {amendment.document}도 다른 문서를 고치는 안내입니다.",
                "바탕이 되는 문서의 id를 적으세요.",
            )
        if (
            m.effective_from
            and base.metadata.effective_from
            and m.effective_from < base.metadata.effective_from
        ):
            yield warning(
                place,
                f"고치는 안내({m.effective_from})가 바탕 문서보다 먼저 시행됩니다.",
                "effective_from을 확인하세요.",
            )
        for facet in amendment.facets:
            if facet not in filed.facets():
                yield error(
                    place,
                    f"{facet}을(를) 고친다면서 그 내용이 본문에 없습니다.",
                    "본문에 그 항목을 쓰거나 facets에서 빼세요.",
                )


def _programmes(filed: Filed, shelf: Shelf) -> Iterator[Finding]:
    m = filed.metadata
    targets = [("succeeded_by", target) for target in m.succeeded_by]
    targets += [("relations", relation.programme) for relation in m.relations]
    for key, target in targets:
        place = filed.at_key(key, target)
        if target not in shelf.by_id and target not in shelf.programmes:
            yield error(
                place,
                f"{key}의 {target} 사업이 자료에 없습니다.",
                "programme이나 문서 id를 고치거나 지우세요.",
            )
        elif target in (m.programme_key, m.id):
            yield error(
                place, f"{key}이(가) 자기 사업 {target}을(를) 가리킵니다.", "다른 사업을 적거나 지우세요."
            )


def _both_ways(shelf: Shelf) -> Iterator[Finding]:
    """Programmes of which one document says that they add up, and another that they exclude each other."""
    adding = {
        frozenset((filed.metadata.programme_key, relation.programme)): filed.document.path
        for filed in shelf.files
        for relation in filed.metadata.relations
        if relation.type == "adds_to"
    }
    for filed in shelf.files:
        for relation in filed.metadata.relations:
            other = adding.get(frozenset((filed.metadata.programme_key, relation.programme)))
            if relation.type == "excludes" and other:
                yield conflict(
                    filed.at_key("relations", relation.programme),
                    f"{relation.programme}을(를) 제외한다는데 {other}는 함께 받는다고 합니다.",
                    "출처를 보고 틀린 쪽의 relations를 고치세요.",
                )


def _circles(shelf: Shelf) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    for filed in shelf.files:
        path: list[str] = []
        if not _returns(filed.metadata.id, filed.metadata.id, shelf, path) or frozenset(path) in told:
            continue
        told.add(frozenset(path))
        yield error(
            filed.at_key("supersedes"),
            f"대체 관계가 돌고 돕니다: {' → '.join([filed.metadata.id, *path])}.",
            "한 곳을 끊으세요.",
        )


def _returns(
    start: str, here: str, shelf: Shelf, path: list[str], seen: frozenset[str] = frozenset()
) -> bool:
    """Whether supersession leads from `here` back to `start`; the way is left in `path`."""
    for older in shelf.by_id[here].metadata.supersedes if here in shelf.by_id else ():
        if older in seen:
            continue
        path.append(older)
        if older == start or _returns(start, older, shelf, path, seen | {older}):
            return True
        path.pop()
    return False


def _forks(shelf: Shelf) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for filed in shelf.files:
        for older in filed.metadata.supersedes:
            if older in first:
                yield error(
                    filed.at_key("supersedes", older),
                    f"{older}을(를) {first[older]}도 대체한다고 적었습니다.",
                    "뒤따르는 판이 하나가 되게 한쪽을 고치세요.",
                )
            first.setdefault(older, filed.metadata.id)
