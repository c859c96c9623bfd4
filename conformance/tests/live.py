"""What the live tests share: a Swift station as a process, a Python station as another, a cable between them that can be cut.

Skipped where the environment variable HOTLINE, the path of the other station's binary, is not set.
"""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import NamedTuple

from conformance import entries, exports
from conformance.agreement import Agreement
from conformance.encoding import Reader

HOTLINE = os.environ.get("HOTLINE")
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def hotline(*arguments) -> str:
    done = subprocess.run([HOTLINE, *map(str, arguments)], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise AssertionError(f"hotline {' '.join(map(str, arguments))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def peer(*arguments) -> list[str]:
    return [sys.executable, "-m", "conformance.peer", *map(str, arguments)]


class Cable:
    """Forwards one port to another, and can be cut."""

    def __init__(self, port: int):
        self.target, self.ends, self.cuts = port, [], 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.server.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    near.close()
                    continue
                self.ends += [near, far]
                for a, b in ((near, far), (far, near)):
                    threading.Thread(target=self.pump, args=(a, b), daemon=True).start()

    @staticmethod
    def pump(source, sink) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut(self) -> None:
        self.cuts += 1
        for end in self.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ends.clear()

    def close(self) -> None:
        self.server.close()
        self.cut()


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path):
        super().__init__("station")
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(str(self.path))


class SwiftStation:
    def __init__(self, folder: Path, listen: str = "none", dial: str | None = None):
        self.folder, self.process = folder, None
        peers = f'\n    {dial}' if dial else ""
        listen = listen if listen == "none" else f'"{listen}"'
        (folder / "hotline.yaml").write_text(f"tls:\n  listen: {listen}\n  peers:{peers}\nhealth:\n  port: none\nlog:\n  level: warning\n")

    def start(self) -> None:
        self.process = subprocess.Popen([HOTLINE, "run", "--dir", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.request("GET", "/v1/status")

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def request(self, method: str, path: str, body=None):
        """Asks until the station answers."""
        end = time.monotonic() + 20
        while True:
            connection = UnixConnection(self.folder / "control.sock")
            try:
                connection.request(method, path, body and json.dumps(body), {"Content-Type": "application/json"})
                answer = connection.getresponse()
                text = answer.read()
                if answer.status >= 300:
                    raise AssertionError(f"{method} {path}: {answer.status} {text.decode()}")
                return json.loads(text)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            finally:
                connection.close()

    def letters(self, direction: str) -> list[str]:
        """Texts, the oldest first."""
        return [each["text"] for each in reversed(self.request("GET", f"/v1/letters?direction={direction}&limit=1000"))]


class Agreed(NamedTuple):
    """Who has which station number."""

    swift: int
    python: int


@unittest.skipUnless(HOTLINE, "HOTLINE does not name the other station's binary")
class Live(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hl-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.swift, self.python, self.text = self.folder / "n", self.folder / "s", self.folder / "line.txt"

    def agree(self, python_first: bool) -> None:
        hotline("init", "--dir", self.swift, "--name", "North", "--mark", "N", "--language", "en", "--no-passphrase")
        subprocess.run(peer("init", "--dir", self.python, "--name", "en=South", "--mark", "S"), cwd=ROOT, check=True)
        cards = [self.swift / "identity.card", self.python / "identity.card"]
        hotline("card", cards[1])
        hotline("agreement", "draft", *(reversed(cards) if python_first else cards), "-o", self.text)
        hotline("agreement", "sign", "--dir", self.swift, self.text)
        subprocess.run(peer("sign", "--dir", self.python, self.text), cwd=ROOT, check=True)
        subprocess.run(peer("install", "--dir", self.python, self.text), cwd=ROOT, check=True)
        hotline("agreement", "install", "--dir", self.swift, self.text)
        agreement = Agreement.decode(self.text.read_bytes())
        self.agreed = Agreed(2, 1) if python_first else Agreed(1, 2)
        self.posts = next((number, post["counterparts"][0]) for number, post in agreement.posts.items() if post["party"] == self.agreed.python)
        self.address = agreement.posts[self.posts[0]]["code"]

    def start_python(self, *arguments) -> subprocess.Popen:
        process = subprocess.Popen(peer("run", "--dir", self.python, "--from-post", self.posts[0], "--to-post", self.posts[1], *arguments),
                                   cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def finish(self, process: subprocess.Popen, station: SwiftStation, seconds: float = PATIENCE) -> dict:
        """Signs the other record in full until the Python station says that it has all."""
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            station.request("POST", "/v1/checkpoints")
            time.sleep(0.5)
        output = process.stdout.read().splitlines()
        self.assertEqual(process.returncode, 0, output)
        return json.loads(output[-1])

    def stop_python(self, process: subprocess.Popen) -> None:
        process.kill()
        process.wait()

    def send(self, station: SwiftStation, numbers) -> None:
        for number in numbers:
            station.request("POST", "/v1/letters", {"to": self.address, "precedence": ("ROUTINE", "PRIORITY", "IMMEDIATE")[number % 3],
                                                    "exercise": False, "references": [], "text": f"Letter {number} from the North."})

    def until(self, what: str, holds) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.2)

    def amend(self) -> None:
        """Version 2, signed by both and installed on both: in force for each at its next start."""
        text = self.folder / "amendment.txt"
        hotline("agreement", "amend", "--dir", self.swift, "--output", text)
        hotline("agreement", "sign", "--dir", self.swift, text)
        self.peer("sign", text)
        self.peer("install", text)
        hotline("agreement", "install", "--dir", self.swift, text)

    def peer(self, command: str, *arguments) -> None:
        subprocess.run(peer(command, "--dir", self.python, *arguments), cwd=ROOT, check=True)

    def verify_both(self, sent_by_swift: int, sent_by_python: int, station: SwiftStation, of=()) -> None:
        """`of`: of how many each letter of the Python station says that it is, where it was started for several counts."""
        of = of or [sent_by_python] * sent_by_python
        texts = {"sent": [f"Letter {number} from the North." for number in range(1, sent_by_swift + 1)],
                 "received": [f"Letter {number} of {all}. Письмо." for number, all in enumerate(of, 1)]}
        if max(sent_by_swift, sent_by_python) <= 1_000:
            for direction, expected in texts.items():
                self.assertEqual(station.letters(direction), expected)
        theirs, ours = self.folder / "n.export", self.folder / "s.export"
        hotline("record", "export", "--dir", self.swift, theirs)
        subprocess.run(peer("export", "--dir", self.python, ours), cwd=ROOT, check=True)
        hotline("record", "verify", "--dir", self.swift)
        for export in (theirs, ours):
            hotline("record", "verify", export)
            judged = subprocess.run([sys.executable, ROOT / "conformance/judge.py", export], capture_output=True, text=True)
            self.assertEqual(judged.returncode, 0, judged.stdout)
        reports = [exports.verify(export.read_bytes()) for export in (theirs, ours)]
        self.assertEqual([report.problems + report.forks for report in reports], [[], []])
        heads = [sorted((each.generation, each.size, each.root) for each in report.generations) for report in reports]
        self.assertEqual(*heads)
        for export in (theirs, ours):
            found = self.entries(export).get(entries.LETTER, [])
            for own, expected in ((self.agreed.swift, texts["sent"]), (self.agreed.python, texts["received"])):
                self.assertEqual(sorted(each.content.decode() for each in found if each.generation.station == own), sorted(expected))
        newest = reports[0].generations[-1]
        self.assertEqual(newest.signed[1], newest.size)

    @staticmethod
    def entries(export: Path) -> dict[int, list[entries.Entry]]:
        """By kind, in the order of the export."""
        reader, found = Reader(export.read_bytes()), {}
        reader.take(len(exports.MAGIC))
        while reader.left:
            kind, body = reader.byte(), reader.field(1 << 20)
            if kind == exports.ENTRY:
                entry = entries.Entry.decode(body[32:])
                found.setdefault(entry.kind, []).append(entry)
        return found
