"""Corpus folder → one complete generation: chunk, analyse, embed, index, verify, swap."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.corpus.chunking import CHUNK_CHARACTERS, UNIT_CHARACTERS, chunk_document
from assistant.corpus.library import Corpus, corpus_hash, load_corpus
from assistant.corpus.source_cache import SourceCache
from assistant.domain import Chunk, Document
from assistant.errors import UnreadableSource
from assistant.index.analyzer import Analyzer
from assistant.index.dense import DenseIndex
from assistant.index.embedding_cache import EmbeddingCache, PassageEncoder, cached_encode
from assistant.index.generations import GenerationStore, Manifest
from assistant.index.lexical import LexicalIndex
from assistant.index.store import save_chunks, save_documents
from assistant.index.term_cache import TermCache, cached_terms

OPENING_CHARACTERS = 1500
"""How much of a document is embedded as a whole, beside its name: document-level evidence for the ranking."""

Progress = Callable[[str, int, int], None]
"""Called with a stage (read, analyse, embed), what is done and the total."""


@dataclass(frozen=True, slots=True)
class Built:
    """The outcome of a build: its manifest, and the corpus with the files that were left out."""

    manifest: Manifest
    corpus: Corpus


def build(
    corpus_dir: Path,
    index_dir: Path,
    encoder: PassageEncoder,
    *,
    calibration: bytes = b"",
    switch: bool = True,
    progress: Progress | None = None,
    analyzer_for: Callable[[tuple[str, ...]], Analyzer] = Analyzer,
) -> Built:
    """Build a generation beside the live one, verify it and make it live (unless `switch` is False).

    `analyzer_for` gives the analyzer of a dictionary: a service that has one loaded lends it.
    """
    report = progress or (lambda stage, done, total: None)
    store = GenerationStore(index_dir)
    with store.building() as folder:
        with closing(SourceCache(index_dir / "cache" / "sources.sqlite")) as sources:
            corpus = load_corpus(corpus_dir, lambda done, total: report("read", done, total), sources.read)
        if not corpus.documents:
            reasons = "; ".join(problem.message for problem in corpus.problems[:3])
            raise UnreadableSource(
                f"{corpus_dir}: 읽을 수 있는 문서가 없습니다. 지원하는 파일을 넣어 주세요. {reasons}".rstrip()
            )
        chunks = tuple(chunk for document in corpus.documents for chunk in chunk_document(document))
        analyzer = analyzer_for(dictionary_words(corpus.documents))
        manifest = _write(folder, index_dir, corpus, chunks, analyzer, encoder, calibration, report)
        store.seal(folder, manifest)
        store.verify(manifest.generation)
        if switch:
            store.switch(manifest.generation)
    return Built(store.manifest(manifest.generation), corpus)


def _write(
    folder: Path,
    index_dir: Path,
    corpus: Corpus,
    chunks: tuple[Chunk, ...],
    analyzer: Analyzer,
    encoder: PassageEncoder,
    calibration: bytes,
    report: Progress,
) -> Manifest:
    texts = [chunk.text for chunk in chunks]
    units = [unit_passage(chunk, position) for chunk in chunks for position in range(len(chunk.units))]
    names = [" ".join((d.metadata.title, *d.metadata.aliases)) for d in corpus.documents]
    openings = [f"{d.metadata.title}\n{d.text[:OPENING_CHARACTERS]}" for d in corpus.documents]
    save_documents(folder / "documents.json", corpus.documents)
    save_chunks(folder / "chunks.json", chunks)
    with closing(TermCache(index_dir / "cache" / "terms.sqlite")) as terms:
        analysed = cached_terms(
            analyzer, terms, [*texts, *names], lambda done, total: report("analyse", done, total)
        )
    named = dict(zip((d.id for d in corpus.documents), analysed[len(texts) :], strict=True))
    passages_terms = [
        _with_names(own, named[chunk.document_id]) for own, chunk in zip(analysed, chunks, strict=False)
    ]
    LexicalIndex.build(passages_terms).save(folder / "lexical")
    LexicalIndex.build(list(named.values())).save(folder / "names")
    with closing(EmbeddingCache(index_dir / "cache" / "embeddings.sqlite")) as cache:
        said = [situation for _, situation in corpus.situations]
        passages = [*texts, *names, *openings, *said]

        def embedded(done: int, total: int) -> None:
            report("embed", done, total)

        embeddings = cached_encode(encoder, cache, passages, embedded)
        unit_vectors = cached_encode(encoder, cache, units, embedded, as_units=True)
    parts = np.split(embeddings, np.cumsum([len(texts), len(names), len(names)]))
    (folder / "dense").mkdir()
    DenseIndex.build(parts[0]).save(folder / "dense")
    np.save(folder / "units.npy", unit_vectors.astype(np.float16))
    np.save(folder / "documents.npy", np.stack([parts[1], parts[2]]))
    np.save(folder / "situations.npy", parts[3])
    (folder / "situations.json").write_text(
        json.dumps([programme for programme, _ in corpus.situations]), encoding="utf-8"
    )
    (folder / "calibration.json").write_bytes(calibration)
    built_at = datetime.now(UTC)
    content = hashlib.sha256(
        json.dumps(
            [corpus_hash(corpus.documents), encoder.id, analyzer.dictionary_hash, corpus.area_class]
        ).encode()
        + calibration
    ).hexdigest()
    return Manifest(
        generation=f"{built_at:%Y%m%dT%H%M%S%f}-{content[:8]}",
        built_at=built_at.isoformat(timespec="microseconds"),
        corpus_hash=corpus_hash(corpus.documents),
        encoder=encoder.id,
        dimension=encoder.dimension,
        analyzer=analyzer.dictionary_hash,
        chunking=f"sections/{CHUNK_CHARACTERS}/{UNIT_CHARACTERS}",
        calibration=hashlib.sha256(calibration).hexdigest(),
        documents=len(corpus.documents),
        chunks=len(chunks),
        units=len(units),
        problems=tuple((problem.path, problem.message) for problem in corpus.problems),
        area_class=corpus.area_class,
    )


def _with_names(terms: list[str], names: list[str]) -> list[str]:
    """The terms of a passage and those of its programme's names that it lacks: who says "실버론" finds the
    loan that no text calls so."""
    held = set(terms)
    return [*terms, *(term for term in names if term not in held)]


def unit_passage(chunk: Chunk, position: int) -> str:
    """The words of one unit as they are embedded: its last heading and what it says (the title would make
    all alike)."""
    heading = chunk.heading_path[-1] if chunk.heading_path else ""
    return f"{heading}: {chunk.units[position].text}" if heading else chunk.units[position].text


def dictionary_words(documents: Iterable[Document]) -> tuple[str, ...]:
    """Words for the analyzer's user dictionary: programme names in titles, and aliases, as single Hangul
    words."""
    words: set[str] = set()
    for document in documents:
        for name in (document.metadata.title, *document.metadata.aliases):
            stripped = re.sub(r"\([^)]*\)|\d{4}년?", " ", name)
            words.update(w for w in re.findall(r"[가-힣]+", stripped) if 3 <= len(w) <= 12)
    return tuple(sorted(words))
