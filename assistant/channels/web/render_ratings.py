"""Blind answers as HTML, who has rated how many, and how far raters agree."""

import base64
import csv
import io
from collections import Counter
from dataclasses import asdict, fields

from assistant.channels.web.markup import safe
from assistant.channels.wording import STATUS, dated
from assistant.domain import Status
from assistant.errors import EvaluationError
from assistant.evaluation.ratings import ASPECT_NAMES, ASPECTS, RATER_NAMES, BlindItem, Rating, agreements
from assistant.evaluation.sheets import Sheet
from assistant.records.logged import Logged


def item_html(item: BlindItem | None) -> str:
    """An answer to rate; nothing tells which run it comes from."""
    if item is None:
        return '<p class="verdict passed">이 묶음을 모두 매겼습니다. 고맙습니다.</p>'
    quotes = "".join(f"<li><blockquote>{safe(quote)}</blockquote></li>" for quote in item.quotes)
    confirm = f"<h4>꼭 확인할 것</h4><p class='lines'>{safe(item.confirm)}</p>" if item.confirm else ""
    beside = f"<h4>함께 보이는 것</h4><p class='lines'>{safe(item.beside)}</p>" if item.beside else ""
    status = f'<span class="tag">{safe(STATUS[Status(item.status)])}</span>' if item.status else ""
    return (
        f'<article class="judged"><p class="quiet">{safe(item.item)} · 기준일 {safe(dated(item.as_of))}</p>'
        f"<h3>{safe(item.question)}</h3><h4>읽어 드릴 답 {status}</h4>"
        f"<p class='lines'>{safe(item.spoken) or '(읽어 드릴 말 없음)'}</p>{beside}{confirm}"
        f"<h4>인용한 원문</h4><ul class='quotes'>{quotes or '<li>(없음)</li>'}</ul></article>"
    )


def progress_html(sheet: Sheet, rater: str) -> str:
    """How many this person has rated; with everything rated, the agreement and the file."""
    counts = Counter(rating.rater for rating in sheet.ratings)
    total = len(sheet.items)
    mine = f'<p role="status">{safe(rater)} 님: <b>{counts[rater]}</b> / {total}개</p>'
    if counts[rater] < total:
        return f'{mine}<p class="quiet">일치도와 점수 파일은 다 매긴 뒤에 보입니다.</p>'
    return f"{mine}{agreement_html(sheet.ratings, total)}{csv_link(sheet)}"


def agreement_html(ratings: tuple[Rating, ...], total: int) -> str:
    """Weighted kappa of every two raters, the judge among them."""
    counts = Counter(rating.rater for rating in ratings)
    others = ", ".join(f"{safe(RATER_NAMES.get(name, name))} {n}/{total}" for name, n in counts.items())
    try:
        found = agreements(ratings)
    except EvaluationError as error:
        return f'<p class="quiet">{others}. {safe(str(error))}</p>'
    rows = "".join(
        f'<tr><th scope="row">{safe(" · ".join(RATER_NAMES.get(r, r) for r in a.raters))}</th>'
        f"<td>{a.shared}</td>{''.join(f'<td>{a.kappas[aspect]:.2f}</td>' for aspect in ASPECTS)}</tr>"
        for a in found
    )
    columns = ("두 사람", "함께 매긴 답", *ASPECT_NAMES.values())
    names = "".join(f'<th scope="col">{name}</th>' for name in columns)
    return (
        f'<div class="table"><table><caption>일치도(가중 카파)</caption><thead><tr>{names}</tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="quiet">{others}</p>'
    )


def csv_link(sheet: Sheet) -> str:
    """The ratings as a file that the browser saves; it stands in the page itself."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Rating)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(rating) for rating in sheet.ratings)
    data = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode()
    name = safe(f"ratings-{sheet.folder.name}.csv")
    source = f"data:text/csv;charset=utf-8;base64,{data}"
    return f'<p><a class="file" download="{name}" href="{source}">점수 파일 {name}</a></p>'


def logged_label(logged: Logged) -> str:
    """A logged answer as it stands in a list: when, the question, what counsellors said of it."""
    verdicts = " ".join(dict.fromkeys(str(rating["verdict"]) for rating in logged.ratings))
    told = f" [{verdicts}]" if verdicts else ""
    return f"{logged.at[5:16].replace('T', ' ')} {logged.question}{told}"
