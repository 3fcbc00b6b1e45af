"""OneRoster 1.1 and 1.2, after the columns of the published CSV tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.prepare.listed import ListError, StudentList
from rosterkey.core.prepare.one_roster import is_one_roster, read_one_roster
from rosterkey.core.sheet import Sheet

USERS_11 = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,"
    "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password"
)
USERS_12 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
    "resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,"
    "primaryOrgSourcedId,pronouns"
)
ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"
CLASSES = (
    "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods"
)
ENROLLMENTS = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
    "beginDate,endDate"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
    "orgSourcedId,userProfileSourcedId"
)


def table(header: str, *lines: dict[str, str]) -> Sheet:
    """A CSV file of the set; columns that a line does not name are blank."""
    names = header.split(",")
    rows = [tuple(names), *(tuple(line.get(n) for n in names) for line in lines)]
    return Sheet("x.csv", tuple(enumerate(rows, start=1)))


def user(key: str, name: str, **more: str) -> dict[str, str]:
    """A line of users.csv."""
    first, _, last = name.partition(" ")
    return {"sourcedId": key, "givenName": first, "familyName": last, "enabledUser": "true"} | more


ORG_LINES = (
    {"sourcedId": "d", "name": "Lincoln Unified", "type": "district"},
    {"sourcedId": "s1", "name": "Lincoln Elementary", "type": "school"},
    {"sourcedId": "s2", "name": "Oak Middle", "type": "school"},
)


def version_11() -> dict[str, Sheet]:
    return {
        "users": table(
            USERS_11,
            user("u1", "Ana Smith", role="student", identifier="00123", orgSourcedIds="d, s1",
                 grades="03,04", username="asmith", email="ana@example.org"),
            user("u2", "Bo Jones", role="student", identifier="00124", orgSourcedIds="s2"),
            user("u3", "Tom Teacher", role="teacher", identifier="9"),
            user("u4", "Gone Kid", role="student", identifier="00125", status="tobedeleted"),
        ),
        "orgs": table(ORGS, *ORG_LINES),
        "classes": table(
            CLASSES,
            {"sourcedId": "c1", "title": "3A; blue"},
            {"sourcedId": "c2", "classCode": "BAND"},
            {"sourcedId": "c3", "title": "Old", "status": "tobedeleted"},
        ),
        "enrollments": table(
            ENROLLMENTS,
            {"classSourcedId": "c1", "userSourcedId": "u1", "role": "student"},
            {"classSourcedId": "c2", "userSourcedId": "u1", "role": "student"},
            {"classSourcedId": "c3", "userSourcedId": "u1", "role": "student"},
            {"classSourcedId": "c1", "userSourcedId": "u3", "role": "teacher"},
        ),
    }  # fmt: skip


def ids(read: StudentList) -> list[str]:
    return [student.student_id for student in read.students]


def test_version_11_with_schools_and_classes() -> None:
    read = read_one_roster(version_11())
    ana, bo = read.students
    assert (ana.row, ana.student_id, ana.name) == (2, "00123", "Ana Smith")
    assert (ana.school, ana.grade) == ("Lincoln Elementary", "03")
    assert ana.classes == ("3A, blue", "BAND")
    assert ana.logins == ("asmith", "ana@example.org")
    assert ana.marks == ("u1", "00123")
    assert (bo.school, bo.grade, bo.classes, bo.logins) == ("Oak Middle", None, (), ())
    assert read.columns["Student ID"] == "identifier"
    assert read.columns["Class"] == "title in classes.csv"
    assert not read.notices


def test_version_12_has_roles_and_schools_in_a_file_of_their_own() -> None:
    users = table(
        USERS_12,
        user("u1", "Ana Smith", identifier="1", primaryOrgSourcedId="s2"),
        user("u2", "Bo Jones", identifier="2"),
        user("u3", "Tom Teacher", identifier="3"),
    )
    roles = table(
        ROLES,
        {"userSourcedId": "u1", "role": "student", "roleType": "primary", "orgSourcedId": "s1"},
        {"userSourcedId": "u2", "role": "student", "roleType": "secondary", "orgSourcedId": "s2"},
        {"userSourcedId": "u2", "role": "student", "roleType": "primary", "orgSourcedId": "s1"},
        {"userSourcedId": "u2", "role": "student", "roleType": "secondary", "orgSourcedId": "s2"},
        {"userSourcedId": "u3", "role": "teacher", "roleType": "primary", "orgSourcedId": "s1"},
    )
    read = read_one_roster({"users": users, "roles": roles, "orgs": table(ORGS, *ORG_LINES)})
    assert ids(read) == ["1", "2"]
    assert [s.school for s in read.students] == ["Oak Middle", "Lincoln Elementary"]


def test_users_alone_of_12_are_all_taken_and_it_is_said() -> None:
    read = read_one_roster({"users": table(USERS_12, user("u1", "Ana Smith", identifier="1"))})
    assert ids(read) == ["1"]
    assert "everybody on it is taken" in read.notices[0]
    assert "School" not in read.columns


@pytest.mark.parametrize("identifiers", [("7", ""), ("7", "7"), ("", "")])
def test_without_identifiers_of_their_own_the_sourced_id_is_taken(
    identifiers: tuple[str, str],
) -> None:
    people = [
        user(f"u{n}", name, role="student", identifier=identifiers[n])
        for n, name in enumerate(("Ana Smith", "Bo Jones"))
    ]
    read = read_one_roster({"users": table(USERS_11, *people)})
    assert ids(read) == ["u0", "u1"]
    assert read.columns["Student ID"] == "sourcedId"
    assert "sourcedId is taken" in read.notices[0]


def test_the_column_that_somebody_named_comes_first() -> None:
    people = [user("u1", "Ana Smith", role="student", identifier="7", phone="0123")]
    people.append(user("u2", "Bo Jones", role="student", identifier="8"))
    read = read_one_roster(
        {"users": replace(table(USERS_11, *people), meanings={"phone": "student_id"})}
    )
    assert ids(read) == ["0123"]
    assert read.left_out == ("Row 3: Bo Jones has no phone on the list.",)


def test_what_is_no_set_is_refused() -> None:
    assert not is_one_roster(Sheet("x", ()))
    with pytest.raises(ListError, match=r"needs a users\.csv"):
        read_one_roster({"orgs": table(ORGS)})
    with pytest.raises(ListError, match=r"needs a users\.csv"):
        read_one_roster({"users": table(ORGS)})


def test_a_set_without_students_is_an_empty_list() -> None:
    read = read_one_roster({"users": table(USERS_11, user("t", "Tom Teacher", role="teacher"))})
    assert read.students == ()
