"""The command: exit codes 0, 1 and 2, one line for each problem, and never a traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook import cli, rules

ROOT = Path(__file__).resolve().parents[1]
EN, ZH = "docs/en/index.md", "docs/zh/index.md"


@pytest.fixture
def run(mini, monkeypatch, capsys):
    """Run the command on the small handbook; return exit code, output and messages."""
    passed = tuple(rule for rule in rules.RULES if rule.id != "anti-patterns")  # a toy cannot pass the review
    monkeypatch.setattr(rules, "RULES", passed)

    def call(*arguments: str) -> tuple[int, list[str], str]:
        code = cli.main(["--root", str(mini.root), *arguments])
        output = capsys.readouterr()
        assert "Traceback" not in output.out + output.err
        return code, output.out.splitlines(), output.err

    return call


def snapshot(root: Path) -> dict[str, bytes]:
    """Return the contents of all files but the cache's."""
    return {
        str(path): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.relative_to(root).parts
    }


def test_check_is_silent_about_a_clean_handbook(run):
    code, lines, message = run("check")
    assert (code, lines) == (0, [])
    assert message.startswith("4 pages, ")
    assert ", no problems, " in message


def test_check_prints_every_problem_sorted_and_exits_with_1(run, mini):
    last = mini.append(EN, "TODO")
    first = mini.append("docs/en/designs/toy.md", "{{ laod }}")
    code, lines, message = run("check")
    assert code == 1
    assert [line for line in lines if line.startswith("docs/en/")] == [
        f"docs/en/designs/toy.md:{first}: values: unknown value `laod` (did you mean `load`?)",
        f"{EN}:{last}: placeholders: “TODO” promises what is not there (finish it or leave it out)",
    ]
    assert lines == sorted(lines, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    assert f"{len(lines)} problems" in message


def test_check_changes_no_file(run, mini):
    mini.append(EN, "TODO")
    before = snapshot(mini.root)
    run("check")
    assert snapshot(mini.root) == before


def test_check_runs_the_rules_that_are_named_alone(run, mini):
    mini.append(EN, "TODO")
    code, lines, message = run("check", "--only", "placeholders,links")
    assert code == 1
    assert [line.split(": ")[1] for line in lines] == ["placeholders"]
    assert ", 2 rules, 1 problems, " in message


def test_check_lists_the_rules_with_their_scope(run):
    code, lines, _ = run("check", "--list")
    assert code == 0
    assert len(lines) == len(rules.RULES)
    assert "tables             page   Every row of a table has as many cells as its head." in lines


def test_check_explains_a_rule(run):
    code, lines, _ = run("check", "--explain", "tables")
    assert code == 0
    assert lines == [f"tables: {rules.tables.RULE.explain.strip()}".splitlines()[n] for n in range(5)]


@pytest.mark.parametrize("option", ["--only", "--explain"])
@pytest.mark.parametrize(
    ("name", "hint"), [("partiy", "did you mean `parity`?"), ("zzz", "`--list` names them")]
)
def test_a_rule_that_does_not_exist_is_wrong_usage(option, name, hint, run):
    assert run("check", option, name) == (2, [], f"no rule `{name}` ({hint})\n")


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check", "--nosuch"], ["translated"]])
def test_wrong_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert "usage: " in capsys.readouterr().err


DATA = [
    "data/framework.yml",
    "data/designs.yml",
    "data/glossary.yml",
    "data/units.yml",
    "data/redirects.yml",
    "data/search.yml",
    "data/numbers/designs/toy.yml",
    "data/sources/designs/toy.yml",
    "data/site.yml",
    "data/languages/en.yml",
    "data/languages/zh.yml",
]
BAD_DATA = {
    "invalid YAML": b"a: [1\n b: }\n",
    "a tab": b"a:\n\tb: 1\n",
    "Latin-1": b"a: caf\xe9\n",
    "a list": b"- a\n- b\n",
    "a text": b"text\n",
    "a number": b"3\n",
    "a control character": b"a: \x07\n",
    "a list as key": b"? [a]\n: b\n",
    "wrong values": b"stages: {a: 1}\ntotal: x\ndesigns: {a: [1]}\nterms: [3, {en: 1}]\nredirects: [a]\nnav: {a: [b, null]}\n"
    b"inputs: [1]\nresults: {a: [1], 2: {formula: [1]}}\nbudgets: {b: {limit: [1]}}\nsums: {s: 1}\nasserts: [1]\n",
}


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize("kind", BAD_DATA)
def test_a_bad_data_file_is_a_problem_of_that_file(path, kind, run, mini):
    mini.write(path, BAD_DATA[kind])
    code, lines, _ = run("check")
    assert code == 1
    assert any(line.startswith(f"{path}:") for line in lines), lines


@pytest.mark.parametrize("path", DATA)
@pytest.mark.parametrize("kind", ["invalid YAML", "Latin-1", "a control character"])
def test_a_data_file_that_cannot_be_read_is_reported_once(path, kind, run, mini):
    mini.write(path, BAD_DATA[kind])
    _, lines, _ = run("check")
    assert len(lines) == 1, lines


@pytest.mark.parametrize("path", DATA)
def test_a_missing_data_file_is_a_problem(path, run, mini):
    (mini.root / path).unlink()
    code, lines, _ = run("check")
    assert code == 1
    if "numbers" not in path and "sources" not in path:
        assert any(
            line.startswith(f"{path}:1: ") and line.endswith(": the file is missing") for line in lines
        )


@pytest.mark.parametrize("path", DATA)
def test_an_empty_data_file_never_ends_in_a_traceback(path, run, mini):
    mini.write(path, "")
    assert run("check")[0] == 1


BAD_PAGES = {
    "empty": b"",
    "Latin-1": b"---\ntitle: caf\xe9\n---\n",
    "UTF-16": "---\ntitle: T\n---\n".encode("utf-16"),
    "no front matter": b"# T {#t}\n",
    "open front matter": b"---\ntitle: T\n",
    "front matter of a list": b"---\n- a\n---\n",
    "front matter of other types": b"---\ntitle: [1]\ndescription: {a: 1}\n3: 4\ntranslates: [2]\n---\n# T {#t}\n",
    "Windows": b"---\r\ntitle: T\r\ndescription: D\r\n---\r\n\r\n# T {#t}\r\n",
    "Mac": b"---\rtitle: T\r---\r",
    "null bytes": b"---\ntitle: T\ndescription: D\n---\n# T {#t}\n\0\0\n",
    "open everything": b"---\ntitle: T\n---\n```mermaid\n{{ [@ \\( | <!-- [x](",
    "one line": b"x" * 200_000,
}


@pytest.mark.parametrize("path", [EN, "docs/zh/designs/toy.md"])
@pytest.mark.parametrize("kind", BAD_PAGES)
def test_a_bad_page_is_a_problem_of_that_page(path, kind, run, mini):
    mini.write(path, BAD_PAGES[kind])
    code, lines, _ = run("check")
    assert code == 1
    assert any(line.startswith(f"{path}:") for line in lines), lines


def test_a_folder_named_like_a_page_and_a_dead_link_of_the_file_system_are_problems(run, mini):
    (mini.root / "docs/en/folder.md").mkdir()
    (mini.root / "docs/en/dead.md").symlink_to("nowhere")
    code, lines, _ = run("check")
    assert code == 1
    assert "docs/en/folder.md:1: encoding: unreadable: Is a directory" in lines
    assert "docs/en/dead.md:1: encoding: unreadable: No such file or directory" in lines


def test_a_folder_without_a_handbook_is_one_problem(tmp_path, capsys):
    assert cli.main(["--root", str(tmp_path), "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["data/languages:1: languages: no language (write en.yml and docs/en/)"]


def test_translated_stamps_a_page_and_makes_it_pass(run, mini):
    mini.append(EN, "More.")
    mini.append(ZH, "更多。")
    assert run("check")[0] == 1
    code, lines, _ = run("translated", ZH)
    assert (code, lines) == (0, [f"{ZH}: up to date"])
    assert run("check")[0] == 0


def test_translated_takes_the_path_as_a_shell_completes_it(run):
    assert run("translated", f"./{ZH}")[0] == 0


@pytest.mark.parametrize("path", [EN, "docs/zh/none.md", "README.md"])
def test_translated_refuses_what_is_no_chinese_page(path, run, mini):
    before = snapshot(mini.root)
    code, lines, message = run("translated", path)
    assert (code, lines, message) == (2, [], f"{path} is not a page of a translation\n")
    assert snapshot(mini.root) == before


def test_translated_needs_the_english_page(run, mini):
    (mini.root / EN).unlink()
    assert run("translated", ZH) == (1, [], f"{ZH} has no page in English\n")


@pytest.mark.parametrize(
    ("arguments", "path"), [(["translated", ZH], ZH), (["anchors"], "data/published-anchors.txt")]
)
def test_a_checkout_that_cannot_be_written_to_is_one_sentence(arguments, path, run, mini, monkeypatch):
    mini.append(EN, "## New {#new}")
    before = snapshot(mini.root)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "write_text", refuse)
    assert run(*arguments) == (1, [f"{path}:1: output: cannot be written: Read-only file system"], "")
    assert snapshot(mini.root) == before


@pytest.mark.parametrize("arguments", [("anchors",), ("translated", ZH)])
def test_a_file_of_words_that_cannot_be_read_is_a_problem_of_that_file(arguments, run, mini):
    line = mini.replace("data/languages/zh.yml", "order: 2", "order: two")
    code, lines, _ = run(*arguments)
    assert (code, lines) == (1, [f"data/languages/zh.yml:{line}: languages: `order` is not a whole number"])


def test_anchors_adds_new_places_and_keeps_old_ones(run, mini):
    mini.append(EN, "## New {#new}\n\ntext")
    assert run("anchors")[:2] == (0, ["1 new places in data/published-anchors.txt"])
    assert run("anchors")[:2] == (0, ["0 new places in data/published-anchors.txt"])
    assert "index#new\n" in mini.read("data/published-anchors.txt")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "handbook", *arguments]


def test_the_command_runs_as_a_module_and_prints_chinese_anywhere(mini):
    mini.append(ZH, "待补充")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "latin-1",
        "PYTHONUTF8": "0",
    }
    done = subprocess.run(
        command("--root", str(mini.root), "check"), env=environment, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"\\u5f85\\u8865\\u5145" in done.stdout


def test_a_reader_who_has_seen_enough_causes_no_traceback(mini):
    mini.write("data/published-anchors.txt", "".join(f"zzz{n}\n" for n in range(3000)))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command("--root", str(mini.root), "check"),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        message = process.stderr.read()
        assert process.wait() == 1
    assert b"Traceback" not in message
    assert b"BrokenPipe" not in message
