"""A roster import with django-import-export: `django_script.py {default,bulk} FILE DATABASE`.

`default` is a resource with the library's own options; `bulk` is what its page on performance
advises: bulk statements, unchanged rows skipped and not reported, accounts looked up in memory.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

HEADINGS = {
    "student_id": "Student ID",
    "username": "Username",
    "first_name": "First Name",
    "last_name": "Last Name",
    "grade": "Grade",
    "school": "School",
    "class_name": "Class",
}


def set_up(database: str) -> None:
    """Make Django ready for one table in an SQLite file."""
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": database}
    settings.configure(
        DATABASES={"default": engine},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=["import_export"],
        USE_TZ=True,
    )
    django.setup()


def make_model() -> Any:
    """The account table."""
    from django.db import models

    class Account(models.Model):
        student_id = models.TextField(null=True)
        username = models.TextField()
        first_name = models.TextField()
        last_name = models.TextField()
        grade = models.TextField(null=True)
        school = models.TextField(null=True)
        class_name = models.TextField()

        class Meta:
            app_label = "import_export"
            db_table = "account"
            managed = False

    return Account


class InMemory:
    """All accounts by Student ID and by username, read once."""

    def __init__(self, model: Any, dataset: Any) -> None:
        accounts = list(model.objects.all())
        self._by_id = {a.student_id: a for a in accounts if a.student_id}
        self._by_username = {a.username: a for a in accounts}
        ids = (_shown(value) for value in dataset["Student ID"])
        self._claimed = {self._by_id[i].pk for i in ids if i in self._by_id}

    def find(self, row: Any) -> Any:
        """The account of the row's Student ID, else the unclaimed one of its username."""
        found = self._by_id.get(row["Student ID"])
        if found is not None:
            return found
        found = self._by_username.get(row["Username"])
        return None if found and found.pk in self._claimed else found


class OneByOne:
    """The same with a query or two for each row."""

    def __init__(self, model: Any, dataset: Any) -> None:
        ids = {_shown(value) for value in dataset["Student ID"]} - {None}
        known = model.objects.exclude(student_id=None).values_list("student_id", "pk")
        self._claimed = {pk for student_id, pk in known if student_id in ids}
        self._objects = model.objects

    def find(self, row: Any) -> Any:
        """The account of the row's Student ID, else the unclaimed one of its username."""
        if row["Student ID"]:
            found = self._objects.filter(student_id=row["Student ID"]).first()
            if found is not None:
                return found
        found = self._objects.filter(username=row["Username"]).first()
        return None if found and found.pk in self._claimed else found


def make_resource(bulk: bool) -> Any:
    """The resource of the account table, matched by Student ID, then by username."""
    from import_export import fields, resources

    account = make_model()

    class Roster(resources.ModelResource):
        for attribute, heading in HEADINGS.items():
            locals()[attribute] = fields.Field(attribute=attribute, column_name=heading)

        class Meta:
            model = account
            fields = tuple(HEADINGS)
            import_id_fields = ("student_id",)
            use_transactions = True
            use_bulk = bulk
            skip_unchanged = bulk
            report_skipped = not bulk

        def before_import(self, dataset: Any, **kwargs: Any) -> None:
            self._accounts = (InMemory if bulk else OneByOne)(account, dataset)

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            row["Student ID"] = _shown(row["Student ID"])
            row["Grade"] = str(row["Grade"])

        def get_instance(self, instance_loader: Any, row: Any) -> Any:
            return self._accounts.find(row)

        def import_field(self, field: Any, instance: Any, row: Any, *args: Any, **kw: Any) -> None:
            # A blank ID keeps the stored one.
            if field.attribute != "student_id" or row["Student ID"]:
                super().import_field(field, instance, row, *args, **kw)

    return Roster()


def _shown(value: object) -> str | None:
    return None if value is None else str(value).zfill(7)


def main(how: str, file: str, database: str) -> None:
    """Import the file; an error of any row is an error of the program."""
    set_up(database)
    from import_export.formats.base_formats import XLSX

    dataset = XLSX().create_dataset(Path(file).read_bytes())
    make_resource(how == "bulk").import_data(dataset, raise_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
