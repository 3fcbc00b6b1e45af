"""`rosterkey setup --check`: each known trouble of such add-ins, looked for and explained."""

from __future__ import annotations

from pathlib import Path

from rosterkey.install import conf, places, plan
from rosterkey.install.checks.accounts import check_database, check_variables
from rosterkey.install.checks.answer import Answer, Scene, Verdict
from rosterkey.install.checks.excel import (
    check_defender,
    check_lost_zeros,
    check_macros,
    check_permissions,
)
from rosterkey.install.checks.libreoffice import check_libreoffice
from rosterkey.install.checks.python import (
    check_interpreter,
    check_script,
    check_search_path,
    check_versions,
)
from rosterkey.install.checks.workbook import check_workbook
from rosterkey.install.system import System

__all__ = ["Answer", "Verdict", "check_setup"]


def check_setup(
    system: System, database: str, workbook: Path | None = None, *, libreoffice: bool = False
) -> list[Answer]:
    """Every check that makes sense on this system, in the order in which a button meets them.

    `database` is the address that commands work with, `workbook` one to look at instead of the
    one that setup placed. With `libreoffice` it is about the buttons there and not in Excel.
    Nothing is written, and no program is started.

    Raises:
        OSError: a file that is there cannot be read.
    """
    there = plan.read_if_there(places.conf_file(system))
    name = places.PLAIN_WORKBOOK if libreoffice else places.WORKBOOK
    scene = Scene(
        system=system,
        conf=None if there is None else conf.rows_of(there.decode("utf-8", errors="replace")),
        workbook=workbook or Path(places.workbook_file(system, name=name)),
        named=workbook is not None,
        database=database,
    )
    accounts = (check_database(scene), check_variables(scene))
    if libreoffice:
        return [*check_libreoffice(scene), *check_workbook(scene), *accounts]
    buttons = (check_interpreter(scene), check_search_path(scene), check_versions(scene))
    answers = [
        *(buttons if system.has_excel else ()),
        check_script(scene),
        *check_workbook(scene),
        check_macros(scene),
        check_defender(scene),
        check_permissions(scene),
        *accounts,
        check_lost_zeros(scene),
    ]
    return [answer for answer in answers if answer is not None]
