"""What the environment says about a build: where the site will be, and its date.

`SITE_URL` and `REPO_URL` end up in every page, so nothing but an address passes. `SOURCE_DATE_EPOCH` is the
date of a build in seconds since 1970; without it the last commit has it, and without one a constant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from handbook.problems import Problem, ProblemsError

RULE = "environment"
ADDRESS = "http://127.0.0.1:8000/"
#: Names of the variables that are addresses.
ADDRESSES = ("SITE_URL", "REPO_URL")
#: The years that a zip can hold, in seconds since 1970.
EARLIEST, LATEST = 315_532_800, 4_354_819_199
_ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%/-]*)?")


@dataclass(frozen=True)
class Environment:
    """What a build was told.

    Attributes:
        address: Where the site will be, with a slash at its end.
        epoch: The date it was given, in seconds since 1970; none if it was given none.
    """

    address: str
    epoch: int | None


def read(variables: Mapping[str, str]) -> Environment:
    """Read the variables that a build goes by; an empty one is none.

    Raises:
        ProblemsError: With every variable that is not what it should be.
    """
    problems = []
    for name in ADDRESSES:
        value = variables.get(name, "")
        if value and not _is_address(value):
            hint = "http:// or https://, a host, and a path of letters, digits and . _ ~ % -"
            problems.append(_problem(name, value, "is no address of a site", hint))
    date = variables.get("SOURCE_DATE_EPOCH", "")
    known = date.isascii() and date.isdecimal() and len(date) < 11 and EARLIEST <= int(date) <= LATEST
    if date and not known:
        hint = f"seconds since 1970, {EARLIEST} to {LATEST}"
        problems.append(_problem("SOURCE_DATE_EPOCH", date, "is no date", hint))
    if problems:
        raise ProblemsError(problems)
    return Environment((variables.get("SITE_URL") or ADDRESS).rstrip("/") + "/", int(date) if date else None)


def _is_address(value: str) -> bool:
    if not _ADDRESS.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    return port != 0 and "//" not in parts.path and not {".", ".."} & set(parts.path.split("/"))


def _problem(name: str, value: str, message: str, hint: str) -> Problem:
    shown = value if value.isprintable() else repr(value)[1:-1]
    return Problem(name, 1, RULE, f"“{shown}” {message}", hint)
