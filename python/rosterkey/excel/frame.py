"""The one frame around every button: the book, the status bar, and what happens to errors."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.core.model import Confirmation
from rosterkey.excel import dialogs, light
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.log import write_log
from rosterkey.excel.places import setting
from rosterkey.usecases.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from xlwings import App, Book

    from rosterkey.store.contract import Store

_PERCENT_FROM = 0.005


@dataclass(slots=True)
class Session:
    """One press of a button.

    `done` is what was written to the accounts already: whatever goes wrong after that, the user
    is told of it (semantics: Plan, import, undo).
    """

    book: Book
    name: str
    done: str = ""
    _shown: str = ""

    @property
    def app(self) -> App:
        """The Excel that the book is open in."""
        return self.book.app

    def progress(self, what: str, share: float) -> None:
        """Show in the status bar what is being done and how far it is (0 to 1)."""
        percent = f" {share:.0%}" if _PERCENT_FROM < share < 1 else ""
        text = f"{self.name}: {what}{percent} …"
        if text != self._shown:  # each call to Excel costs time
            self._shown = text
            self.app.status_bar = text

    def tell(self, text: str, *, trouble: bool = False) -> None:
        """Show a message."""
        self._in_sight()
        dialogs.tell(self.app, f"Roster: {self.name}", text, trouble=trouble)

    def ask(self, question: str, *, grave: bool = False) -> bool:
        """Ask for a yes; everything else is a no."""
        self._in_sight()
        return dialogs.ask(self.app, f"Roster: {self.name}", question, grave=grave)

    def ask_each(self, confirmations: tuple[Confirmation, ...]) -> list[str]:
        """Ask for each reason by its own question, and return the reasons that got a yes.

        After the first that got none nothing more is asked, because nothing will be written.
        """
        given: list[str] = []
        for number, confirmation in enumerate(confirmations, 1):
            count = f"Question {number} of {len(confirmations)}. " if len(confirmations) > 1 else ""
            said = f"{count}{confirmation.message}\n\nDo you confirm this?"
            if not self.ask(said, grave=True):
                break
            given.append(confirmation.reason)
        return given

    def _in_sight(self) -> None:
        """Let Excel draw what was written, so that the user sees it behind the dialog."""
        self.app.screen_updating = True

    def settings(self) -> Settings:
        """The workbook's own settings before those of the user. Raises SettingsError."""
        return read_settings(
            setting(self.book, "SettingDatabase") or None,
            setting(self.book, "SettingDistrict") or None,
        )

    def folder(self) -> Path:
        """The folder that the workbook lies in, the user's documents where it has none here.

        A workbook in OneDrive has an address instead of a path, a new one has neither.
        """
        try:
            path = Path(self.book.fullname)
        except Exception:  # xlwings raises many things for an address without a local file
            path = Path()
        if path.is_absolute() and path.parent.is_dir():
            return path.parent
        from platformdirs import user_documents_path

        return user_documents_path()


@contextmanager
def button(name: str) -> Iterator[Session]:
    """Run a button: give it the workbook that it was pressed in, and end well in any case.

    Every expected trouble becomes one sentence, every other one a sentence and an entry in the
    log. The status bar and Excel's settings are as before on every exit.
    """
    light.import_xlwings()
    from xlwings import Book

    session = Session(Book.caller(), name)
    with _as_before(session.app):
        try:
            session.progress("starting", 0.0)
            yield session
        except Exception as error:
            text = sentence(error, session.name)
            if session.done:
                text = f"{session.done}\n\nOnly what should have followed did not work: {text}"
            # A no of the user is no trouble; everything else is.
            session.tell(text, trouble=bool(session.done) or type(error) is not ButtonStopped)


@contextmanager
def _as_before(app: App) -> Iterator[None]:
    status, drawing, events = app.status_bar, app.screen_updating, app.enable_events
    app.enable_events = False  # macros of the user's own must not run on our changes
    try:
        yield
    finally:
        for attribute, value in (
            ("status_bar", status),
            ("screen_updating", drawing),
            ("enable_events", events),
        ):
            with contextlib.suppress(Exception):  # one that fails must not keep the others
                setattr(app, attribute, value)


@contextmanager
def open_database(settings: Settings) -> Iterator[Store]:
    """The account database, closed at the end. Raises StoreError and CredentialsError."""
    from rosterkey.store import open_store  # late: SQLAlchemy takes its time
    from rosterkey.usecases.credentials import with_credentials

    store = open_store(with_credentials(settings.database), create=False)
    try:
        yield store
    finally:
        store.close()


def sentence(error: Exception, name: str) -> str:
    """What the user is told of an error; one that is not expected is written into the log."""
    from rosterkey.files.errors import UnreadableFile
    from rosterkey.files.replace import UnwritableFile
    from rosterkey.store.contract import StoreError, UnknownDistrict
    from rosterkey.usecases.credentials import CredentialsError
    from rosterkey.usecases.export import ExportError
    from rosterkey.usecases.import_ import StalePlan

    if isinstance(error, StalePlan):
        return stale_text(error.differences)
    if isinstance(error, UnknownDistrict):
        return f"{error} In the workbook the district stands on the Settings sheet."
    if isinstance(error, ButtonStopped):
        if error.__cause__ is not None:
            write_log(name, error)
        return str(error)
    of_files = (UnreadableFile, UnwritableFile, ExportError)
    if isinstance(error, (*of_files, StoreError, SettingsError, CredentialsError)):
        return str(error)
    path = write_log(name, error)
    where = f" What is known of it stands in {path}, without student data." if path else ""
    return (
        f"{name} stopped at an error that nobody foresaw ({type(error).__name__}).{where} Look at "
        "History to see whether anything was written to the accounts."
    )


def stale_text(differences: list[str]) -> str:
    """That a plan is stale, and what differs."""
    listed = "\n".join(f"- {line}" for line in differences[:10])
    more = f"\n… and {len(differences) - 10} more" if len(differences) > 10 else ""
    return (
        "Something changed since the sheet was validated, so nothing was written to the accounts:"
        f"\n{listed}{more}\n\nPress Validate, look at the result, and press Import again."
    )
