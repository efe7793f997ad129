from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.index.packed_weights import PackedWeights


def test_another_file_and_a_cut_off_file_are_told(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(SettingsError, match="기본 인코더 파일이 아닙니다"):
        PackedWeights(other)
    cut = tmp_path / "cut.bin"
    cut.write_bytes(b"E5S1" + bytes(50))
    with pytest.raises(SettingsError, match="잘렸습니다"):
        PackedWeights(cut)
