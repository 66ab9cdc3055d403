"""What `make review FILE=answer.md` promises, on answers that people might give.

The answers in faults/ are written for these tests; the strong ones deal with all
seven stages, each of the others has the one fault that its name says.
"""

from __future__ import annotations

import random
import re
import shutil
import time
from pathlib import Path

import pytest

from handbook import cli
from handbook.review import (
    Finding,
    Review,
    ReviewDataError,
    ReviewInputError,
    findings,
    main,
    read_answer,
    report,
    review,
)

DATA = Path(__file__).resolve().parents[2] / "data"
ANSWERS = Path(__file__).parent / "faults"
STAGES = ["requirements", "metrics", "data", "features", "model", "serving", "monitoring"]

# file: language, {stage that is not present: state}, {(line, rule)}
EXPECTED: dict[str, tuple[str, dict[str, str], set[tuple[int, str]]]] = {
    "en-strong.md": ("en", {}, set()),
    "en-strong-plain.txt": ("en", {}, set()),
    "zh-strong.md": ("zh", {}, set()),
    "mixed.md": ("zh", {}, set()),
    "en-model-first.md": (
        "en",
        {
            "requirements": "missing",
            "metrics": "thin",
            "data": "thin",
            "features": "missing",
            "serving": "thin",
            "monitoring": "missing",
        },
        {
            (1, "model-first"),
            (1, "stage-missing"),
            (9, "ignoring-data"),
            (23, "no-monitoring"),
            (23, "stage-missing"),
        },
    ),
    "zh-model-first.md": (
        "zh",
        {
            "requirements": "missing",
            "metrics": "thin",
            "data": "thin",
            "features": "thin",
            "serving": "thin",
            "monitoring": "missing",
        },
        {
            (1, "model-first"),
            (1, "stage-missing"),
            (1, "ignoring-data"),
            (13, "no-monitoring"),
            (13, "stage-missing"),
        },
    ),
    "en-no-data.md": ("en", {"data": "thin"}, {(13, "ignoring-data"), (24, "stage-thin")}),
    "zh-no-data.md": ("zh", {"data": "missing"}, {(11, "ignoring-data"), (11, "stage-missing")}),
    "en-no-monitoring.md": ("en", {"monitoring": "missing"}, {(36, "no-monitoring"), (36, "stage-missing")}),
    "zh-no-monitoring.md": ("zh", {"monitoring": "missing"}, {(28, "no-monitoring"), (28, "stage-missing")}),
    "en-no-metrics.md": ("en", {"metrics": "thin"}, {(13, "stage-thin")}),
    "zh-no-features.txt": ("zh", {"features": "missing"}, {(11, "stage-missing")}),
    "en-transcript.txt": ("en", {"monitoring": "thin"}, {(23, "no-monitoring"), (17, "stage-thin")}),
    "en-keywords.md": ("en", dict.fromkeys(STAGES, "thin"), {(line, "stage-thin") for line in range(3, 9)}),
}


def sections(name: str) -> list[str]:
    """The text before the first section of an answer, then its sections."""
    return re.split(r"(?m)^(?=## )", (ANSWERS / name).read_text(encoding="utf-8"))


def states(result: Review) -> dict[str, str]:
    return {stage.id: stage.state for stage in result.stages}


def of_rule(text: str, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = [finding for finding in findings(text) if finding.rule == rule]
    return finding


@pytest.mark.parametrize("name", EXPECTED)
def test_each_answer_gets_the_verdict_that_it_deserves(name: str) -> None:
    lang, faulty, wanted = EXPECTED[name]
    result = review(read_answer(ANSWERS / name))
    assert result.lang == lang
    assert {stage: state for stage, state in states(result).items() if state != "present"} == faulty
    shown = {(finding.line, finding.rule) for finding in result.findings}
    assert wanted <= shown
    assert {rule for _, rule in shown} == {rule for _, rule in wanted} | {
        f"stage-{state}" for state in faulty.values()
    }
    assert result.covered is not bool(faulty or wanted)


def test_every_answer_among_the_fixtures_has_an_expectation() -> None:
    assert {path.name for path in ANSWERS.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", ["en-strong.md", "zh-strong.md", "mixed.md"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_strong_answer_without_one_of_its_sections_is_found_out(name: str, stage: str) -> None:
    parts = sections(name)
    del parts[1 + STAGES.index(stage)]
    found = states(review("".join(parts)))
    assert found.pop(stage) != "present"
    assert set(found.values()) == {"present"}


@pytest.mark.parametrize("stage", STAGES)
def test_a_heading_without_an_answer_is_thin(stage: str) -> None:
    parts = sections("en-strong.md")
    index = 1 + STAGES.index(stage)
    parts[index] = parts[index].split("\n")[0] + "\n\nTODO\n\n"
    result = review("".join(parts))
    line = "".join(parts[:index]).count("\n") + 1
    assert result.stage(stage).state == "thin"
    assert [(f.line, f.rule) for f in result.findings if f.rule.startswith("stage-")] == [
        (line, "stage-thin")
    ]


def test_a_keyword_on_a_line_of_its_own_is_thin_and_not_present() -> None:
    stage = review("We sell shoes to people online.\n\nMonitoring.\n").stage("monitoring")
    assert (stage.state, stage.line) == ("thin", 3)


@pytest.mark.parametrize(
    "sentence",
    [
        "We skip monitoring.",
        "There is no monitoring, alerting or rollback.",
        "We do not need drift detection or alerts at this stage.",
        "We go live without any dashboards.",
        "Monitoring is out of scope.",
        "Drift can wait.",
        "这一版不做监控。",
        "没有监控、告警和回滚。",
        "监控暂不考虑。",
        "监控和告警以后再说。",
        "先不做漂移检测。",
        "监控 交给别的团队。",
    ],
)
def test_what_is_only_denied_is_missing(sentence: str) -> None:
    text = f"Something else.\n\n{sentence}\n"
    assert review(text).stage("monitoring").state == "missing"
    assert of_rule(text, "no-monitoring").line == 3


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("We never ship without a canary.", "rollback"),
        ("We do not skip monitoring.", "component"),
        ("The model is not perfect, so drift is watched every day with care.", "drift"),
        ("Not only the drift but the calibration is watched.", "drift"),
        ("We have no time to lose, but alerts go to the team.", "alert"),
        ("不仅要看漂移，还要看业务指标。", "drift"),
        ("没有完美的模型，所以要有监控。", "component"),
        ("监控不能跳过，告警也一样。", "alert"),
    ],
)
def test_a_negation_that_means_something_else_denies_nothing(sentence: str, signal: str) -> None:
    assert signal in review(sentence).stage("monitoring").evidence


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ("I would use XGBoost.\n", 1, "XGBoost"),
        ("# Fraud\n\nSure.\n\nI'd go with a fine-tuned Llama 3 for this.\n", 5, "Llama 3"),
        ("Fraud detection for cards\n\nLet me see what fits best here. A BERT would do.\n", 3, "BERT"),
        ("Candidate: I would train a two-tower network.\n", 1, "two-tower"),
        ("Design a search engine for shoes.\n\nI would use LambdaMART.\n", 3, "LambdaMART"),
        ("好的。\n\n我会用双塔模型。\n", 3, "双塔"),
        ("题目：设计一个推荐系统\n\n直接上 DeepFM。\n", 3, "DeepFM"),
        ("---\ntitle: a\n---\n\nWe train a Transformer on clicks.\n", 5, "Transformer"),
    ],
)
def test_an_answer_that_opens_with_a_model_is_model_first(text: str, line: int, named: str) -> None:
    finding = of_rule(text, "model-first")
    assert finding.line == line
    assert named in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Before any model, who are the users? Later I would compare XGBoost.\n",
        "Today a logistic regression decides, and the business wants to reduce fraud losses.\n",
        "I will not start with a Transformer.\n",
        "Design a transformer-based search for shoes.\n\nWho are the users, and how many queries a day?\n",
        "Interviewer: Would you use BERT?\nCandidate: First, who are the users and what is the goal?\n",
        "目前线上是逻辑回归，业务目标是降低损失。\n",
        "The goal is to cut churn. There are 30 million subscribers. A gradient boosted tree will do.\n",
    ],
)
def test_a_model_that_is_no_opening_is_not_model_first(text: str) -> None:
    assert "model-first" not in {finding.rule for finding in findings(text)}


def test_a_model_box_without_a_system_is_model_first() -> None:
    text = (
        "The goal is to reduce churn for our customers, with a score within a day.\n\n"
        "As a baseline I take logistic regression because it is simple. Then I upgrade to a neural network "
        "with cross entropy loss if it beats the baseline in the experiment.\n"
    )
    assert "without Data, Features, Serving, Monitoring" in of_rule(text, "model-first").message


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: Do you have drift alerts, rollback and retraining?\nCandidate: We ship on Fridays.\n",
        "[33:00] **Interviewer:** What about drift\nand rollback?\n[33:10] **Me:** We ship on Fridays.\n",
        "面试官：怎么做漂移告警、回滚和重训？\n候选人：每周五上线。\n",
        "See https://example.org/drift/alert/rollback for more.\n",
    ],
)
def test_what_the_interviewer_asks_or_an_address_spells_is_no_answer(text: str) -> None:
    assert review(text).stage("monitoring").state == "missing"


def test_a_question_counts_for_the_requirements_only() -> None:
    result = review("What is the latency SLA?\n\nHow would one detect drift?\n")
    assert result.stage("requirements").evidence == {"latency": (1,)}
    assert not result.stage("monitoring").evidence


@pytest.mark.parametrize(
    ("text", "stage", "signal", "lines"),
    [
        (
            "The aggregates of the last day are kept for serving in the feature\nstore, which is fast.\n",
            "features",
            "store",
            (1,),
        ),
        ("Wir: the **feature** `store` is fast.", "features", "store", (1,)),
        ("用 ＧＰＵ 推理。", "serving", "hardware", (1,)),
        (
            "编辑器在固定的宽度处换行，所以一个词会被切成两半，比如说特征写入特\n征库之后再读。",
            "features",
            "store",
            (1,),
        ),
        ("特征写入特\n征库", "features", "store", None),  # short lines are not wrapped
    ],
)
def test_phrases_are_found_across_wrapped_lines_markup_and_widths(
    text: str, stage: str, signal: str, lines: tuple[int, ...] | None
) -> None:
    assert review(text).stage(stage).evidence.get(signal) == lines


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(newline: str) -> None:
    text = newline.join(["a\x0cb\u2028c", "", "We skip monitoring."])
    assert of_rule(text, "no-monitoring").line == 3


def test_findings_are_sorted_and_lie_within_the_text() -> None:
    for path in ANSWERS.iterdir():
        text = read_answer(path)
        found = findings(text)
        assert found == sorted(found)
        assert all(1 <= finding.line <= text.count("\n") + 1 for finding in found)


def test_the_report_can_be_had_in_the_other_language() -> None:
    text = (ANSWERS / "zh-no-data.md").read_text(encoding="utf-8")
    assert any('stage "Data" is missing' in finding.message for finding in findings(text, "en"))


# --- files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
@pytest.mark.parametrize("name", ["zh-strong.md", "en-strong.md", "mixed.md"])
def test_an_answer_is_read_in_any_usual_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    text = (ANSWERS / name).read_text(encoding="utf-8")
    path = tmp_path / "answer.md"
    path.write_bytes(text.encode(encoding))
    assert read_answer(path) == text


def test_western_text_in_windows_1252_and_a_broken_byte_are_read(tmp_path: Path) -> None:
    path = tmp_path / "answer.md"
    path.write_bytes(
        "A naïve café model — “quoted”, déjà vu, and then a good deal of plain text.".encode("cp1252")
    )
    assert "naïve café" in read_answer(path)
    path.write_bytes("监控漂移并告警。".encode() * 20 + b"\xe7\x9b")
    assert "监控漂移" in read_answer(path)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "only blanks": (b" \n\t\n", "is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "is empty"),
    "only punctuation": (b"--- ... !!!\n", "is empty"),
    "NULs": (b"\0" * 1000, "is not text"),
    "text with NULs": (b"We monitor\0\0\0 drift\0 and so on\0", "is not text"),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, "is not text"),
    "a program": (b"\x7fELF\x02\x01\x01" + b"\0" * 64 + bytes(range(256)), "is not text"),
    "a PDF": (b"%PDF-1.7\n", "is a PDF"),
    "a Word document": (b"PK\x03\x04rest", "is a Word document or an archive"),
    "control characters": (b"\x01\x02\x03\x04" * 100, "is not text"),
    "10 MB": (b"data " * 2_000_000, "is larger than"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_answer_is_refused_in_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, sentence = HOSTILE[name]
    path = tmp_path / "answer.md"
    path.write_bytes(content)
    started = time.monotonic()
    assert main([str(path)]) == 2
    assert time.monotonic() - started < 20
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("missing.md", "does not exist"),
        (".", "is a directory"),
        ("a\0b", "a\\x00b does not exist"),
        ("x" * 5000, "cannot be read"),
        ("/dev/null", "is not a regular file"),
    ],
)
def test_a_path_that_leads_to_no_file_is_refused(
    path: str,
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([path]) == 2
    assert sentence in capsys.readouterr().err


def test_a_refusal_is_an_error_of_its_own() -> None:
    with pytest.raises(ReviewInputError, match="is a directory; give the file"):
        read_answer(ANSWERS)


LONG: dict[str, str] = {
    "one long word": "a" * 500_000,
    "one long line": "we monitor drift with the offline model and " * 11_000,
    "blanks": " " * 500_000 + "x",
    "negations": "no " * 160_000,
    "a denied list": "no drift, " * 50_000,
    "line breaks": "x\n" * 250_000,
    "headings": "# data\n" * 70_000,
    "arrows": "->" * 250_000,
    "dashes": "-" * 500_000 + "x",
    "brackets": "([{" * 160_000 + "x",
    "openings of a window": "offline " * 60_000,
    "digits": "1" * 500_000,
    "one Chinese character": "数" * 160_000,
    "openings of a Chinese window": "每天" * 80_000,
    "sentences": "The model. " * 45_000,
    "letters that grow when lowered": "İ" * 200_000,
    "400 kB in one line": "we watch drift hourly, over 0.2 it pages us and " * 8_500,
    "nested quotations": "> " * 10_000 + "we watch drift",
    "nested quotation marks": "“" * 10_000 + "we watch drift" + "”" * 10_000,
    "what is left out": "We will skip monitoring. " * 20_000,
}


@pytest.mark.parametrize("name", LONG)
def test_time_is_linear_whatever_the_text(name: str) -> None:
    text = LONG[name]
    review("warm up")
    times = []
    for size in (len(text) // 8, len(text)):
        started = time.process_time()
        review(text[:size])
        times.append(time.process_time() - started)
    # Eight times the text; a quadratic step would take 64 times as long. The first term is noise.
    assert times[1] < 0.3 + 20 * times[0]
    assert times[1] < 20  # seconds of one core, where a hang takes minutes; about 3 when nothing else runs


@pytest.mark.parametrize("seed", range(60))
def test_no_bytes_whatever_cause_a_traceback(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = random.Random(seed)
    strong = (ANSWERS / source.choice(sorted(EXPECTED))).read_bytes()
    content = bytearray(
        source.choice(
            [
                source.randbytes(source.randrange(4000)),
                strong,
                strong.decode().encode("utf-16"),
                strong.decode().encode("gb18030"),
                bytes(source.choices(b"# \n|-*.,:;?<>{}()[]`\\aA1", k=3000)),
            ]
        )
    )
    for _ in range(source.randrange(60)):
        if content:
            content[source.randrange(len(content))] = source.randrange(256)
    path = tmp_path / "answer.md"
    path.write_bytes(bytes(content))
    code = main([str(path)])
    captured = capsys.readouterr()
    assert code in (0, 1, 2)
    assert bool(captured.err) is (code == 2)
    assert bool(captured.out) is (code != 2)


@pytest.mark.parametrize("seed", range(40))
def test_no_characters_whatever_cause_a_traceback(seed: int) -> None:
    source = random.Random(seed)
    alphabet = "\0\x0b\x0c\r\n\t #*_`|→->[](){}?!.。，、：monitorngdata不做监控没有"
    alphabet += "\ud800\udfff\u202e\ufeffİß１ａ𠀀🙂"
    result = review("".join(source.choices(alphabet, k=source.randrange(3000))))
    assert len(result.stages) == 7


# --- the command ---------------------------------------------------------------------


def test_a_covered_answer_exits_0_with_the_table_and_no_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ANSWERS / "en-strong.md")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["stage", "minutes", "state"]
    assert [line.split()[2] for line in lines[1:8]] == ["present"] * 7
    assert lines[-1] == "All seven stages are covered and no anti-pattern shows."


def test_findings_exit_1_and_name_path_line_rule_message_and_hint(capsys: pytest.CaptureFixture[str]) -> None:
    path = ANSWERS / "en-no-monitoring.md"
    assert main([str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith(
        f'{path}:36: stage-missing: stage "Monitoring" is missing: it is only mentioned to be left out (say: '
    )
    assert lines[-1] == "6 of 7 stages covered, 0 thin, 1 missing; 1 of 3 anti-patterns."


def test_a_chinese_answer_is_answered_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ANSWERS / "zh-no-data.md")]) == 1
    out = capsys.readouterr().out
    assert "zh-no-data.md:11: stage-missing: 缺少阶段“数据”" in out
    assert out.rstrip().endswith("七个阶段中 6 个覆盖、0 个太薄、1 个缺失；三种反模式出现 1 种。")


@pytest.mark.parametrize("argv", [[], [""], ["a.md", "b.md"]])
def test_wrong_usage_exits_2_and_says_how(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_a_file_name_may_have_blanks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my answer (2).md"
    shutil.copy(ANSWERS / "en-strong.md", path)
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.rstrip().endswith("no anti-pattern shows.")


def test_help_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "make review FILE=" in capsys.readouterr().out


def test_control_characters_in_a_file_name_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a\x1b[31m\n\udcff.md"
    shutil.copy(ANSWERS / "en-keywords.md", path)
    assert main([str(path)]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\\x1b[31m\\n\\udcff.md:" in out


# --- the criteria --------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of criteria, free to be damaged."""
    return copy_criteria(tmp_path)


def copy_criteria(target: Path) -> Path:
    folder = target / "data"
    folder.mkdir()
    for name in ("review.yml", "framework.yml"):
        shutil.copy(DATA / name, folder)
    return folder


def line_of(data: Path, wanted: str) -> int:
    """Line of the criteria on which a text first stands."""
    text = (data / "review.yml").read_text(encoding="utf-8")
    return text[: text.index(wanted)].count("\n") + 1


def damage(data: Path, old: str, new: str) -> int:
    """Replace a text of the criteria that must be there; return its line."""
    line = line_of(data, old)
    text = (data / "review.yml").read_text(encoding="utf-8")
    (data / "review.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return line


def test_the_criteria_of_the_handbook_are_as_they_should_be() -> None:
    assert [stage.id for stage in review("", data=DATA).stages] == STAGES
    shown = {finding.rule for finding in findings("We train a Transformer.", data=DATA)}
    assert {"model-first", "ignoring-data", "no-monitoring"} <= shown


# What stands in the criteria, what is put in its place, what is said of that line.
FAULTS = [
    # phrases
    ("north star,", "north *star, north star,", "the phrase 'north *star' repeats without bound (use {m,n})"),
    ("north star,", "a.*b, north star,", "the phrase 'a.*b' repeats without bound"),
    ("north star,", "(a+)+b, north star,", "the phrase '(a+)+b' repeats without bound"),
    ("north star,", "'a{2,}', north star,", "the phrase 'a{2,}' repeats without bound"),
    ("north star,", "(unclosed, north star,", "the phrase '(unclosed' is no pattern: missing )"),
    ("north star,", "'a{99999999999}', north star,", "the phrase 'a{99999999999}' is no pattern"),
    ("north star,", "'(star)?', north star,", "the phrase '(star)?' is found in any text"),
    ("zh: [不仅,", "zh: [(不仅,", "the phrase '(不仅' is no pattern: missing )"),
    ("candidate: [", "candidate: [(me, ", "the phrase '(me' is no pattern"),
    ("data, dataset,", "'(data', dataset,", "the phrase '(data' is no pattern"),
    (
        "names: [\n      feature~,",
        "names: [\n      '(?P<a>x)', '(?P<a>y)',",
        "the list as a whole is no pattern",
    ),
    # values
    ("need: 3", "need: three", "`need` is not a whole number"),
    ("need: 3", "need: yes", "`need` is not a whole number"),
    ("need: 3", "need: 30", "30 of 5 signals are needed"),
    ("told: 5 ", "told: -1 ", "`told` is less than 1"),
    ("sentence: 600 ", "sentence: ", "`sentence` is not a whole number"),
    ("within_first: 0.4 ", "within_first: 40 ", "`within_first` is not between 0 and 1"),
    ("questions: true ", "questions: often ", "`questions` is not true or false"),
    ("'no', not,", "4, not,", "entry 1 is not a text (put it in quotes)"),
    ("list: ', '", "list: ''", "`list` is blank"),
    ("others: [", "others: [] # ", "`others` is empty"),
    (
        "at_most: 1\n        stage: monitoring",
        "at_most: [1]\n        stage: monitoring",
        "`at_most` is not a whole number",
    ),
    ("table: [阶段", "table: 3 # ", "`table` is not a list"),
    # keys
    ("deniable: false", "deniabel: false", "unknown key `deniabel` (did you mean `deniable`?)"),
    ("label: {en: guardrails, zh: 护栏指标}", "label: {en: guardrails}", "`label` lacks `zh`"),
    ("{present: present, thin: thin, ", "{present: present, ", "`states` lacks `thin`"),
    ("table: [stage, ", "table: [", "`table` names 4 of 5 columns"),
    ("    unless:", "    unles:", "unknown key `unles` (did you mean `unless`?)"),
    # names
    ("id: metrics", "id: metric", "stage 2 is `metric` (data/framework.yml has `metrics`)"),
    ("kind: few-of", "kind: few", "there is no kind of rule `few` (known are opening-names-model, "),
    ("[monitoring.component,", "[monitoring.components,", "there is no signal `monitoring.components`"),
    ("without: [data,", "without: [dat,", "there is no stage `dat`"),
    ("stage: requirements", "stage: requirement", "there is no stage `requirement`"),
    # what is filled in
    ("en: 'the answer opens with a model (\"{name}", "en: '{nam}", "`en` cannot be filled in: '{nam}"),
    ("thin_few: '", "thin_few: '{", "`thin_few` cannot be filled in: '{"),
]


def problems_of(data: Path) -> list[str]:
    """The problems for which the criteria of a folder cannot be used."""
    with pytest.raises(ReviewDataError) as raised:
        review("text", data=data)
    assert raised.value.problems == sorted(raised.value.problems)
    return [str(problem) for problem in raised.value.problems]


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[int, list[str]]]:
    """Line of each fault, and all problems of criteria that have all of them: they are found at once."""
    data = copy_criteria(tmp_path_factory.mktemp("faults"))
    lines = [damage(data, old, new) for old, new, _ in FAULTS]
    found = problems_of(data)
    return {fault: (line, found) for fault, line in zip(FAULTS, lines, strict=True)}


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{new} - {message}" for _, new, message in FAULTS])
def test_what_is_wrong_with_the_criteria_is_reported_at_its_line(
    fault: tuple[str, str, str], faults: dict[tuple[str, ...], tuple[int, list[str]]]
) -> None:
    line, found = faults[fault]
    assert [p for p in found if p.startswith(f"data/review.yml:{line}: review: {fault[2]}")]


def test_what_is_missing_or_repeated_is_reported_where_it_should_stand(data: Path) -> None:
    damage(data, "id: users", "id: goal")
    damage(data, "    unless:", "    unles:")
    signals, entry, key = (line_of(data, text) for text in ("signals:", "- id: model-first", "unles:"))
    repeated, missing, unknown = problems_of(data)
    assert repeated == f"data/review.yml:{signals}: review: `goal` stands twice (keep one)"
    assert missing == f"data/review.yml:{entry}: review: entry 1 lacks `unless`"
    assert unknown.startswith(f"data/review.yml:{key}: review: unknown key `unles` (did you mean `unless`?)")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("review", b"stages: [\n", ":2: review: invalid YAML: "),
        ("review", b"stages: 3", ":1: review: the file lacks `thresholds`, `substance`, "),
        ("review", b"stages: []", ":1: review: the file lacks `thresholds`, `substance`, "),
        ("review", b"- a", ":1: review: the file is not a mapping"),
        ("review", b"", ":1: review: the file lacks `thresholds`, `stages`, "),
        ("review", b"a: 1\na: 2\n", ":2: review: the key `a` stands twice (keep one)"),
        ("review", b"a: \xff", ":1: review: not UTF-8: byte 0xff"),
        ("review", None, ":1: review: the file is missing"),
        ("framework", b"stages: [\n", ":2: framework: invalid YAML: "),
        ("framework", b"stages: 3", ":1: framework: `stages` is not a list"),
        ("framework", b"stages: []", ":1: framework: `stages` is empty"),
        ("framework", b"", ":1: framework: the file lacks `stages`"),
        ("framework", None, ":1: framework: the file is missing"),
    ],
)
def test_a_file_of_criteria_that_is_damaged_as_a_whole_is_one_problem(
    data: Path, name: str, content: bytes | None, message: str
) -> None:
    path = data / f"{name}.yml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    (problem,) = problems_of(data)
    assert problem.startswith(f"data/{name}.yml{message}")


def test_criteria_are_read_again_when_they_change(data: Path) -> None:
    assert " / " not in report("a.md", review("text", "en", data=data), data)
    damage(data, "list: ', '", "list: ' / '")
    assert " / " in report("a.md", review("text", "en", data=data), data)
    damage(data, "need: 3", "need: three")
    assert problems_of(data)


def test_unusable_criteria_are_a_problem_of_the_check(mini, capsys: pytest.CaptureFixture[str]) -> None:
    line = damage(mini.root / "data", "need: 3", "need: three")
    assert cli.main(["--root", str(mini.root), "check"]) == 1
    captured = capsys.readouterr()
    assert f"data/review.yml:{line}: anti-patterns: `need` is not a whole number\n" in captured.out
    assert "Traceback" not in captured.err


def test_unusable_criteria_exit_2_with_their_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = damage(data, "need: 3", "need: three")
    assert cli.main(["--root", str(data.parent), "review", str(ANSWERS / "en-strong.md")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"data/review.yml:{line}: review: `need` is not a whole number\n"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_handbook_shows_what_the_command_prints(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = DATA.parent
    monkeypatch.chdir(root)
    file = f"tests/review/faults/{language}-no-monitoring.md"
    main([file])
    page = (root / "docs" / language / "framework/anti-patterns.md").read_text(encoding="utf-8")
    # It stands in a folded box, four spaces in.
    shown = "\n".join(line.removeprefix("    ") for line in page.split("\n"))
    assert f"$ make review FILE={file}\n{capsys.readouterr().out}```" in shown
