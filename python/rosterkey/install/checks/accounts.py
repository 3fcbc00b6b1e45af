"""Do the buttons find the account database that is meant."""

from __future__ import annotations

from pathlib import Path

from rosterkey.install import places
from rosterkey.install.checks.answer import Answer, Scene, ok, trouble, unknown
from rosterkey.install.database import file_of
from rosterkey.usecases.credentials import CredentialsError, has_password, with_credentials
from rosterkey.usecases.settings import DATABASE_VARIABLE, DISTRICT_VARIABLE, SCHOOL_VARIABLE


def check_database(scene: Scene) -> Answer:
    """Where the accounts are: there, and not in a folder that a service copies."""
    name = "database"
    file = file_of(scene.database)
    if file is None:
        return _elsewhere(name, scene.database)
    path = type(scene.system.home)(file)
    if service := places.synchronised(scene.system, path):
        return trouble(
            name,
            f"The account database {path} lies in a folder that {service} copies: two computers "
            "can damage it, and password hashes leave this one.",
            "Move it into a folder of this computer and tell: rosterkey setup --db sqlite:///PATH",
        )
    if str(path).startswith((r"\\", "//")):
        return trouble(
            name,
            f"The account database {path} lies on a network drive, where SQLite is not safe.",
            "Move it into a folder of this computer and tell: rosterkey setup --db sqlite:///PATH",
        )
    if not Path(path).is_file():
        return trouble(
            name,
            f"There is no account database at {path} yet.",
            "Run rosterkey setup, then load the accounts: rosterkey load FILE.jsonl",
        )
    return ok(name, f"The account database is {path}")


def check_variables(scene: Scene) -> Answer:
    """Variables of this terminal that Excel may not have."""
    name = "variables"
    names = (DATABASE_VARIABLE, DISTRICT_VARIABLE, SCHOOL_VARIABLE)
    found = [one for one in names if scene.system.environment.get(one)]
    if not found:
        return ok(name, "Commands and buttons read the same settings.")
    return unknown(
        name,
        f"{' and '.join(found)} is set in this terminal and comes before the settings. Excel has "
        "it only if it is set for your whole account.",
        "Write it into the settings instead: rosterkey setup --db URL --district CODE",
    )


def _elsewhere(name: str, url: str) -> Answer:
    """A database that is no file: is its password where it belongs?"""
    if has_password(url):
        return trouble(
            name,
            "A password stands in readable form in the address of the account database.",
            "Run rosterkey setup --db URL with that address: it keeps the password in the "
            "system's keyring.",
        )
    try:
        found = has_password(with_credentials(url))
    except CredentialsError as error:
        return trouble(name, "The password of the account database is not to be had.", str(error))
    if found:
        return ok(name, f"The account database is {url}; its password is in the keyring.")
    return unknown(
        name,
        f"The account database is {url}; the keyring has no password for it.",
        "If it needs one: rosterkey setup --db URL --ask-password",
    )
