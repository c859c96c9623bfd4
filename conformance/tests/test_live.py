"""The Python station and the Swift station on one line, over loopback: cuts, kills, restarts; both records verified by both.

Skipped where the environment variable HOTLINE, the path of the other station's binary, is not set.
"""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

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
        from conformance.agreement import Agreement
        agreement = Agreement.decode(self.text.read_bytes())
        own = 1 if python_first else 2
        self.posts = next((number, post["counterparts"][0]) for number, post in agreement.posts.items() if post["party"] == own)
        self.address = agreement.posts[self.posts[0]]["code"]

    def start_python(self, *arguments) -> subprocess.Popen:
        process = subprocess.Popen(peer("run", "--dir", self.python, "--from-post", self.posts[0], "--to-post", self.posts[1], *arguments),
                                   cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def finish(self, process: subprocess.Popen, station: SwiftStation) -> dict:
        """Signs the other record in full until the Python station says that it has all."""
        end = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < end:
            station.request("POST", "/v1/checkpoints")
            time.sleep(0.5)
        output = process.stdout.read().splitlines()
        self.assertEqual(process.returncode, 0, output)
        return json.loads(output[-1])

    def verify_both(self, sent_by_swift: int, sent_by_python: int, station: SwiftStation) -> None:
        self.assertEqual(station.letters("sent"), [f"Letter {number} from the North." for number in range(1, sent_by_swift + 1)])
        self.assertEqual(station.letters("received"), [f"Letter {number} of {sent_by_python}. Письмо." for number in range(1, sent_by_python + 1)])
        theirs, ours = self.folder / "n.export", self.folder / "s.export"
        hotline("record", "export", "--dir", self.swift, theirs)
        subprocess.run(peer("export", "--dir", self.python, ours), cwd=ROOT, check=True)
        hotline("record", "verify", "--dir", self.swift)
        for export in (theirs, ours):
            hotline("record", "verify", export)
            judged = subprocess.run([sys.executable, ROOT / "conformance/judge.py", export], capture_output=True, text=True)
            self.assertEqual(judged.returncode, 0, judged.stdout)
        from conformance import exports
        reports = [exports.verify(export.read_bytes()) for export in (theirs, ours)]
        self.assertEqual([report.problems + report.forks for report in reports], [[], []])
        heads = [sorted((each.generation, each.size, each.root) for each in report.generations) for report in reports]
        self.assertEqual(*heads)
        newest = reports[0].generations[-1]
        self.assertEqual(newest.signed[1], newest.size)

    def test_200_letters_each_way_with_a_cut_and_a_restart_of_each(self):
        self.agree(python_first=False)
        port, count = free_port(), 200
        cable = Cable(port)
        self.addCleanup(cable.close)
        station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        station.start()
        live = ("--dial", f"127.0.0.1:{cable.port}", "--letters", count, "--expect", count, "--every", 0.03, "--seconds", PATIENCE, "--full")
        process = self.start_python(*live)
        for number in range(1, count + 1):
            station.request("POST", "/v1/letters", {"to": self.address, "precedence": ("ROUTINE", "PRIORITY", "IMMEDIATE")[number % 3],
                                                    "exercise": False, "references": [], "text": f"Letter {number} from the North."})
            if number == 50:
                cable.cut()
            elif number == 100:
                process.kill()
                process.wait()
                process = self.start_python(*live)
            elif number == 150:
                station.kill()
                station.start()
        summary = self.finish(process, station)
        self.assertEqual((summary["ours"], summary["theirs"], summary["violations"]), (count, count, 0))
        self.assertEqual(cable.cuts, 1)
        self.verify_both(count, count, station)

    def send(self, station: SwiftStation, numbers) -> None:
        for number in numbers:
            station.request("POST", "/v1/letters", {"to": self.address, "precedence": "PRIORITY", "exercise": False, "references": [],
                                                    "text": f"Letter {number} from the North."})

    def until(self, what: str, holds) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.2)

    def covered(self) -> int:
        """How many entries of the North its own full checkpoints cover, by what the Python station holds."""
        from conformance.checkpoints import FULL, Checkpoint
        store = sqlite3.connect(f"file:{self.python / 'record.sqlite'}?mode=ro", uri=True, timeout=10)
        with contextlib.closing(store):
            stored = [Checkpoint.decode(data) for (data,) in store.execute("select stored from checkpoint")]
        heads = [each.statement.head for each in stored if each.strength == FULL and each.statement.signer == 1]
        return sum(max(head.size for head in heads if head.generation == generation) for generation in {head.generation for head in heads})

    def test_swift_gets_its_record_back_after_a_backup_was_played_back(self):
        self.agree(python_first=False)
        port = free_port()
        station = SwiftStation(self.swift, f"127.0.0.1:{port}")
        self.addCleanup(station.kill)
        station.start()
        process = self.start_python("--dial", f"127.0.0.1:{port}", "--letters", 30, "--expect", 25, "--seconds", 3 * PATIENCE, "--full", "--every", 0.05)
        self.send(station, range(1, 6))
        self.until("all of the South's letters came", lambda: len(station.letters("received")) == 30)
        station.kill()
        backup = self.folder / "backup"
        backup.mkdir()
        for file in self.swift.glob("record.sqlite*"):
            shutil.copy(file, backup)
        station.start()
        self.send(station, range(6, 21))
        written = station.request("GET", "/v1/status")["record"]["entries"]

        def signed_in_full() -> bool:
            station.request("POST", "/v1/checkpoints")
            return self.covered() >= written - 6                # all of the generation that will be lost; of the one before, what was signed
        self.until("the South holds a full checkpoint of the North", signed_in_full)
        station.kill()
        for file in (*self.swift.glob("record.sqlite*"), *self.swift.glob("secrets.sqlite*")):
            file.unlink()
        for file in backup.iterdir():
            shutil.copy(file, self.swift)
        station.start()
        expected = [f"Letter {number} from the North." for number in range(1, 21)]
        self.until("the lost letters came back", lambda: station.letters("sent") == expected)
        self.send(station, range(21, 26))
        summary = self.finish(process, station)
        self.assertEqual((summary["ours"], summary["theirs"], summary["violations"]), (30, 25, 0))
        self.verify_both(25, 30, station)
        self.check_declared()

    def check_declared(self) -> None:
        """Both sides hold the declaration, and what came back."""
        from conformance import entries
        from conformance.encoding import Reader
        for name in ("n", "s"):
            reader, found = Reader((self.folder / f"{name}.export").read_bytes()), {}
            reader.take(17)
            while reader.left:
                kind, body = reader.byte(), reader.field(1 << 20)
                if kind == 7:
                    entry = entries.Entry.decode(body[32:])
                    found.setdefault(entry.kind, []).append(entry)
            declared = [entries.Declaration.decode(entry.content) for entry in found[entries.DECLARATION]]
            self.assertIn(0, [each.cause for each in declared])
            lost = {generation for each in declared for generation, _, _ in each.lost}
            recovered = [entries.Recovered.decode(entry.content) for entry in found[entries.RECOVERED]]
            self.assertTrue({each.head.generation for each in recovered} <= lost)
            self.assertEqual({entry.generation.station for entry in (*found[entries.DECLARATION], *found[entries.RECOVERED])}, {1})

    def test_python_is_dialled_and_offers_first(self):
        self.agree(python_first=True)
        port = free_port()
        station = SwiftStation(self.swift, dial=f'S: "127.0.0.1:{port}"')
        self.addCleanup(station.kill)
        process = self.start_python("--listen", f"127.0.0.1:{port}", "--letters", 10, "--expect", 1, "--seconds", PATIENCE, "--full")
        station.start()
        station.request("POST", "/v1/letters", {"to": self.address, "precedence": "FLASH", "exercise": False, "references": [],
                                                "text": "Letter 1 from the North."})
        summary = self.finish(process, station)
        self.assertEqual((summary["ours"], summary["theirs"], summary["violations"]), (10, 1, 0))
        self.verify_both(1, 10, station)


if __name__ == "__main__":
    unittest.main()
