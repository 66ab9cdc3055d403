"""The preview: a port that cannot be had is one sentence, and its author knows what to type."""

import socket

import pytest

from handbook import cli
from handbook.outputs import preview


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((preview.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_one_sentence(taken, monkeypatch, capsys):
    monkeypatch.setenv("PORT", str(taken))
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().out == (
        f"PORT:1: serve: 127.0.0.1:{taken} cannot be served on: Address already in use "
        f"(stop what runs there, or choose another port: make serve PORT={taken + 1})\n"
    )


@pytest.mark.parametrize("text", ["abc", "-1", "0", "65536", "8000.5", "٣", "1e3", " "])
def test_what_is_no_port_is_one_sentence(text, monkeypatch, capsys):
    monkeypatch.setattr(preview.os, "execv", lambda *_: pytest.fail("served"))
    monkeypatch.setenv("PORT", text)
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().out == f"PORT:1: serve: “{text}” is no port (1 to 65535)\n"


def test_a_free_port_is_taken(taken, monkeypatch, tmp_path):
    became = []
    monkeypatch.setattr(preview.os, "execv", lambda program, command: became.append(command[1:]))
    monkeypatch.chdir(tmp_path)
    free = taken - 1 or taken + 1
    preview.serve(tmp_path, "mkdocs.zh.yml", str(free))
    address = f"127.0.0.1:{free}"
    assert became == [["-m", "mkdocs", "serve", "--config-file", "mkdocs.zh.yml", "--dev-addr", address]]
