"""More of the project's own documents for the page: tables, situations, relations, a PDF with pages; and two
documents, made by hand, that disagree."""

import shutil
from dataclasses import replace
from pathlib import Path

from assistant.index.encoder import Encoder
from assistant.records.store import Records
from assistant.service import Assistant, build_index
from assistant.settings import PROJECT, Settings
from tests.desk import DOCUMENTS

MORE = (
    "저소득/emergency-welfare-2025*",
    "저소득/housing-benefit-2024*",
    "코로나19/gov-emergency-relief-2020.pdf*",
    "아동보육/childcare-helper-2026*",
    "여성가족/single-parent-child-support-2026*",
    "장애인/disability-pension-2024*",
    "일자리/unemployment-benefit-2023*",
)
CACHE = PROJECT / ".pytest_cache" / "welfare" / "stage"
"""Embeddings survive between runs here."""
LUNCH = """---
id: {id}
programme: warm-lunch
title: {title}
kind: guideline
category: 노인
publisher: {publisher}
region: 진주시
published_on: {published}
term: open
effective_from: {published}
contacts: [{{name: 진주시 노인복지과, phone: 055-123-4567}}]
---
# {title}

## 지원대상
- 혼자 사시는 만 65세 이상 어르신이 대상입니다.

## 지원내용
- 어르신 도시락 배달은 한 주에 {times}번 드립니다.

## 제외대상
- 요양시설에 계신 분은 받지 못합니다.
"""
DISAGREEING = {
    "노인/warm-lunch-city.md": LUNCH.format(
        id="warm-lunch-city",
        title="어르신 도시락 배달 안내",
        publisher="진주시",
        published="2026-01-05",
        times=3,
    ),
    "노인/warm-lunch-centre.md": LUNCH.format(
        id="warm-lunch-centre",
        title="어르신 도시락 배달 운영 기준",
        publisher="경상남도",
        published="2026-01-05",
        times=5,
    ),
}


def set_up(folder: Path, encoder: Encoder) -> Assistant:
    """An assistant over these documents."""
    for pattern in (*DOCUMENTS, *MORE):
        for source in sorted((PROJECT / "corpus").glob(pattern)):
            target = folder / "corpus" / source.relative_to(PROJECT / "corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for name, text in DISAGREEING.items():
        target = folder / "corpus" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    settings = replace(
        Settings(),
        corpus_dir=folder / "corpus",
        index_dir=CACHE,
        records_path=folder / "records.sqlite",
        uploads_dir=folder / "uploads",
        watched_dir=folder / "watched",
        users_path=folder / "users.yaml",
    )
    build_index(settings, encoder)
    return Assistant(settings, encoder, Records(settings.records_path))
