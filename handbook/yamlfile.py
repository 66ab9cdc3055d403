"""YAML with line numbers, so that a wrong value in a data file is reported where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import yaml

from handbook.problems import Problem

Keys = tuple[str | int, ...]

#: Deeper nesting than any data file has; the C loader would follow it until the stack ends.
DEEPEST = 100
_NESTED = re.compile(rf"^(?: {{{8 * DEEPEST}}}|(?:[ \t]*[-?:][ \t]){{{DEEPEST}}})", re.M)
_BRACKETS = re.compile(r"[\[\]{}]")


class _Scalars:
    """What a plain scalar is, as YAML 1.2 has it and a reader expects.

    YAML 1.1 makes a number of `50:00`, `1_000` and `.inf`, a truth of `no` and a date of `2026-11-20`;
    here they are texts. Every key is a text, `2024:` too.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:
        """Return a mapping by the text of its keys."""
        mapping = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "found unhashable key", key.start_mark)
            mapping[key.value] = self.construct_object(value, deep=deep)
        return mapping


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    for _character in _first:
        _Scalars.yaml_implicit_resolvers.setdefault(_character, []).append(
            (f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"))
        )


class _Loader(_Scalars, yaml.SafeLoader):
    """Safe loading that reads past the tags of mkdocs.yml (`!ENV`, `!!python/name:…`)."""


class _FastLoader(_Scalars, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """The same in C, where PyYAML has it: eight times as fast, with poorer messages."""


for _class in (_Loader, _FastLoader):
    for _prefix in ("!", "tag:yaml.org,2002:python/"):
        _class.add_multi_constructor(_prefix, lambda loader, suffix, node: None)
    _class.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
    _class.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


@dataclass
class YamlFile:
    """One parsed data file.

    Attributes:
        path: Path relative to the repository's root.
        data: The parsed value; an empty dict where the file could not be read.
        lines: 1-based line of each key path.
        problems: What was wrong with the file itself.
    """

    path: str
    data: Any = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, *keys: str | int) -> int:
        """Return the line of a key path, or of its nearest known parent."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def read_as(self, keys: Keys, meant: str) -> None:
        """Read a mistyped key as the one that was meant, so that the mistake is all that is wrong."""
        mapping = self.data
        for key in keys[:-1]:
            mapping = mapping[key]
        mapping[meant] = mapping.pop(keys[-1])
        for path, line in list(self.lines.items()):
            if path[: len(keys)] == keys:
                self.lines[(*keys[:-1], meant, *path[len(keys) :])] = self.lines.pop(path)

    def texts(self, languages: Collection[str]) -> Iterator[tuple[int, str, str]]:
        """Yield line, language and text of every value whose key is a language's code or ends so."""
        for keys, line in self.lines.items():
            language = str(keys[-1]).rpartition("_")[2] if keys else ""
            if language in languages and not str(keys[-1]).startswith("pattern_"):
                value = self.data
                try:
                    for key in keys:
                        value = value[key]
                except (KeyError, IndexError, TypeError):
                    continue  # a key that is no text, or that the rules left out
                if isinstance(value, str):
                    yield line, language, value

    def problem(self, rule: str, message: str, hint: str = "", at: Keys = ()) -> Problem:
        """Return a problem that points at a key path of this file."""
        return Problem(self.path, self.line(*at), rule, message, hint)


def load(root: Path, relative: str, rule: str = "data") -> YamlFile:
    """Read `relative` below `root`.

    Never raises for bad content: what is wrong with the file is in `problems`.
    """
    try:
        text = (root / relative).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return YamlFile(relative, problems=[Problem(relative, 1, rule, "the file is missing")])
    except OSError as error:
        unreadable = Problem(relative, 1, rule, f"unreadable: {error.strerror}")
        return YamlFile(relative, problems=[unreadable])
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = f"not UTF-8: byte 0x{error.object[error.start]:02x}"
        return YamlFile(relative, problems=[Problem(relative, line, rule, byte, "save the file as UTF-8")])
    return parse(text, relative, rule)


def parse(text: str, relative: str, rule: str = "data", before: int = 0) -> YamlFile:
    """Parse YAML that begins after `before` lines of the file `relative`; never raises."""
    if _is_abyss(text):
        too_deep = Problem(relative, before + 1, rule, "invalid YAML: nested too deep")
        return YamlFile(relative, problems=[too_deep])
    try:
        file = YamlFile(relative)
        _read(_FastLoader(text), file, rule, before)
    except Exception:  # whatever it is, the loader below says it better
        return _parse_slowly(text, relative, rule, before)
    return file


def _is_abyss(text: str) -> bool:
    """Whether a text is nested deeper than any data file, brackets in its sentences not counted apart."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth = max(depth + (1 if bracket in "[{" else -1), 0)
        if depth > DEEPEST:
            return True
    return bool(_NESTED.search(text))


def _parse_slowly(text: str, relative: str, rule: str, before: int) -> YamlFile:
    file = YamlFile(relative)
    try:
        _read(_Loader(text), file, rule, before)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        file.problems.append(
            Problem(relative, before + line, rule, f"invalid YAML: {error.problem or error.context}")
        )
    except yaml.reader.ReaderError as error:
        line = before + text.count("\n", 0, error.position) + 1
        character = f"invalid YAML: the character U+{ord(text[error.position]):04X}"
        file.problems.append(Problem(relative, line, rule, character, "remove it"))
    except RecursionError:
        file.problems.append(Problem(relative, before + 1, rule, "invalid YAML: nested too deep"))
    except (yaml.YAMLError, ValueError, TypeError) as error:
        file.problems.append(
            Problem(relative, before + 1, rule, f"invalid YAML: {str(error).splitlines()[0]}")
        )
    return file


def _read(loader: Any, file: YamlFile, rule: str, before: int) -> None:
    node = loader.get_single_node()
    if node is not None:
        _walk(node, (), file, rule, before, set())
        file.data = loader.construct_document(node)


def _walk(node: yaml.Node, keys: Keys, file: YamlFile, rule: str, before: int, known: set[int]) -> None:
    if id(node) in known:
        # It would stand for its whole content once more, and a few of them for billions.
        file.problems.append(file.problem(rule, "an alias stands for another value", "write it out", at=keys))
        return
    known.add(id(node))
    file.lines.setdefault(keys, before + node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                continue  # PyYAML itself says that such a key cannot be
            key = key_node.value
            path = (*keys, key)
            file.lines[path] = before + key_node.start_mark.line + 1
            if key in seen:
                # PyYAML silently keeps the last one; two writers would not notice.
                file.problems.append(file.problem(rule, f"the key `{key}` stands twice", "keep one", at=path))
            seen.add(key)
            _walk(value_node, path, file, rule, before, known)
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            file.lines[(*keys, index)] = before + child.start_mark.line + 1
            _walk(child, (*keys, index), file, rule, before, known)
