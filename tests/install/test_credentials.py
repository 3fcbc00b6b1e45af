"""Passwords go into the system's own keyring, come back at run time, and stand nowhere else."""

from __future__ import annotations

import sys

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends import chainer, fail, null

from rosterkey.usecases.credentials import (
    CredentialsError,
    has_password,
    keep_password,
    with_credentials,
    without_password,
)

BARE = "postgresql://ana@db.example:5432/accounts"
FULL = "postgresql://ana:s%40cret@db.example:5432/accounts"


class Vault(keyring.backend.KeyringBackend):
    """A keyring in memory that says it is the one of Windows."""

    priority = 9  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.PasswordSetError
        self.kept[service, username] = password


class InAFile(Vault):
    """One that keeps passwords in a readable file."""


for made in (Vault, InAFile):  # keyring notes each class that is made, and would choose these
    keyring.backend.KeyringBackend._classes.discard(made)
Vault.__module__ = "keyring.backends.Windows"
InAFile.__module__ = "keyrings.alt.file"


def use(monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(keyring, "get_password", backend.get_password)


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> Vault:
    made = Vault()
    use(monkeypatch, made)
    return made


def test_a_password_is_kept_and_comes_back(vault: Vault) -> None:
    assert keep_password(FULL) == BARE
    assert vault.kept == {("rosterkey", BARE): "s@cret"}
    assert with_credentials(BARE) == FULL


def test_a_password_that_was_asked_for_wins(vault: Vault) -> None:
    assert keep_password(FULL, "other") == BARE
    assert vault.kept == {("rosterkey", BARE): "other"}


def test_a_password_among_the_options_is_found_too(vault: Vault) -> None:
    url = "postgresql://ana@h/d?password=s3cret&sslmode=require"
    assert has_password(url)
    assert keep_password(url) == "postgresql://ana@h/d?sslmode=require"
    assert list(vault.kept.values()) == ["s3cret"]


@pytest.mark.parametrize(
    "url", ["sqlite:///C:/a.db", BARE, FULL, "postgresql://h/d", "sqlite://", "no address"]
)
def test_an_address_that_the_keyring_says_nothing_of_stays(vault: Vault, url: str) -> None:
    assert with_credentials(url) == url
    assert not vault.kept


def test_an_address_without_a_password_is_not_kept(vault: Vault) -> None:
    assert keep_password(BARE) == BARE
    assert not vault.kept


def test_a_password_without_a_user_is_refused(vault: Vault) -> None:
    with pytest.raises(CredentialsError, match="no user name"):
        keep_password("postgresql://:s3cret@h/d")
    assert not vault.kept


def _chain_with_a_file() -> keyring.backend.KeyringBackend:
    class Chain(chainer.ChainerBackend):
        backends = (Vault(), InAFile())  # type: ignore[assignment]

    Chain.__module__ = chainer.__name__
    return Chain()


@pytest.mark.parametrize(
    "backend",
    [InAFile(), null.Keyring(), fail.Keyring(), _chain_with_a_file()],
    ids=["file", "null", "fail", "chain"],
)
def test_a_keyring_that_is_not_safe_is_refused(
    monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend
) -> None:
    use(monkeypatch, backend)
    with pytest.raises(CredentialsError, match="keyring") as refused:
        keep_password(FULL)
    assert "cret" not in str(refused.value)
    assert not getattr(backend, "kept", None)


def test_a_locked_keyring_is_told_in_a_sentence(vault: Vault) -> None:
    vault.locked = True
    with pytest.raises(CredentialsError, match="Unlock"):
        keep_password(FULL)
    with pytest.raises(CredentialsError, match="Unlock"):
        with_credentials(BARE)


def test_without_the_package_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(CredentialsError, match="missing"):
        keep_password(FULL)
    assert with_credentials(BARE) == BARE


def test_a_server_without_any_keyring_goes_on_without_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(monkeypatch, fail.Keyring())
    assert with_credentials(BARE) == BARE


def test_what_is_shown_has_no_password() -> None:
    assert without_password(FULL) == BARE
    assert without_password(BARE) == BARE
    assert without_password("sqlite:///C:/a b.db") == "sqlite:///C:/a b.db"


def test_a_file_needs_no_keyring_and_no_sqlalchemy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("keyring", "sqlalchemy", "sqlalchemy.engine"):
        monkeypatch.setitem(sys.modules, name, None)
    assert with_credentials("sqlite:///C:/a.db") == "sqlite:///C:/a.db"
