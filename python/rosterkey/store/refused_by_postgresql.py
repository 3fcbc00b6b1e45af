"""What PostgreSQL's SQLSTATE codes, and failed connections, mean for the administrator.

A connection that fails has no code, only a text of the driver or the server, which may be in any
language and may name users. So its English forms are recognised, and none of it is passed on but
the name of the host.
"""

from __future__ import annotations

import re

from rosterkey.store.refused import (
    CONFLICT,
    DAMAGED,
    DISK_FAILED,
    DISK_FULL,
    INCOMPLETE,
    LOCKED,
    LOST,
    NO_TEXT,
    STOPPING,
)

CONTENDED = ("40001", "40P01")
"""The server gave one of two transactions up that were in each other's way."""

_CONTENDED = (
    "Someone else changed the same accounts at the same moment. Nothing was written: try again."
)
_LOGIN = (
    "The database server does not accept the user name or the password. "
    "Check the user name in the address, and give the password anew with: "
    "rosterkey setup --db URL --ask-password"
)
_NO_RIGHT = (
    "Your login has no right to do this in the account database. "
    "Nothing was written: ask the person who runs the database server for it."
)
_TOO_MANY = (
    "The database server has no free connection. Nothing was written: wait a minute and try again."
)
_TIME_LIMIT = (
    "The database server stopped this because of a time limit of its own. "
    "Nothing was written: ask the person who runs the server to raise statement_timeout."
)

_BY_STATE = {
    **dict.fromkeys(CONTENDED, _CONTENDED),
    "22021": NO_TEXT,
    "22P05": NO_TEXT,
    "25006": (
        "The database server takes no changes. "
        "Nothing was written: name the main server in the address."
    ),
    "25P03": LOST,
    "28000": _LOGIN,
    "28P01": _LOGIN,
    "42501": _NO_RIGHT,
    "42703": INCOMPLETE,
    "42P01": INCOMPLETE,
    "53100": DISK_FULL,
    "53200": "The database server is short of memory. Nothing was written: try again later.",
    "53300": _TOO_MANY,
    "54000": (
        "A text is too long for the account database. "
        "Nothing was written: shorten what has thousands of characters."
    ),
    "55P03": LOCKED,
    "57014": _TIME_LIMIT,
    "57P01": STOPPING,
    "57P02": STOPPING,
    "57P03": STOPPING,
    "58030": DISK_FAILED,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
_BY_CLASS = {"08": LOST, "23": CONFLICT}
"""By the first two characters, where the whole code is not known."""

_CONNECTING = (
    (r"definition of service .* not found|service file .* not found", (
        "The service that the address names is in no service file on this computer. "
        "Write it into ~/.pg_service.conf, or name host and database in the address."
    )),
    (r"invalid connection option|invalid URI query|(invalid|bad) .*value", (
        "The address of the account database has an option that PostgreSQL does not know. "
        "Check what stands behind the question mark."
    )),
    (r"root certificate file .* does not exist|sslrootcert|could not (read|load) root cert", (
        "The database server{at} cannot be verified: the certificate of its authority is not on "
        "this computer. Ask for that file and write its path into the address: "
        "?sslmode=verify-full&sslrootcert=PATH"
    )),
    (r"does not match host name|certificate verify failed|certificate .*(expired|not yet valid)", (
        "The database server{at} could not prove that it is the one that the address names, so no "
        "password was sent. Check the host name and the file of sslrootcert, or ask whether the "
        "server's certificate was changed."
    )),
    (r"does not support SSL", (
        "The database server{at} does not encrypt connections, so no password was sent. "
        "Ask the person who runs it to switch TLS on."
    )),
    (r"password authentication failed|no password supplied|role .* does not exist|fe_sendauth", (
        _LOGIN
    )),
    (r"database .* does not exist", (
        "The database that the address names is not on the server{at}. "
        "Check its name, or ask the person who runs the server to create it."
    )),
    (r"no pg_hba.conf entry|authentication failed|not permitted to log in|denied for database", (
        "The database server{at} does not let this user or this computer in. "
        "Ask the person who runs it for access."
    )),
    (r"too many (clients|connections)|remaining connection slots", _TOO_MANY),
    (r"starting up|shutting down|in recovery mode", STOPPING),
    (r"could not translate host name|failed to resolve host|Name or service not known", (
        "The name of the database server{at} is not known in this network. "
        "Check it, and whether you have to connect to the school network first."
    )),
    (r"connection failed|could not connect|refused|timeout|timed out|No such file", (
        "The database server{at} does not answer. Check the address and the network, and whether "
        "the server runs."
    )),
)  # fmt: skip
_HOST = re.compile(
    r'(?:connection to server at|host name|failed to resolve host) ["\']([^"\']+)["\']'
)


def sentence_of(error: BaseException) -> str | None:
    """The sentence for an error of the driver, None for any other error."""
    if not hasattr(error, "sqlstate"):
        return None
    state = str(error.sqlstate or "")
    if state:
        return _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
    text = str(error)
    for pattern, sentence in _CONNECTING:
        if re.search(pattern, text, re.IGNORECASE):
            found = _HOST.search(text)
            return sentence.format(at=f" {found[1]}" if found else "")
    return LOST if type(error).__name__ in ("OperationalError", "InterfaceError") else None
