"""What the ribbon and the buttons on the sheets call: one function a button.

Each runs in a Python of its own that Excel starts, so what a button does not need is imported
only by those that do.
"""

from __future__ import annotations

from rosterkey.excel.frame import button


def export() -> None:
    """Show the students as they are stored on the sheet Export."""
    with button("Export") as session:
        from rosterkey.excel.exporting import export_now

        export_now(session)


def start_import() -> None:
    """Fill the sheet Import from the sheet Export: all students, or those that a filter shows."""
    with button("Start import") as session:
        from rosterkey.excel.starting import start_import_now

        start_import_now(session)


def validate() -> None:
    """Show what an import of the sheet Import would do; the accounts are not touched."""
    with button("Validate") as session:
        from rosterkey.excel.validating import validate_now

        validate_now(session)


def import_() -> None:
    """Import the sheet Import: exactly the plan that was validated, or nothing."""
    with button("Import") as session:
        from rosterkey.excel.importing import import_now

        import_now(session)


def undo() -> None:
    """Take back the import that is chosen on the sheet History, else the last one."""
    with button("Undo") as session:
        from rosterkey.excel.past import undo_now

        undo_now(session)


def history() -> None:
    """List every import on the sheet History."""
    with button("History") as session:
        from rosterkey.excel.past import history_now

        history_now(session)


def next_finding() -> None:
    """Go to the next cell that has a finding."""
    with button("Next finding") as session:
        from rosterkey.excel.explaining import select_next_finding

        select_next_finding(session)


def apply_fix() -> None:
    """Put in the suggested value of the chosen cell; on a fixed cell take it back."""
    with button("Apply fix") as session:
        from rosterkey.excel.fixing import apply_fix_now

        apply_fix_now(session)


def apply_all_fixes() -> None:
    """Put in all suggested values of the chosen finding's kind; on a fixed cell take all back."""
    with button("Apply all fixes") as session:
        from rosterkey.excel.fixing import apply_all_now

        apply_all_now(session)


def open_csv() -> None:
    """Read a text file into the sheet Import, every cell as text."""
    with button("Open CSV") as session:
        from rosterkey.excel.text_files import open_csv_now

        open_csv_now(session)


def save_csv() -> None:
    """Save the sheet Import as a CSV."""
    with button("Save CSV") as session:
        from rosterkey.excel.text_files import save_csv_now

        save_csv_now(session)


def add_ids() -> None:
    """Fill the blank Student IDs of the sheet Import from another system's list."""
    with button("Add IDs") as session:
        from rosterkey.excel.adding_ids import add_ids_now

        add_ids_now(session)


def new_usernames() -> None:
    """Put new usernames by the district's pattern on the sheet Import."""
    with button("New usernames") as session:
        from rosterkey.excel.new_usernames import new_usernames_now

        new_usernames_now(session)


def settings() -> None:
    """Tell which database and district are used; ask about other limits on the sheet."""
    with button("Settings") as session:
        from rosterkey.excel.explaining import settings_now

        settings_now(session)


def help() -> None:  # noqa: A001 - the name of the button
    """Explain the chosen finding, else the steps."""
    with button("Help") as session:
        from rosterkey.excel.explaining import help_now

        help_now(session)
