"""Sign-in, roles and the trail."""

from pathlib import Path

import pytest

from assistant.errors import AccessDenied, SettingsError
from assistant.records.store import Records
from assistant.records.users import RIGHTS, Right, Role, User, Users, note, require


@pytest.fixture
def users(tmp_path: Path) -> Users:
    found = Users(tmp_path / "users.yaml")
    found.add("김정책", "correct horse", Role.POLICY)
    return found


def test_a_person_signs_in_with_the_password_only(users: Users, tmp_path: Path) -> None:
    assert users.sign_in("김정책", "correct horse") == User("김정책", Role.POLICY)
    for name, password in (("김정책", "wrong horse"), ("없는이", "correct horse")):
        with pytest.raises(AccessDenied, match="맞지 않습니다"):
            users.sign_in(name, password)
    assert "correct horse" not in (tmp_path / "users.yaml").read_text()
    assert (tmp_path / "users.yaml").stat().st_mode & 0o077 == 0


def test_the_same_password_has_another_hash_for_another_person(users: Users, tmp_path: Path) -> None:
    before = (tmp_path / "users.yaml").read_text()
    users.add("박승인", "correct horse", Role.POLICY)
    hashes = [line for line in (tmp_path / "users.yaml").read_text().splitlines() if "hash:" in line]
    assert len(set(hashes)) == 2
    assert hashes[0] in before


def test_five_wrong_tries_close_a_name_for_a_while(users: Users) -> None:
    for _ in range(5):
        with pytest.raises(AccessDenied, match="맞지 않습니다"):
            users.sign_in("김정책", "guess")
    with pytest.raises(AccessDenied, match="5분 뒤"):
        users.sign_in("김정책", "correct horse")


@pytest.mark.parametrize(
    ("name", "password", "role", "why"),
    [
        ("김", "long enough", "정책담당", "2~40자"),
        ("김정책", "short", "정책담당", "8자"),
        ("김정책", "long enough", "국장", "역할"),
    ],
)
def test_what_cannot_be_a_user_is_said(users: Users, name: str, password: str, role: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        users.add(name, password, role)


def test_without_a_file_nobody_exists_and_a_broken_one_is_one_line(tmp_path: Path) -> None:
    assert not Users(tmp_path / "none.yaml").exist
    (tmp_path / "bad.yaml").write_text("users: [1, 2")
    with pytest.raises(SettingsError, match="사용자 파일을 읽을 수 없습니다"):
        Users(tmp_path / "bad.yaml").sign_in("김정책", "correct horse")


def test_every_try_leaves_a_line(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    require(records, User("김정책", Role.POLICY), Right.PUBLISH, "publish 1")
    for person in (None, User("이상담", Role.COUNSELLOR), User("최평가", Role.EVALUATOR)):
        with pytest.raises(AccessDenied):
            require(records, person, Right.PUBLISH, "publish 2")
    lines = [(r["user"], r["allowed"]) for r in records.rows("SELECT user, allowed FROM audit ORDER BY id")]
    assert lines == [("김정책", 1), (None, 0), ("이상담", 0), ("최평가", 0)]


def test_what_somebody_typed_stands_in_the_trail_without_personal_numbers(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    for detail in ("bench 010-1234-5678인데 연금", "log 900101-1234567", f"bench {'가' * 490}010-1234-5678"):
        note(records, "김정책", Right.RECORDS.value, True, detail)
    kept = (
        "publish [12, 13]",
        "replace basic-pension-2021",
        "gaps 2021-03-01..2021-03-07",
        "curate 6f9619ff8b86",
    )
    for detail in kept:
        note(records, "김정책", Right.PUBLISH.value, True, detail)
    records.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (b"1234-5678", b"010-", b"900101", b"1234567"):
        assert secret not in raw
    found = [r["detail"] for r in Records(records.path).rows("SELECT detail FROM audit ORDER BY id")]
    assert found[:2] == ["bench [전화번호]인데 연금", "log [주민등록번호]"]
    assert found[3:] == list(kept)


def test_only_an_administrator_manages_users_and_purges() -> None:
    for right in (Right.USERS, Right.PURGE):
        assert [role for role in Role if right in RIGHTS[role]] == [Role.ADMIN]


def test_thirty_wrong_tries_from_a_place_close_it_whatever_the_names(users: Users) -> None:
    for number in range(30):
        with pytest.raises(AccessDenied, match="맞지 않습니다"):
            users.sign_in(f"사람{number}", "guess", "10.0.0.9")
    with pytest.raises(AccessDenied, match="5분 뒤"):
        users.sign_in("김정책", "correct horse", "10.0.0.9")
    assert users.sign_in("김정책", "correct horse", "10.0.0.8").name == "김정책"
