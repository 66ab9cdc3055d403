"""What is written stays below its folder, replaces nothing, and is whole or not there."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

from handbook import output
from handbook.output import Output, rewrite
from handbook.problems import ProblemsError


def refused(folder: Path, name: str) -> str:
    with pytest.raises(ProblemsError) as refusal:
        Output(folder).write(name, "text")
    return str(refusal.value)


def test_a_file_is_written_below_the_folder(tmp_path):
    path = Output(tmp_path / "site").write("designs/toy/index.html", "你好\n")
    assert path == tmp_path / "site/designs/toy/index.html"
    assert path.read_bytes() == "你好\n".encode()


def test_bytes_are_written_as_they_are(tmp_path):
    assert Output(tmp_path).write("a.bin", b"\r\n\xff").read_bytes() == b"\r\n\xff"


@pytest.mark.parametrize(
    "name",
    ["../evil", "../../evil/index.html", "a/../../evil", "a/..", "..", "/etc/evil", "//evil", "", ".", "./", "a/",
     r"..\evil", r"a\..\..\evil", "C:\\evil"],
)  # fmt: skip
def test_nothing_is_written_outside_of_the_folder(name, tmp_path):
    assert refused(tmp_path / "site", name) == f"{name or 'output'}:1: output: is no name of a file below it"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "shown"), [("a\0b", r"a\x00b"), ("a\nb", r"a\nb"), ("a\u202eb", r"a\u202eb")])
def test_a_name_that_cannot_be_seen_is_refused(name, shown, tmp_path):
    assert refused(tmp_path, name) == f"{shown}:1: output: is no name of a file below it"


def test_a_link_that_leads_out_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "site/file").symlink_to(tmp_path / "elsewhere/new")
    for name in ("link/index.html", "file"):
        assert refused(tmp_path / "site", name) == f"{name}:1: output: leads out of it through a symbolic link"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_that_is_reached_through_a_link_is_written_to(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    Output(tmp_path / "link").write("a", "")
    assert (tmp_path / "real/a").is_file()


@pytest.mark.parametrize("name", ["a/index.html", "a", "a/index.html/b"])
def test_nothing_is_replaced(name, tmp_path):
    Output(tmp_path).write("a/index.html", "first")
    hint = "(two pages, or a page and a redirect, have one address)"
    assert refused(tmp_path, name) == f"{name}:1: output: is there already {hint}"
    assert (tmp_path / "a/index.html").read_text() == "first"


# ── sources ───────────────────────────────────────────────────────────────────────────────────────


def test_a_source_gets_its_new_text_and_keeps_its_mode(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("old")
    page.chmod(0o640)
    rewrite(tmp_path, "page.md", "新\n")
    assert page.read_bytes() == "新\n".encode()
    assert page.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize(("step", "number"), [("write_text", 30), ("write_text", 28), ("replace", 30)])
def test_a_source_that_cannot_be_written_stays_as_it_is(step, number, tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_text("old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path if step == "write_text" else output.os, step, fail)
    with pytest.raises(ProblemsError) as refusal:
        rewrite(tmp_path, "page.md", "new")
    assert str(refusal.value) == f"page.md:1: output: cannot be written: {os.strerror(number)}"
    assert page.read_text() == "old"
    assert list(tmp_path.iterdir()) == [page]


#: The modules that may write files: an output, what is kept, the site's exchange, a draft in a temporary folder.
WRITERS = {"handbook/output.py", "handbook/kept.py", "handbook/outputs/pdf/press.py"}
_WRITING = {"write_text", "write_bytes", "touch", "NamedTemporaryFile", "mkstemp"}


def writes(code: str) -> list[int]:
    """Return the lines on which a module writes a file by itself."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            modes = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            opens = name == "open" and any(set(mode) & set("wxa+") and len(mode) < 4 for mode in modes)
            if name in _WRITING or opens:
                found.append(node.lineno)
    return found


def test_what_writes_by_itself_is_found():
    assert writes("open('x', 'w')\nPath('x').write_text('')\nPath('x').open('rb')\npath.open('xb')") == [1, 2, 4]


def test_files_are_written_in_one_place():
    root = Path(output.__file__).parents[1]
    modules = {path.relative_to(root).as_posix(): path for path in root.glob("handbook/**/*.py")}
    others = {name: writes(path.read_text("utf-8")) for name, path in modules.items() if name not in WRITERS}
    assert {name: lines for name, lines in others.items() if lines} == {}


def test_a_file_may_be_written_again_where_an_earlier_step_wrote_it(tmp_path):
    Output(tmp_path).write("a/b", "one")
    assert Output(tmp_path).write("a/b", "two", again=True).read_text() == "two"
    with pytest.raises(ProblemsError):
        Output(tmp_path).write("../b", "three", again=True)
