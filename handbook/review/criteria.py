"""What data/review.yml asks of an answer, for the stages of data/framework.yml.

The files are read into the typed records below. Every fault is found in one reading and
reported at its line, so that what judges can rely on what it gets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbook import yamlfile
from handbook.entry import Entry
from handbook.problems import Problem, ProblemsError
from handbook.review.folding import fold
from handbook.review.phrases import (
    Phrase,
    PhraseError,
    any_pattern,
    any_word,
    compile_phrase,
    speaker_label,
)
from handbook.review.result import MISSING, PRESENT, REASONS, THIN

DATA = Path(__file__).resolve().parents[2] / "data"
#: The template that an answer may be written into, see `handbook.source.templates`.
BLANK = "design-template"

_CompileUnion = Callable[[list[str]], re.Pattern[str]]

_NOWHERE = re.compile(r"(?!)")


class ReviewDataError(ProblemsError):
    """Raised where data/review.yml or data/framework.yml cannot be used; carries all problems."""


@dataclass(frozen=True)
class Signal:
    """Something that an answer can say about a stage.

    Attributes:
        id: Its id.
        label: What it is called in each language.
        phrases: What says it, wherever it stands.
        own: What says it only where the stage is dealt with ("every night", 每晚).
        deniable: Whether denying it leaves it unsaid.
    """

    id: str
    label: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    own: tuple[Phrase, ...]
    deniable: bool


@dataclass(frozen=True)
class StageCriteria:
    """What makes a stage present.

    Attributes:
        id: The stage's id.
        name: Its name in each language.
        minutes: Its share of the round.
        names: Names that a title may give it.
        need: How many points it needs.
        within_first: Share of the text, from its beginning, where signals count outside its sections.
        questions: Whether a question is evidence.
        signals: What to listen for.
    """

    id: str
    name: Mapping[str, str]
    minutes: int
    names: re.Pattern[str]
    need: int
    within_first: float
    questions: bool
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class Negation:
    """Words that deny a signal; `reach` and `list_item` are in words."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    not_negation: re.Pattern[str]
    ends: re.Pattern[str]
    reach: int
    list_item: int


@dataclass(frozen=True)
class Substance:
    """Words that make a claim an argument (`quantities`, `reasons`), or an empty one (`filler`).

    A clause of at least `told` words is more than an item of a list.
    """

    told: int
    quantities: re.Pattern[str]
    reasons: re.Pattern[str]
    filler: re.Pattern[str]


@dataclass(frozen=True)
class Thresholds:
    """Limits; the comments in data/review.yml say what each is for."""

    examined: int
    sentence: int


@dataclass(frozen=True)
class AntiPatternRule:
    """One way in which an anti-pattern shows; `stage` is the one that it is about."""

    stage: str
    message: Mapping[str, str]
    hint: Mapping[str, str]


@dataclass(frozen=True)
class OpeningNamesModel(AntiPatternRule):
    """A model is named in the first sentence, or in the first `opening` words before any requirement."""

    opening: int
    models: tuple[Phrase, ...]
    unless: re.Pattern[str]
    restated: re.Pattern[str]


@dataclass(frozen=True)
class StageAlone(AntiPatternRule):
    """A stage makes `points` points while `missing` of the stages in `without` are missing."""

    points: int
    without: tuple[str, ...]
    missing: int


@dataclass(frozen=True)
class StageLeftOut(AntiPatternRule):
    """The answer says that it leaves the stage out."""


@dataclass(frozen=True)
class SignalGroup:
    """Signals that stand for one another, each a pair of stage and signal."""

    label: Mapping[str, str]
    signals: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FewOf(AntiPatternRule):
    """At most so many of the groups occur anywhere."""

    groups: tuple[SignalGroup, ...]
    at_most: int


@dataclass(frozen=True)
class AntiPattern:
    """An anti-pattern with its rules, the first of which that applies is reported."""

    id: str
    rules: tuple[AntiPatternRule, ...]


@dataclass(frozen=True)
class Wording:
    """What the report says in one language; `reasons` by the reason for a stage's state."""

    reasons: Mapping[str, str]
    states: Mapping[str, str]
    hint_say: str
    hint_argue: str
    table: tuple[str, ...]
    separator: str
    verdict_covered: str
    verdict_findings: str


@dataclass(frozen=True)
class Criteria:
    """All that a review goes by.

    `printed` holds the folded lines of the blank template: who leaves one as it is has not said it.
    """

    stages: tuple[StageCriteria, ...]
    any_name: re.Pattern[str]
    anti_patterns: tuple[AntiPattern, ...]
    negation: Negation
    left_out: re.Pattern[str]
    turn: re.Pattern[str]
    substance: Substance
    others: re.Pattern[str]
    candidate: re.Pattern[str]
    thresholds: Thresholds
    wording: Mapping[str, Wording]
    printed: frozenset[str]

    def names_in(self, text: str) -> list[str]:
        """Return the ids of the stages that a text names, in the order of the framework.

        A name within a longer one does not count: "after the launch" is not "launch".
        """
        if not self.any_name.search(text):
            return []
        found = [(match.span(), stage.id) for stage in self.stages for match in stage.names.finditer(text)]
        return list(
            dict.fromkeys(
                stage
                for (low, high), stage in found
                if not any(
                    start <= low and high <= end and (low, high) != (start, end) for (start, end), _ in found
                )
            )
        )


def load_criteria(folder: Path) -> Criteria:
    """Return the criteria of `folder`, read again only after a file has changed.

    Raises:
        ReviewDataError: If a file cannot be read, is no YAML, lacks something, or has
            something that is not as it should be.
    """
    files = (folder / "review.yml", folder / "framework.yml", *_blanks(folder))
    return _load(folder, *map(_version, files))


def _blanks(folder: Path) -> list[Path]:
    """Return the blank template of each language."""
    return sorted(folder.glob(f"templates/*/{BLANK}.md"))


def _printed(folder: Path) -> frozenset[str]:
    lines = (path.read_text(encoding="utf-8", errors="replace").split("\n") for path in _blanks(folder))
    return frozenset(fold(line) for text in lines for line in text) - {""}


def _version(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _load(folder: Path, *versions: tuple[int, int]) -> Criteria:
    problems: list[Problem] = []
    framework = _file(folder, "framework", problems).mapping("stages", optional=None)["stages"].items()
    review = _file(folder, "review", problems).mapping(
        "thresholds", "stages", "substance", "negation", "left_out", "speakers", "anti_patterns", "words"
    )
    # What is wrong with a file as a whole would only be repeated by each of its entries.
    _raise(problems)
    # A review speaks the languages that it has words for.
    languages = tuple(review["words"].mapping(optional=None))
    review = {key: replace(entry, languages=languages) for key, entry in review.items()}
    specs = [spec.mapping("id", *languages, "minutes", optional=None) for spec in framework]
    stages = _stages(specs, review["stages"])
    speakers = review["speakers"].mapping("others", "candidate")
    out = review["left_out"].mapping("phrases", "turn")
    criteria = Criteria(
        stages=stages,
        any_name=_compiled(review["stages"], any_pattern, [stage.names.pattern for stage in stages]),
        anti_patterns=tuple(_anti_pattern(entry, stages) for entry in review["anti_patterns"].items()),
        negation=_negation(review["negation"]),
        left_out=_words(out["phrases"]),
        turn=_words(out["turn"]),
        substance=_substance(review["substance"]),
        others=_union(speakers["others"], speakers["others"].items(), speaker_label),
        candidate=_union(speakers["candidate"], speakers["candidate"].items(), speaker_label),
        thresholds=_thresholds(review["thresholds"]),
        wording=review["words"].by_language(_wording),
        printed=_printed(folder),
    )
    _raise(problems)
    return criteria


def _file(folder: Path, stem: str, problems: list[Problem]) -> Entry:
    file = yamlfile.load(folder.parent, f"{folder.name}/{stem}.yml", stem)
    problems += file.problems
    _raise(problems)  # those of the file before, too
    return Entry(file, stem, problems, file.data)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise ReviewDataError(sorted(set(problems)))


def _stages(specs: list[dict[str, Entry]], review: Entry) -> tuple[StageCriteria, ...]:
    criteria = [
        entry.mapping("id", "names", "need", "signals", optional=("within_first", "questions"))
        for entry in review.items()
    ]
    for number, (spec, entry) in enumerate(zip(specs, criteria, strict=False), 1):
        wanted, found = spec["id"].text(), entry["id"].text()
        if found != wanted:
            entry["id"].report(f"stage {number} is `{found}`", f"data/framework.yml has `{wanted}`")
            break
    else:
        if len(criteria) != len(specs):
            review.report(f"{len(criteria)} stages", f"data/framework.yml has {len(specs)}")
    return tuple(map(_stage, specs, criteria))


def _stage(spec: Mapping[str, Entry], entry: Mapping[str, Entry]) -> StageCriteria:
    signals = tuple(map(_signal, entry["signals"].items()))
    need = entry["need"].whole()
    if need > len(signals):
        entry["need"].report(f"{need} of {len(signals)} signals are needed")
    _refuse_repetition(entry["signals"], [signal.id for signal in signals])
    return StageCriteria(
        id=spec["id"].text(),
        name={code: spec[code].text() for code in entry["id"].languages},
        minutes=spec["minutes"].whole(),
        names=_union(entry["names"], entry["names"].items(), _any_name),
        need=need,
        within_first=entry["within_first"].share() if "within_first" in entry else 1.0,
        questions="questions" in entry and entry["questions"].flag(),
        signals=signals,
    )


def _signal(entry: Entry) -> Signal:
    keys = entry.mapping("id", "label", "phrases", optional=("own", "deniable"))
    return Signal(
        id=keys["id"].text(),
        label=keys["label"].by_language(Entry.text),
        phrases=_phrases(keys["phrases"]),
        own=_phrases(keys["own"]) if "own" in keys else (),
        deniable="deniable" not in keys or keys["deniable"].flag(),
    )


def _negation(entry: Entry) -> Negation:
    words = ("before", "after", "not_negation", "ends")
    keys = entry.mapping(*words, "reach", "list_item")
    return Negation(
        **{key: _words(keys[key]) for key in words},
        reach=keys["reach"].whole(),
        list_item=keys["list_item"].whole(),
    )


def _substance(entry: Entry) -> Substance:
    words = ("quantities", "reasons", "filler")
    keys = entry.mapping("told", *words)
    return Substance(told=keys["told"].whole(), **{key: _words(keys[key]) for key in words})


def _thresholds(entry: Entry) -> Thresholds:
    names = [field.name for field in fields(Thresholds)]
    keys = entry.mapping(*names)
    return Thresholds(**{name: keys[name].whole() for name in names})


_PATTERN_KEYS = ("id", "name", "novice", "expert", "detect", "notice", "rules")
_VOCABULARY = ("names", "unless", "restated")


def _anti_pattern(entry: Entry, stages: tuple[StageCriteria, ...]) -> AntiPattern:
    keys = entry.mapping(*_PATTERN_KEYS, optional=_VOCABULARY)
    for key in ("name", "novice", "expert", "detect", "notice"):
        keys[key].by_language(Entry.text)
    rules = (_rule(rule, entry, stages) for rule in keys["rules"].items())
    return AntiPattern(keys["id"].text(), tuple(rule for rule in rules if rule))


def _rule(entry: Entry, pattern: Entry, stages: tuple[StageCriteria, ...]) -> AntiPatternRule | None:
    common = ("kind", "stage", "message", "hint")
    kind = entry.mapping("kind", optional=None)["kind"]
    match kind.text():
        case "opening-names-model":
            keys = entry.mapping(*common, "opening")
            vocabulary = pattern.mapping(*_PATTERN_KEYS, *_VOCABULARY)
            return OpeningNamesModel(
                **_common(keys, stages, "name"),
                opening=keys["opening"].whole(),
                models=_phrases(vocabulary["names"]),
                unless=_words(vocabulary["unless"]),
                restated=_words(vocabulary["restated"]),
            )
        case "stage-alone":
            keys = entry.mapping(*common, "points", "without", "missing")
            return StageAlone(
                **_common(keys, stages, "absent"),
                points=keys["points"].whole(),
                without=tuple(_known_stage(other, stages) for other in keys["without"].items()),
                missing=keys["missing"].whole(),
            )
        case "stage-left-out":
            return StageLeftOut(**_common(entry.mapping(*common), stages))
        case "few-of":
            keys = entry.mapping(*common, "groups", "at_most")
            return FewOf(
                **_common(keys, stages, "absent"),
                groups=tuple(_group(group, stages) for group in keys["groups"].items()),
                at_most=keys["at_most"].whole(least=0),
            )
        case unknown if unknown:
            kinds = "opening-names-model, stage-alone, stage-left-out, few-of"
            kind.report(f"there is no kind of rule `{unknown}`", f"known are {kinds}")
    return None


def _common(keys: Mapping[str, Entry], stages: tuple[StageCriteria, ...], *fields: str) -> dict[str, Any]:
    return {
        "stage": _known_stage(keys["stage"], stages),
        "message": keys["message"].by_language(lambda text: text.template(*fields)),
        "hint": keys["hint"].by_language(Entry.text),
    }


def _known_stage(entry: Entry, stages: tuple[StageCriteria, ...]) -> str:
    name = entry.text()
    if name and name not in {stage.id for stage in stages}:
        entry.report(f"there is no stage `{name}`")
    return name


def _group(entry: Entry, stages: tuple[StageCriteria, ...]) -> SignalGroup:
    keys = entry.mapping("label", "signals")
    known = {f"{stage.id}.{signal.id}": (stage.id, signal.id) for stage in stages for signal in stage.signals}
    signals = []
    for item in keys["signals"].items():
        name = item.text()
        if name in known:
            signals.append(known[name])
        elif name:
            item.report(f"there is no signal `{name}`", "write stage.signal")
    return SignalGroup(keys["label"].by_language(Entry.text), tuple(signals))


def _wording(entry: Entry) -> Wording:
    keys = entry.mapping(
        *REASONS, "hint_say", "hint_argue", "table", "states", "list", "verdict_covered", "verdict_findings"
    )
    states = keys["states"].mapping(PRESENT, THIN, MISSING)
    counts = (PRESENT, THIN, MISSING, "patterns")
    table = tuple(keys["table"].texts())
    if table and len(table) != 5:
        keys["table"].report(f"`table` names {len(table)} of 5 columns")
    return Wording(
        reasons={reason: keys[reason].template("stage", "found", "count", "need") for reason in REASONS},
        states={state: states[state].text() for state in (PRESENT, THIN, MISSING)},
        hint_say=keys["hint_say"].template("absent"),
        hint_argue=keys["hint_argue"].text(),
        table=table,
        separator=keys["list"].text(),
        verdict_covered=keys["verdict_covered"].template(*counts),
        verdict_findings=keys["verdict_findings"].template(*counts),
    )


def _refuse_repetition(entry: Entry, ids: list[str]) -> None:
    for name in sorted({name for name in ids if name and ids.count(name) > 1}):
        entry.report(f"`{name}` stands twice", "keep one")


def _phrases(entry: Entry) -> tuple[Phrase, ...]:
    """Compile the phrases of both languages: answers mix them."""
    compiled: dict[str, list[Phrase]] = {}
    for item in entry.walk_languages():
        source = item.text()
        try:
            if source and source not in compiled:
                compiled[source] = compile_phrase(source)
        except PhraseError as error:
            item.report(f"the phrase {source!r} {error}", error.hint)
    return tuple(phrase for phrases in compiled.values() for phrase in phrases)


def _words(entry: Entry) -> re.Pattern[str]:
    return _union(entry, list(entry.walk_languages()), any_word)


def _any_name(sources: list[str]) -> re.Pattern[str]:
    phrases = (phrase for source in sources for phrase in compile_phrase(source))
    return any_pattern(
        rf"(?<![a-z0-9]){phrase.pattern.pattern}" if phrase.literal[:1].isascii() else phrase.pattern.pattern
        for phrase in phrases
    )


def _union(entry: Entry, items: list[Entry], compile_union: _CompileUnion) -> re.Pattern[str]:
    """Compile the texts of `items` as one; one that cannot be compiled is reported where it stands."""
    known = len(entry.problems)
    sources = [source for item in items if (source := item.text())]
    for item in items:
        if item.value in sources:
            _compiled(item, compile_union, [item.value])
    # What is wrong with one of them would only be repeated for all of them.
    return _compiled(entry, compile_union, sources) if len(entry.problems) == known else _NOWHERE


def _compiled(entry: Entry, compile_union: _CompileUnion, sources: list[str]) -> re.Pattern[str]:
    try:
        return compile_union(sources)
    except PhraseError as error:
        name = f"the phrase {sources[0]!r}" if len(sources) == 1 else "the list as a whole"
        entry.report(f"{name} {error}", error.hint)
        return _NOWHERE
