"""What goes wrong ends in one clear sentence and status 1, and leaves the earlier book as it was."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book.conftest import ROOT, compiled_page
from handbook import languages
from handbook.compiled import Compiled
from handbook.outputs import downloads, environment, pdf, site
from handbook.outputs.book import chapters, edition
from handbook.outputs.pdf import BookError, Edition, chromium, fonts, processes
from handbook.outputs.pdf.convert import OnPaper
from handbook.problems import ProblemsError

EDITION = Edition("00000000", site.EPOCH)
LANGUAGE = languages.load(ROOT).original


@pytest.fixture
def toy(mini, tmp_path: Path):
    """A handbook of two pages, what they were compiled to, and the book that is there already."""
    pages = {slug: compiled_page(slug, "<p>Words.</p>") for slug in ("index", "designs/toy")}
    target = tmp_path / "book.pdf"
    target.write_bytes(b"the earlier book")
    return mini, pages, target


def make(toy) -> None:
    mini, pages, target = toy
    compiled = Compiled({"en": pages})
    address = "http://127.0.0.1/en/"
    pdf.side_by_side([pdf.make(mini.book(), compiled, LANGUAGE, target, address=address, edition=EDITION)])


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def left_alone(toy) -> bool:
    return toy[2].read_bytes() == b"the earlier book"


@pytest.mark.browser
def test_a_small_book_is_made(toy):
    make(toy)
    assert toy[2].read_bytes().startswith(b"%PDF-1.")


@pytest.mark.parametrize("family", ["Noto Serif CJK SC", "Liberation Sans", "DejaVu Serif"])
def test_a_missing_font_is_named(toy, tmp_path, monkeypatch, family):
    folder = tmp_path / "bin"
    folder.mkdir()
    real = subprocess.run(["sh", "-c", "command -v fc-match"], capture_output=True, text=True).stdout.strip()
    program(
        folder / "fc-match",
        f'case "$3" in "{family}"*) printf "Something Else|0|/dev/null";; *) exec {real} "$@";; esac',
    )
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    with pytest.raises(BookError, match=f"the font {family} is missing") as caught:
        make(toy)
    assert "apt-get install fonts-" in caught.value.hint
    assert left_alone(toy)


def test_a_missing_fontconfig_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError, match="needs fontconfig"):
        fonts.make({"a"}, tmp_path / "fonts")


def test_a_missing_browser_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError, match="the book needs Chromium") as caught:
        chromium.executable()
    assert "CHROMIUM=" in caught.value.hint


def test_a_browser_that_is_no_program_is_named(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/chromium")
    with pytest.raises(BookError, match="CHROMIUM=/no/such/chromium is no program"):
        chromium.executable()


@pytest.mark.browser
def test_a_crash_in_the_second_print_leaves_the_earlier_book(toy, tmp_path, monkeypatch):
    marker = tmp_path / "printed"
    crashing = program(
        tmp_path / "chromium",
        f'if [ -e {marker} ]; then echo "out of memory" >&2; exit 7; fi; touch {marker}; '
        f'exec {chromium.executable()} "$@"',
    )
    monkeypatch.setenv("CHROMIUM", str(crashing))
    with pytest.raises(BookError, match="Chromium stopped with status 7: out of memory"):
        make(toy)
    assert marker.exists()
    assert left_alone(toy)


def test_a_browser_that_hangs_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(program(tmp_path / "chromium", "exec sleep 60")))
    monkeypatch.setattr(chromium, "PATIENCE", 0.2)
    with pytest.raises(BookError, match="did not finish"):
        chromium.print_pdf(tmp_path / "a.html", tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<img src='gone.png' alt='x'>", "shows an image that is missing: gone.png"),
        ("<p><a href='../nothing/#x'>x</a> <a href='#gone'>y</a></p>", "leads nowhere: #designs-toy--gone"),
        ("<figure class='diagram'></figure>", "the page `designs/toy` shows a diagram that nobody drew"),
    ],
)
def test_a_damaged_page_is_named(toy, body, sentence):
    toy[1]["designs/toy"] = compiled_page("designs/toy", body)
    with pytest.raises(BookError, match=sentence):
        make(toy)
    assert left_alone(toy)


def test_a_page_without_heading_is_named(tmp_path):
    chapter = chapters.Chapter("index", "docs/en/index.md", "", "", "", False, "<p>Words.</p>", (), tmp_path)
    with pytest.raises(BookError, match="the page `index` has no heading"):
        OnPaper([chapter], LANGUAGE, "http://127.0.0.1/").convert(chapter)


def test_a_page_that_is_not_compiled_is_named(toy):
    del toy[1]["designs/toy"]
    with pytest.raises(BookError, match="the handbook has no page `designs/toy`"):
        make(toy)


def lines_of(toy) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        make(toy)
    assert left_alone(toy)
    return [str(problem) for problem in caught.value.problems]


HINT = "(write a word, or a character that Noto CJK, Liberation or DejaVu has)"


def test_a_character_that_no_font_has_is_named_with_its_pages(toy):
    mini, pages, _ = toy
    texts = {"index": "Home.\n\nDone ✅ and ✅.\n", "designs/toy": "# Toy\n\nA \U0001f680.\n\n✅\n"}
    for slug, text in texts.items():
        (mini.root / "docs/en" / f"{slug}.md").write_text(text, encoding="utf-8")
        pages[slug] = compiled_page(slug, f"<p>{text}</p>")
    assert lines_of(toy) == [
        f"docs/en/designs/toy.md:3: pdf: no font of the book has “\U0001f680” (U+1F680, rocket) {HINT}",
        f"docs/en/designs/toy.md:5: pdf: no font of the book has “✅” (U+2705, white heavy check mark) {HINT}",
        f"docs/en/index.md:3: pdf: no font of the book has “✅” (U+2705, white heavy check mark) {HINT}",
    ]


def test_a_character_from_a_data_file_is_named_there(toy):
    mini, pages, _ = toy
    data = mini.root / "data" / "zz.yml"
    data.write_text("- a\n- label ✅\n", encoding="utf-8")
    pages["index"] = compiled_page("index", "<table><tr><td>label ✅</td></tr></table>")
    assert lines_of(toy) == [
        f"data/zz.yml:2: pdf: no font of the book has “✅” (U+2705, white heavy check mark) {HINT}"
    ]


@pytest.mark.browser
@pytest.mark.parametrize("text", ["→ × ≥ ± ½ ² 10⁻⁶ µ ☐ ① é ≈", "数据，“引号”——……〇", "a&#x200b;b&shy;c&nbsp;d"])
def test_a_character_that_some_font_has_is_drawn(toy, text):
    toy[1]["index"] = compiled_page("index", f"<p>{text}</p><p><code>{text}</code></p>")
    make(toy)
    assert not left_alone(toy)


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["diagram", "browser"])
def test_the_command_says_one_sentence_and_keeps_the_site(handbook_copy, damage):
    (handbook_copy / "site" / "pdf").mkdir(parents=True)
    earlier = handbook_copy / "site" / "pdf" / pdf.file_name("en")
    earlier.write_bytes(b"the earlier book")
    environment = os.environ | {"PYTHONPATH": str(handbook_copy)}
    if damage == "diagram":
        page = next(
            path
            for path in sorted((handbook_copy / "docs/en").rglob("*.md"))
            if "```mermaid" in path.read_text()
        )
        page.write_text(page.read_text().replace("```mermaid", "```mermaid\nnonsense here", 1))
    else:
        environment["CHROMIUM"] = "/no/such/chromium"
    command = [sys.executable, "-m", "handbook", "--root", str(handbook_copy), "pdf"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    told = {"diagram": ": diagrams: ", "browser": "CHROMIUM=/no/such/chromium is no program"}[damage]
    assert told in done.stdout
    assert earlier.read_bytes() == b"the earlier book"
    assert not list(handbook_copy.glob(".site-*"))


def begin(*command: str | Path, **variables: str) -> subprocess.Popen[str]:
    """Start a command as a terminal does: a group of its own that Ctrl-C reaches as a whole."""
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def wait_for(marker: Path, process: subprocess.Popen[str]) -> None:
    """Wait as long as it takes until a process has made a file."""
    while not marker.exists():
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)


#: Seconds. What is interrupted would go on for an hour: whatever is less has not waited for it.
AT_ONCE = 120


@pytest.mark.slow
def test_an_interruption_ends_at_once_and_keeps_the_site(handbook_copy, tmp_path):
    (handbook_copy / "site" / "pdf").mkdir(parents=True)
    earlier = handbook_copy / "site" / "pdf" / pdf.file_name("en")
    earlier.write_bytes(b"the earlier book")
    # A site that is up to date, so that the command goes to the book at once.
    for language in languages.load(handbook_copy):
        (handbook_copy / "site" / language.code).mkdir()
    key = downloads.sources(handbook_copy, environment.read(os.environ).address)
    downloads.write_record(handbook_copy / "site", edition.of(handbook_copy, site.EPOCH), key=key)
    marker = tmp_path / "printing"
    # It ignores the interruption, as Chromium sometimes does.
    slow = program(
        tmp_path / "chromium",
        f"trap '' INT; echo $$ > {marker}.new; mv {marker}.new {marker}; exec sleep 3600",
    )
    process = begin(
        "-m", "handbook", "--root", handbook_copy, "pdf", PYTHONPATH=str(handbook_copy), CHROMIUM=str(slow)
    )
    wait_for(marker, process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=AT_ONCE)
    assert process.returncode == 130
    assert said.rstrip().endswith("interrupted")
    assert "Traceback" not in said
    assert earlier.read_bytes() == b"the earlier book"
    assert not list(handbook_copy.glob(".site-*"))
    with pytest.raises(ProcessLookupError):  # nor is the print left behind
        os.kill(int(marker.read_text()), 0)


def test_work_in_other_processes_ends_with_the_interruption_and_says_nothing(root, tmp_path):
    """Fonts are cut while the other language prints."""
    marker = tmp_path / "working"
    begun = tmp_path / "begun.py"
    begun.write_text(
        "import pathlib, sys, time\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from handbook.outputs.pdf import processes\n"
        "def work(marker):\n"
        "    pathlib.Path(marker).touch()\n"
        "    time.sleep(3600)\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        with ThreadPoolExecutor(1) as threads:\n"
        "            threads.submit(processes.run, work, [(sys.argv[1],)]).result()\n"
        "    except KeyboardInterrupt:\n"
        "        sys.exit(130)\n"
    )
    process = begin(begun, marker, PYTHONPATH=str(root))
    wait_for(marker, process)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=AT_ONCE)
    assert process.returncode == 130
    assert said == ("", "")


def test_a_process_that_is_killed_is_named():
    with pytest.raises(BookError, match="a process that works on the book was stopped"):
        processes.run(os.abort, [()])
