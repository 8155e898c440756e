"""A process that has the command loaded and forks for each time that it is run.

Loading the models takes seconds, and the tests run the command some hundred times. What is forked off is a
process of its own, with its own arguments, environment, folder and streams, and ends with its own status.

``python -m tests.cli.forked N``: asked over the socket that file descriptor N is, one line of JSON for each
time; the answer is a line with the status.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import tempfile
import traceback
from typing import Any, NoReturn

import allegata
from allegata.cli.app import run as command
from allegata.model import Document

STREAMS = ("stdin", "stdout", "stderr")


def warm() -> None:
    """Load what commands load: models, and the modules that are imported when they are needed."""
    said = "The ministry of Vell said on Monday that shells had hit its port, a paper reported."
    with tempfile.TemporaryDirectory() as folder, allegata.open(f"{folder}/warm.db") as library:
        library.add(*(Document(str(n), said, published=f"2025-03-0{n}") for n in (1, 2)))
        assert library.claims(all=True)


def run(asked: dict[str, Any]) -> NoReturn:
    """Be the command."""
    for number, name in enumerate(STREAMS):
        flags = os.O_RDONLY if name == "stdin" else os.O_WRONLY
        os.dup2(os.open(asked[name], flags), number)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["folder"])
    sys.argv = ["allegata", *asked["arguments"]]
    status = 1
    try:
        status = command(sys.argv[1:])
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def serve(asking: socket.socket) -> None:
    warm()
    lines = asking.makefile("rw", encoding="utf-8")
    lines.write("ready\n")
    lines.flush()
    for line in lines:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            asking.close()
            signal.alarm(asked["seconds"])
            run(asked)
        _, ended = os.waitpid(child, 0)
        lines.write(f"{os.waitstatus_to_exitcode(ended)}\n")
        lines.flush()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
