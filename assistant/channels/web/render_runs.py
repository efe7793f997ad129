"""Runs as HTML: how far one is, what it measured, an answer that is not right, two runs compared."""

from collections.abc import Iterable, Sequence

from assistant.channels.web.markup import safe
from assistant.channels.wording import STATUS, dated
from assistant.evaluation.bench import Going
from assistant.evaluation.compare import Comparison, Flip
from assistant.evaluation.failures import Failure
from assistant.evaluation.files import StoredRun
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.view import Json, View

SHOWN_FLIPS = 60


def going_html(going: Going | None) -> str:
    """How far the newest run is."""
    if going is None:
        return '<p class="quiet" role="status">아직 시작한 실행이 없습니다.</p>'
    name, seconds = safe(going.name), f"{going.seconds:.0f}초"
    if going.running:
        share = going.done / going.total if going.total else 0.0
        told = f"{going.done} / {going.total}문항" if going.total else "준비하는 중"
        return (
            f'<div class="going" role="status"><b>{name}</b> {told} · {seconds}'
            f'<progress max="1" value="{share:.4f}" aria-label="진행">{share:.0%}</progress></div>'
        )
    if going.error is not None:
        return f'<p class="going failed" role="status"><b>{name}</b> 끝나지 못함: {safe(going.error)}</p>'
    return f'<p class="going done" role="status"><b>{name}</b> 끝남: {going.done}문항, {seconds}</p>'


def summary_html(run: StoredRun) -> str:
    """The figures of a run with their intervals."""
    rows = []
    for name, figure in run.summary["measures"].items():
        measure, scale = MEASURES[name], 1000 if MEASURES[name].per_thousand else 1
        digits = 1 if scale > 1 else 3
        value, low, high = (f"{figure[part] * scale:.{digits}f}" for part in ("value", "low", "high"))
        arrow = "높을수록 좋음" if measure.higher_is_better else "낮을수록 좋음"
        cells = f"<td>{value}</td><td>{low} – {high}</td><td>{figure['n']}</td><td>{arrow}</td>"
        rows.append(f'<tr><th scope="row" title="{safe(name)}">{safe(measure.label)}</th>{cells}</tr>')
    head = _head("지표", "값", "95% 구간", "n", "방향")
    return f'{_version(run)}<div class="table"><table>{head}<tbody>{"".join(rows)}</tbody></table></div>'


def _version(run: StoredRun) -> str:
    summary, version = run.summary, run.summary["version"]
    return (
        f'<p class="quiet">{summary["topics"]}문항 · {safe(summary["run"]["started_at"])} · 코드 '
        f"{safe(str(version['commit']))} · 색인 {safe(str(version['generation']))}</p>"
    )


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col">{safe(name)}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def failure_label(failure: Failure) -> str:
    """A failure as it stands in the list."""
    return f"{failure.about['question']}  ({failure.topic_id})"


def failure_html(failure: Failure | None) -> str:
    """One answer that is not right: question, why, what was said, the evidence."""
    if failure is None:
        return '<p class="quiet">고른 조건에 맞는 틀린 답이 없습니다.</p>'
    about, answer = failure.about, failure.answer
    mark = '<span class="tag wrong">틀린 것을 말함</span>' if failure.wrong else ""
    facts = (
        f"기준일 {dated(about['as_of'])} · {about['kind']} · {about['style']} · 심각도 {about['severity']}"
    )
    reasons = "".join(f"<li>{safe(reason)}</li>" for reason in failure.reasons)
    shown = '<p class="quiet">답이 나오지 않았습니다.</p>' if answer is None else _answer(answer)
    return (
        f'<article class="judged"><h3>{safe(about["question"])}</h3><p class="quiet">{safe(facts)} · '
        f"{safe(failure.topic_id)} {mark}</p><h4>왜 맞지 않나</h4><ul>{reasons}</ul>{shown}</article>"
    )


def _answer(answer: Json) -> str:
    view = View(answer)
    status = f'<h4>답 <span class="tag">{safe(STATUS[view.status])}</span></h4>'
    said = _statements("", view.summary) or '<p class="quiet">(읽어 드릴 말 없음)</p>'
    if "citations" not in answer:
        return f'{status}{said}<p class="quiet">기준(baseline)에는 근거를 남기지 않습니다.</p>'
    asked = answer.get("clarification")
    question = f"<p>{safe(asked['asks'])} ({safe(', '.join(asked['choices']))})</p>" if asked else ""
    cautions = "".join(f"<li>{safe(w['text'])}</li>" for w in (*answer["warnings"], *answer["alerts"]))
    return (
        f"{status}{said}{question}{_statements('꼭 확인할 것', view.confirm)}"
        f"{f'<ul>{cautions}</ul>' if cautions else ''}<h4>근거</h4>{evidence_html(view.citations)}"
    )


def _statements(title: str, statements: Iterable[Json]) -> str:
    items = "".join(
        f"<li>{safe(s['text'])} {''.join(f'[{m}]' for m in s.get('citations', ()))}</li>" for s in statements
    )
    return f"{f'<h4>{title}</h4>' if title else ''}<ul>{items}</ul>" if items else ""


def evidence_html(citations: Sequence[Json]) -> str:
    """Quotes with where they stand."""
    items = "".join(
        f"<li><b>[{c['marker']}]</b> {safe(c['title'])} "
        f"<span class='quiet'>{safe(' > '.join(c['heading_path']))}</span>"
        f"<blockquote>{safe(c['quote'])}</blockquote></li>"
        for c in citations
    )
    return f'<ul class="quotes">{items}</ul>' if items else '<p class="quiet">(근거 없음)</p>'


def verdict_html(comparison: Comparison) -> str:
    """Whether B may go out, and why not."""
    if not comparison.failed:
        verdict = '<p class="verdict passed">통과: B는 지켜야 할 기준을 지켰습니다.</p>'
    else:
        lines = "".join(f"<li>{safe(line)}</li>" for line in comparison.failures)
        listed = f'<ul tabindex="0" aria-label="실패한 까닭">{lines}</ul>'
        verdict = f'<div class="verdict failed"><b>실패 {len(comparison.failures)}건</b>{listed}</div>'
    targets = "".join(f"<li>{safe(line)}</li>" for line in comparison.unreached)
    if not any(difference.gap for difference in comparison.differences):
        verdict += '<p class="quiet">두 실행의 값이 모두 같습니다.</p>'
    short = f"<details><summary>목표 미달 {len(comparison.unreached)}건</summary><ul>{targets}</ul></details>"
    return verdict + (short if targets else "")


def comparison_html(comparison: Comparison) -> str:
    """Every measure in both runs, and the topics that turned with both answers."""
    rows = "".join(
        f'<tr class="{"worse" if d.worse else ""}"><th scope="row">{safe(MEASURES[d.measure].label)}</th>'
        f"<td>{d.before:.3f}</td><td>{d.after:.3f}</td><td>{d.gap:+.3f}</td>"
        f"<td>{d.low:+.3f} – {d.high:+.3f}</td><td>{d.n}</td></tr>"
        for d in comparison.differences
    )
    table = f"<table>{_head('지표', 'A', 'B', '차이', '95% 구간', 'n')}<tbody>{rows}</tbody></table>"
    flips = "".join(_flip(flip) for flip in comparison.flips[:SHOWN_FLIPS])
    more = len(comparison.flips) - SHOWN_FLIPS
    rest = f'<p class="quiet">그 밖에 {more}개</p>' if more > 0 else ""
    return (
        f"<details open><summary>바뀐 문항 {len(comparison.flips)}개</summary>{flips}{rest}</details>"
        f'<details><summary>모든 지표</summary><div class="table">{table}</div></details>'
    )


def _flip(flip: Flip) -> str:
    turn, sort = ("맞음 → 틀림", "worse") if flip.was_right else ("틀림 → 맞음", "better")
    why = f'<p class="quiet">까닭: {safe(flip.why)}</p>' if flip.why else ""
    return (
        f'<article class="flip {sort}"><h4>{turn} · 심각도 {flip.severity} · {safe(flip.question)} '
        f'<span class="quiet">{safe(flip.topic_id)}</span></h4><div class="sides">'
        f"<div><b>A</b> {safe(flip.before)}</div><div><b>B</b> {safe(flip.after)}</div></div>{why}</article>"
    )
