"""Teach the upper layers of the bundled encoder which sentence answers a question:
`assistant/index/selecting.npz`.

    python evals/fit_selecting.py

Learns from the training questions and the sentences of their documents alone; no topic is read. Of the
sentences of a document those that answer should be nearest, nearer also than those of other programmes, and a
question that the document does not answer should be nearer to none than a learned threshold (a conditional
logit each). Only changes of low rank to the upper layers are learned; what the lower layers make of each text
is computed once.

First come models that never saw a third of the programmes, in `evals/results/selecting/`: `fit_models.py`
scores the training questions of that third with them.
"""

import random
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from training_data import ABSENT, TrainingQuestion, training_questions
from transformers import AutoModel, AutoTokenizer

from assistant.corpus.chunking import chunk_document
from assistant.corpus.library import load_corpus
from assistant.domain import Document
from assistant.index.builder import unit_passage
from assistant.index.bundled_model import ensure_bundled_model
from assistant.index.selecting import PARTS, WEIGHTS, stored, through
from assistant.retrieval.dialect import written
from assistant.retrieval.query import normalise
from assistant.settings import PROJECT, Settings

FIRST, RANK, SCALE, DROPOUT = 6, 16, 2.0, 0.1
"""The first layer that is changed; rank and scale of the changes; dropout on what they read."""
EPOCHS, LEARNING_RATE, DECAY = 2, 5e-4, 0.01
DOCUMENTS, QUESTIONS, UNITS = 3, 16, 24
"""A batch: documents of different programmes, at most so many questions and units of each."""
TEMPERATURE, OTHERS, ABSENCE, THRESHOLD = 0.03, 0.5, 0.5, 0.7
"""Of the cosines; weights of the second and third aim beside the first; the threshold to begin with."""
FOLDS, TRIED = 3, (0, 1)
"""Parts of the programmes, and those for which a model is fitted that never saw them: two of three hold
questions enough for the forty weights that are fitted on them."""
FOLDER = PROJECT / "evals" / "results" / "selecting"
LONGEST = 80
"""Tokens of a text that are read."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A document as it teaches: its units as they are embedded and as they are said, and its questions."""

    programme: str
    passages: tuple[str, ...]
    said: tuple[str, ...]
    questions: tuple[TrainingQuestion, ...]


def main() -> None:
    """Fit one model per fold and print how it does on its unseen programmes, then one on everything."""
    documents = load_corpus(Settings.from_environment().corpus_dir).documents
    taught = [t for t in _taught(documents) if t.questions and t.passages]
    tower = Tower()
    tower.prepare([*map(question_text, (q for t in taught for q in t.questions))])
    tower.prepare([passage for t in taught for passage in t.passages])
    FOLDER.mkdir(parents=True, exist_ok=True)
    for fold in TRIED:
        tower.reset()
        unseen = [t for t in taught if fold_of(t.programme) == fold]
        before = tower.first_right(unseen)
        tower.fit([t for t in taught if fold_of(t.programme) != fold])
        _say(f"fold {fold}: right unit first {before:.3f} → {tower.first_right(unseen):.3f}")
        tower.save(fold_path(fold))
    tower.reset()
    tower.fit(taught)
    tower.save(WEIGHTS)


def fold_of(programme: str) -> int:
    """The fold in which a programme is unseen."""
    return zlib.crc32(programme.encode()) % FOLDS


def fold_path(fold: int) -> Path:
    """Where the model is kept to which a fold's programmes are new."""
    return FOLDER / f"fold-{fold}.npz"


def question_text(question: TrainingQuestion) -> str:
    """A question as the encoder reads it."""
    return "query: " + written(normalise(question.question))


def _taught(documents: Sequence[Document]) -> Iterator[Taught]:
    asked: dict[str, list[TrainingQuestion]] = {}
    for question in training_questions():
        asked.setdefault(question.document, []).append(question)
    for document in documents:
        chunks = chunk_document(document)
        passages = [unit_passage(chunk, i) for chunk in chunks for i in range(len(chunk.units))]
        said = [unit.text for chunk in chunks for unit in chunk.units]
        questions = asked.get(document.id, [])
        yield Taught(
            document.metadata.programme_key,
            tuple("passage: " + p for p in passages),
            tuple(said),
            tuple(questions),
        )


class LowRank(torch.nn.Module):
    """A linear map with a change of low rank."""

    def __init__(self, base: torch.nn.Linear) -> None:
        """Change nothing yet."""
        super().__init__()
        self.base = base
        self.left = torch.nn.Parameter(torch.randn(base.in_features, RANK) / base.in_features**0.5)
        self.right = torch.nn.Parameter(torch.zeros(RANK, base.out_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The map with its change."""
        read = torch.nn.functional.dropout(x, DROPOUT, self.training)
        return self.base(x) + (read @ self.left) @ self.right * SCALE


class Tower:
    """The encoder, its lower layers run beforehand and its upper ones being taught."""

    def __init__(self) -> None:
        """Load the bundled model."""
        folder = ensure_bundled_model(precision="fp32")
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModel.from_pretrained(
            folder, dtype=torch.float32, attn_implementation="eager"
        ).eval()
        self._model.requires_grad_(False)
        self._upper = self._model.encoder.layer[FIRST:]
        self._lower: dict[str, NDArray[np.float16]] = {}
        self.reset()

    def reset(self) -> None:
        """Forget what was taught; the same start each time."""
        torch.manual_seed(0)
        self._random = random.Random(0)
        self._maps = [{part: _replaced(layer, part) for part in PARTS} for layer in self._upper]
        self._threshold = torch.nn.Parameter(torch.tensor(THRESHOLD / TEMPERATURE))

    def prepare(self, texts: Sequence[str]) -> None:
        """Run texts through the lower layers."""
        distinct = sorted(set(texts), key=len)
        for start in range(0, len(distinct), 32):
            batch = distinct[start : start + 32]
            tokens = self._tokenizer(
                batch, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
            )
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = self._model.embeddings(input_ids=tokens["input_ids"])
                hidden = through(self._model.encoder.layer[:FIRST], hidden, tokens["attention_mask"])
            for row, text in enumerate(batch):
                length = int(tokens["attention_mask"][row].sum())
                self._lower[text] = hidden[row, :length].half().numpy()

    def embed(self, texts: Sequence[str]) -> torch.Tensor:
        """Embeddings of prepared texts, shape (texts, d), rows of length 1."""
        order = sorted(range(len(texts)), key=lambda i: len(self._lower[texts[i]]))
        found: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        for start in range(0, len(order), 24):
            rows = order[start : start + 24]
            states = [torch.from_numpy(self._lower[texts[i]].astype(np.float32)) for i in rows]
            hidden = torch.nn.utils.rnn.pad_sequence(states, batch_first=True)
            mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(s)) for s in states], batch_first=True)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = through(self._upper, hidden, mask)
            pooled = (hidden.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            for place, i in enumerate(rows):
                found[i] = torch.nn.functional.normalize(pooled[place], dim=-1)
        return torch.stack(found)

    def fit(self, taught: Sequence[Taught]) -> None:
        """Teach by documents and their questions."""
        maps = [one for layer in self._maps for one in layer.values()]
        parameters = [p for one in maps for p in (one.left, one.right)] + [self._threshold]
        steps = EPOCHS * sum(-(-len(t.questions) // QUESTIONS) for t in taught) // DOCUMENTS
        optimiser = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=DECAY)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimiser, LEARNING_RATE, total_steps=steps + 1, pct_start=0.1
        )
        portions = self._portions(taught)
        self._model.train()
        for layer in self._model.modules():
            if isinstance(layer, torch.nn.Dropout):
                layer.p = 0.0
        for _ in range(steps):
            batch: dict[str, tuple[Taught, list[TrainingQuestion]]] = {}
            while len(batch) < DOCUMENTS:
                one, questions = next(portions)
                batch.setdefault(one.programme, (one, questions))
            loss = self._loss(list(batch.values()))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
        self._model.eval()

    def _portions(self, taught: Sequence[Taught]) -> Iterator[tuple[Taught, list[TrainingQuestion]]]:
        """Documents with some of their questions, all once before any comes again."""
        while True:
            found = []
            for one in taught:
                questions = list(one.questions)
                self._random.shuffle(questions)
                found += [
                    (one, questions[start : start + QUESTIONS])
                    for start in range(0, len(questions), QUESTIONS)
                ]
            self._random.shuffle(found)
            yield from found

    def _loss(self, batch: Sequence[tuple[Taught, list[TrainingQuestion]]]) -> torch.Tensor:
        questions = [(place, q) for place, (_, asked) in enumerate(batch) for q in asked]
        units = [(place, u) for place, (one, asked) in enumerate(batch) for u in self._shown(one, asked)]
        vectors = self.embed([question_text(q) for _, q in questions])
        scores = vectors @ self.embed([batch[p][0].passages[u] for p, u in units]).T / TEMPERATURE
        own = torch.tensor([[p == o for p, _ in units] for o, _ in questions])
        right = own & torch.tensor([[batch[p][0].said[u] in q.units for p, u in units] for _, q in questions])
        answers, absent = right.any(1), torch.tensor([q.style == ABSENT for _, q in questions])
        among_own = torch.logsumexp(scores.masked_fill(~own, -1e4), 1)
        hit = torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
        threshold = self._threshold.expand(len(questions))
        aim = torch.where(absent, threshold, hit)
        return (
            (among_own - hit)[answers].mean()
            + OTHERS * (torch.logsumexp(scores, 1) - hit)[answers].mean()
            + ABSENCE * (torch.logaddexp(among_own, threshold) - aim)[answers | absent].mean()
        )

    def _shown(self, one: Taught, asked: Sequence[TrainingQuestion]) -> list[int]:
        """The units of a document that are shown beside questions: those that answer, and others up to
        `UNITS`."""
        wanted = {text for question in asked for text in question.units}
        answering = [i for i, said in enumerate(one.said) if said in wanted]
        others = [i for i, said in enumerate(one.said) if said not in wanted]
        self._random.shuffle(others)
        return sorted(answering + others[: max(0, UNITS - len(answering))])

    def first_right(self, taught: Sequence[Taught]) -> float:
        """The share of questions whose nearest unit answers them, where some do and some do not."""
        hits = []
        with torch.no_grad():
            for one in taught:
                questions = [q for q in one.questions if q.units]
                if not questions:
                    continue
                scores = self.embed([question_text(q) for q in questions]) @ self.embed(one.passages).T
                for question, row in zip(questions, scores, strict=True):
                    right = [said in question.units for said in one.said]
                    if any(right) and not all(right):
                        hits.append(right[int(row.argmax())])
        return float(np.mean(hits))

    def save(self, path: Path) -> None:
        """Write the changes."""
        changes = [
            {
                part: (one.left.detach().numpy(), SCALE * one.right.detach().numpy())
                for part, one in parts.items()
            }
            for parts in self._maps
        ]
        np.savez(path, **stored(changes, FIRST))


def _replaced(layer: torch.nn.Module, part: str) -> LowRank:
    """Put a changeable map in the place of a linear one (of its own first one, the second time)."""
    found = layer.get_submodule(part)
    one = LowRank(found.base if isinstance(found, LowRank) else found)
    layer.set_submodule(part, one)
    return one


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
