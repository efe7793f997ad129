"""An Answer as the JSON of the contract (DESIGN 3.2)."""

from datetime import date
from typing import Any

from assistant.domain import Answer, Citation, Evidence


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """The contract's fields in its order; days as ISO text."""
    return {
        "answer_id": answer.answer_id,
        "question": answer.question,
        "as_of": answer.as_of.isoformat(),
        "event_date": _day(answer.event_date),
        "status": answer.status.value,
        "missing": [facet.value for facet in answer.missing],
        "alerts": [
            {
                "code": a.code,
                "text": a.text,
                "contacts": [{"name": c.name, "phone": c.phone} for c in a.contacts],
            }
            for a in answer.alerts
        ],
        "statements": [
            {
                "text": s.text,
                "facet": s.facet.value,
                "programme": s.programme,
                "state": s.state.value,
                "citations": list(s.citations),
            }
            for s in answer.statements
        ],
        "summary": list(answer.summary),
        "must_confirm": list(answer.must_confirm),
        "citations": [_citation(c) for c in answer.citations],
        "windows": [
            {
                "programme": w.programme,
                "kind": w.kind,
                "channel": w.channel,
                "group": w.group,
                "from": _day(w.start),
                "until": _day(w.end),
                "citation": w.citation,
            }
            for w in answer.windows
        ],
        "candidates": [
            {
                "programme": c.programme,
                "title": c.title,
                "matched": list(c.matched),
                "unknown": list(c.unknown),
                "citations": list(c.citations),
            }
            for c in answer.candidates
        ],
        "warnings": [{"code": w.code, "text": w.text, "citation": w.citation} for w in answer.warnings],
        "contacts": [{"name": c.name, "phone": c.phone, "citation": c.citation} for c in answer.contacts],
        "clarification": None
        if answer.clarification is None
        else {"asks": answer.clarification.asks, "choices": list(answer.clarification.choices)},
        "standalone_question": answer.standalone_question,
        "prose": [{"text": s.text, "citations": list(s.citations)} for s in answer.prose],
        "prose_refused": answer.prose_refused,
        "filters": {"category": answer.filters.category, "region": answer.filters.region},
        "generation": answer.generation,
        "timings_ms": {name: round(value, 2) for name, value in answer.timings_ms.items()},
    }


def evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    """One line of `search --json`: the document, its place in each ranking, its state, and why it was left
    out."""
    return {
        "document_id": evidence.chunk.document_id,
        "path": evidence.path,
        "title": evidence.title,
        "score": round(evidence.score, 6),
        "lexical_rank": evidence.lexical_rank,
        "dense_rank": evidence.dense_rank,
        "state": evidence.state.value,
        "rejected": evidence.rejected,
        "chunk_id": evidence.chunk.id,
        "heading_path": list(evidence.chunk.heading_path),
        "facet": evidence.chunk.facet.value,
        "passage": " ".join(unit.text for unit in evidence.chunk.units),
        "signals": dict(evidence.signals),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker,
        "chunk_id": citation.chunk_id,
        "document_id": citation.document_id,
        "title": citation.title,
        "publisher": citation.publisher,
        "region": citation.region,
        "path": citation.path,
        "heading_path": list(citation.heading_path),
        "page": citation.page,
        "quote": citation.quote,
        "char_start": citation.char_start,
        "char_end": citation.char_end,
        "effective_from": _day(citation.effective_from),
        "effective_until": _day(citation.effective_until),
        "reviewed_on": _day(citation.reviewed_on),
        "source_urls": list(citation.source_urls),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
