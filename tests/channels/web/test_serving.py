from dataclasses import replace
from pathlib import Path

import pytest

from assistant.channels.web.page import serve
from assistant.errors import SettingsError
from assistant.service import Assistant


def test_beyond_this_machine_nothing_is_served_before_somebody_can_sign_in(
    city: Assistant, tmp_path: Path
) -> None:
    settings = replace(city.settings, users_path=tmp_path / "users.yaml")
    with pytest.raises(SettingsError, match="users add"):
        serve(city, settings, "0.0.0.0", 7999)
