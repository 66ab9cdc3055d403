"""The preview of one language while its author writes: `mkdocs serve`, once its port is known to be free."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from handbook.problems import Problem, ProblemsError

HOST = "127.0.0.1"
PORT = 8000


def serve(root: Path, config: str, port: str = "") -> None:
    """Become MkDocs' preview; returns only by raising.

    Args:
        root: The repository.
        config: The MkDocs configuration of the language.
        port: The port as its author typed it; 8000 if empty.

    Raises:
        ProblemsError: If the port is none, or is taken.
    """
    number = free_port(port)
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", config]
    os.chdir(root)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    sys.stdout.flush()
    os.execv(sys.executable, [*command, "--dev-addr", f"{HOST}:{number}"])


def free_port(text: str) -> int:
    """Return a port that can be served on.

    Raises:
        ProblemsError: If it is none, or is taken.
    """
    text = text or str(PORT)
    port = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not 0 < port < 2**16:
        raise ProblemsError([Problem("PORT", 1, "serve", f"“{text}” is no port", "1 to 65535")])
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except OSError as error:
            message = f"{HOST}:{port} cannot be served on: {error.strerror}"
            hint = f"stop what runs there, or choose another port: make serve PORT={port % 65535 + 1}"
            raise ProblemsError([Problem("PORT", 1, "serve", message, hint)]) from None
    return port
