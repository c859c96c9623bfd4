#!/usr/bin/env python3
"""Two real stations and a crisis between them, live: the line is cut and spliced, a station is killed and recovers, and at
the end both prove the transcript. Exits non-zero if anything is lost, doubled, altered or unproved."""
import argparse
import os
import shutil
import signal
import statistics
import sys
import tempfile
import textwrap
import threading
import time
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cable import Cable
from station import Failure, free_port, make_line
from story import STORY, Act, Ask, Do, Say


class Screen:
    """Two transcripts side by side, each line at the side where it happened."""

    def __init__(self):
        self.width = min(max(shutil.get_terminal_size((132, 40)).columns, 80), 160)
        self.column = (self.width - 3) // 2
        self.colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self.lock = threading.Lock()

    def paint(self, text, code):
        return f"\033[{code}m{text}\033[0m" if self.colour else text

    def rule(self, text=""):
        with self.lock:
            print(f"── {text} ".ljust(self.width, "─") if text else "─" * self.width, flush=True)

    def heads(self, left, right):
        with self.lock:
            print(f"{left.center(self.column)} │ {right.center(self.column)}".rstrip(), flush=True)

    def note(self, text):
        with self.lock:
            print(self.paint(f"*** {text} ***".center(self.width).rstrip(), "1"), flush=True)

    def say(self, side, head, body="", alarm=False):
        lines = textwrap.wrap(head, self.column) + textwrap.wrap(body, self.column, initial_indent="    ", subsequent_indent="    ")
        with self.lock:
            for index, line in enumerate(lines):
                shown = self.paint(line.ljust(self.column), "31;1") if alarm and index == 0 else line.ljust(self.column)
                print(f"{shown} │".rstrip() if side == 0 else f"{' ' * self.column} │ {shown}".rstrip(), flush=True)


def seconds(stamp):
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()


def number(serial):
    return int(serial.split("-")[1])


class Transcript:
    """What the two stations say happened, and when."""

    def __init__(self, screen):
        self.screen = screen
        self.sent = {}
        self.received = {}
        self.doubled = 0
        self.acknowledged = {}

    @staticmethod
    def whole(beginning):
        """The text of the story that begins so: an event holds the first words of a letter."""
        words = beginning.split()
        return next((step.text for step in STORY if isinstance(step, Say) and step.text.split()[:len(words)] == words), beginning)

    def catch_up(self, side, letters):
        """What came while nobody watched: between the start of a station and that of its watch."""
        for letter in reversed(letters):
            if letter["serial"] in self.sent and letter["serial"] not in self.received:
                self.received[letter["serial"]] = seconds(letter["durableAt"])
                self.screen.say(side, f"{letter['durableAt'][11:23]}  {letter['serial']} {letter['precedence']} EXERCISE received", letter["text"])

    def listen(self, side, mark, event):
        kind, serial, at = event["kind"], event.get("serial"), event["at"]
        clock = at[11:23]
        exercise = " EXERCISE" if event.get("exercise") else ""
        if kind == "sent":
            self.sent[serial] = seconds(at)
            self.screen.say(side, f"{clock}  {serial} {event['precedence']}{exercise} → {event['to']}", self.whole(event["detail"]),
                            alarm=event["precedence"] == "FLASH")
        elif kind == "received":
            if serial in self.received:
                self.doubled += 1
            self.received[serial] = seconds(at)
            self.screen.say(side, f"{clock}  {serial} {event['precedence']}{exercise} received", self.whole(event["detail"]), alarm=event["precedence"] == "FLASH")
        elif kind == "acknowledged":
            # One acknowledgement speaks of everything up to its number.
            news = [s for s in self.sent if s[0] == mark and number(s) <= number(serial) and s not in self.acknowledged]
            self.acknowledged.update((s, seconds(at)) for s in news)
            if news:
                self.screen.say(side, f"{clock}  {', '.join(news)} at their station")
        elif kind == "stated":
            self.screen.say(side, f"{clock}  {serial}{exercise}: {event['detail']}")
        elif kind == "signed" and serial.startswith(mark):
            self.screen.say(side, f"{clock}  signed {event['detail']} up to {serial}")
        elif kind == "down":
            self.screen.say(side, f"{clock}  LINE DOWN", event["detail"], alarm=True)
        elif kind == "up":
            self.screen.say(side, f"{clock}  line up")
        elif kind in ("restarted", "epoch"):
            self.screen.say(side, f"{clock}  {event['detail']}" if kind == "epoch" else f"{clock}  their station writes a new generation")
        elif kind in ("violation", "conflict", "fork"):
            self.screen.say(side, f"{clock}  {kind.upper()}: {event['detail']}", alarm=True)


class Demo:
    def __init__(self, hotline, folder, pace):
        self.screen = Screen()
        self.transcript = Transcript(self.screen)
        self.pace = pace
        self.expected = {"W": [], "M": []}
        self.named = {}
        self.folder = folder
        self.screen.rule("two parties, two sets of keys, one agreement that both sign")
        self.washington, self.moscow = make_line(hotline, folder)
        self.stations = {"W": self.washington, "M": self.moscow}
        port = free_port()
        self.cable = Cable(port)
        self.washington.configure(listen=f"127.0.0.1:{port}")
        self.moscow.configure(dial={"W": f"127.0.0.1:{self.cable.port}"})

    def play(self):
        self.screen.heads("WASHINGTON", "MOSCOW")
        self.screen.rule()
        for side, station in enumerate((self.washington, self.moscow)):
            station.start()
            self.watch(side, station)
        self.washington.until(self.is_up, "the line comes up", 20)
        words = self.washington.status()["lineWords"].split()
        self.screen.note("the line is: " + " ".join(words[:8]))
        self.screen.note(" ".join(words[8:]))
        for step in STORY:
            if isinstance(step, Say):
                self.say(step)
            elif isinstance(step, Ask):
                self.ask(step)
            elif isinstance(step, Act):
                self.act(step)
            else:
                self.do(step)
            time.sleep(self.pace)
        self.settle()

    def watch(self, side, station):
        station.watch(lambda event: self.transcript.listen(side, station.mark, event))

    def is_up(self):
        status = self.washington.status()
        return status and status["peers"][0]["state"] == "up" and status["peers"][0]["record"]["entries"] > 0

    def say(self, step):
        station = self.stations[step.mark]
        sent = station.ask("send", "--to", step.to, "--precedence", step.precedence, "--lang", step.language, "--exercise", "--file", "-", input=step.text)
        self.expected[step.mark].append((sent[0]["serial"], step.text))
        self.named[step.name] = sent[0]["serial"]

    def ask(self, step):
        window = (datetime.now(timezone.utc) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%MZ/30m")
        sent = self.stations[step.mark].ask(
            "contact", "request", "--with", step.post, "--medium", step.medium, "--window", window, "--subject", step.subject, "--lang", "en", "--exercise")
        self.named[step.name] = sent[0]["serial"]

    def act(self, step):
        """Once what it is about is there."""
        station, serial = self.stations[step.mark], self.named[step.name]
        command = [*step.command.split(), serial, *step.behind]
        station.until(lambda: station.call(*command, "--dir", station.directory, "--json", check=False).returncode == 0, " ".join(command), 15)

    def do(self, step):
        self.screen.note(step.words)
        if step.what == "tell":
            return
        if step.what == "cut":
            self.cable.cut()
            self.washington.until(lambda: not self.is_up(), "the cut is noticed", 10)
        elif step.what == "heal":
            self.cable.heal()
            self.washington.until(self.is_up, "the line comes back", 15)
        elif step.what == "kill":
            self.moscow.kill()
        elif step.what == "restart":
            self.moscow.unwatch()
            self.moscow.start()
            self.watch(1, self.moscow)
            self.washington.until(self.is_up, "the line comes back", 15)
            self.washington.until(lambda: self.washington.status()["peers"][0]["backlog"] == 0, "what had to wait is delivered", 15)
            time.sleep(0.2)
            self.transcript.catch_up(1, self.moscow.ask("inbox"))

    def settle(self):
        """Until everything is at the other station and signed by both."""
        def is_settled():
            for station in self.stations.values():
                status = station.status()
                if not status or status["peers"][0]["backlog"] or status["record"]["unsigned"] or status["peers"][0]["record"]["unsigned"]:
                    return False
            return True
        self.washington.until(is_settled, "both records are delivered and signed", 30)

    def prove(self):
        """Compares, verifies and counts. Raises where anything is off."""
        self.screen.rule("what both can prove")
        delivered = 0
        for mark, station in self.stations.items():
            other = self.stations["M" if mark == "W" else "W"]
            got = {letter["serial"]: letter["text"] for letter in other.ask("inbox", "--limit", "200")}
            own = {letter["serial"]: letter["text"] for letter in station.ask("outbox", "--limit", "200")}
            for serial, text in self.expected[mark]:
                if got.get(serial) != text or own.get(serial) != text:
                    raise Failure(f"{serial} is not the same on both sides")
                delivered += 1
            if len(got) != len(self.expected[mark]):
                raise Failure(f"{other.mark} has {len(got)} letters of {mark}, {len(self.expected[mark])} were sent")
        for station in self.stations.values():
            station.call("checkpoint", "--dir", station.directory)
        self.settle()
        for station in self.stations.values():
            station.call("record", "verify", "--dir", station.directory)
            export = os.path.join(self.folder, f"{station.mark}.export")
            station.call("record", "export", "--dir", station.directory, export)
            station.call("record", "verify", export)
            print(f"{station.mark}: record verified in place; its export verified on its own, {os.path.getsize(export):,} bytes")
        letters = [serial for serial in self.transcript.sent if serial in self.transcript.received]
        latencies = sorted(self.transcript.received[s] - self.transcript.sent[s] for s in letters)
        sent = sum(len(letters) for letters in self.expected.values())
        lost = sent - delivered
        print(f"delivered {delivered} of {sent}, lost {lost}, duplicated {self.transcript.doubled}, "
              f"median latency {statistics.median(latencies) * 1000:.0f} ms from durable here to durable there")
        if lost or self.transcript.doubled:
            raise Failure("letters were lost or doubled")
        for mark, letters in self.expected.items():
            for serial, _ in letters:
                if serial not in self.transcript.received or serial not in self.transcript.acknowledged:
                    raise Failure(f"{serial} was not seen to arrive and to be acknowledged")

    def report(self):
        """What was attempted, and what became of it: the same on both sides."""
        self.screen.rule("contacts attempted, and what became of each")
        reports = []
        for station in self.stations.values():
            attempts = station.ask("report", "contacts")[0]["attempts"]
            reports.append(sorted((one["serial"], one["outcome"]["outcome"], one["outcome"].get("serial")) for one in attempts))
        if reports[0] != reports[1]:
            raise Failure("the two sides report different outcomes")
        outcomes = {serial: outcome for serial, outcome, _ in reports[0]}
        for name, outcome in (("first", "declined"), ("second", "withdrawn"), ("session", "held"), ("missile", "answered")):
            if outcomes[self.named[name]] != outcome:
                raise Failure(f"{self.named[name]} is {outcomes[self.named[name]]}, and should be {outcome}")
        print(self.washington.call("report", "contacts", "--dir", self.washington.directory, environment={"COLUMNS": str(self.screen.width)}).rstrip())

    def june_1967(self):
        """The exchange of June 1967 over this line: what the line takes of each stage, beside what it all took then."""
        self.screen.rule("June 1967 again: the line's share of each stage, and what it all took at the time")
        for station in self.stations.values():
            station.unwatch()
        exchange = os.path.join(os.path.dirname(os.path.abspath(__file__)), "june-1967.json")
        stations = [word for name, station in (("Washington", self.washington), ("Moscow", self.moscow)) for word in ("--station", f"{name}={station.directory}")]
        out = self.washington.call(
            "replay", exchange, *stations, "--to-post", "Washington=w-secdef", "--to-post", "Moscow=m-mod", "--lang", "en", "--stages", timeout=120,
            environment={"COLUMNS": str(self.screen.width)})
        print(out[out.index("\nSERIAL") + 1:].rstrip())
        print("Times of 1967: Foreign Relations of the United States, 1964-1968, XIX. People need their own time to read and to translate, then as now.")

    def stop(self):
        for station in self.stations.values():
            station.unwatch()
        for station in self.stations.values():
            station.stop()

    def kill(self):
        for station in self.stations.values():
            station.unwatch()
            if station.process and station.process.poll() is None:
                station.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hotline", required=True)
    parser.add_argument("--keep", action="store_true", help="leave both stations running")
    parser.add_argument("--pace", type=float, default=0.9, help="seconds between two steps")
    options = parser.parse_args()
    for end in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(end, interrupt)
    folder = tempfile.mkdtemp(prefix="hotline-demo-")
    demo = None
    try:
        demo = Demo(os.path.abspath(options.hotline), folder, options.pace)
        demo.play()
        demo.prove()
        demo.report()
        demo.june_1967()
        if options.keep:
            keep(demo)
        else:
            demo.stop()
            shutil.rmtree(folder)
    except BaseException as failure:
        if demo:
            demo.kill()
        if isinstance(failure, KeyboardInterrupt):
            shutil.rmtree(folder, ignore_errors=True)
            print("hotline demo: interrupted\n  hint: both stations have ended, and nothing is left", file=sys.stderr)
            return 130
        print(f"hotline demo: {failure}\n  hint: both stations have ended; what is left of them is in {folder}", file=sys.stderr)
        if not isinstance(failure, Failure):
            raise
        return 1
    return 0


def interrupt(*_):
    raise KeyboardInterrupt


def keep(demo):
    """The cable ends with this process, so the stations go on without it."""
    port = free_port()
    demo.stop()
    demo.washington.configure(listen=f"127.0.0.1:{port}")
    demo.moscow.configure(dial={"W": f"127.0.0.1:{port}"})
    for station in demo.stations.values():
        station.start()
    hotline, folder = demo.washington.hotline, demo.folder
    print(f"""
Both stations go on running. Try:

  {hotline} watch  --dir {folder}/moscow
  {hotline} send   --dir {folder}/washington --to m-cgs --precedence FLASH "Are you there?"
  {hotline} inbox  --dir {folder}/moscow
  {hotline} status --dir {folder}/washington
  {hotline} show   --dir {folder}/moscow W-2

To end them and clean up:

  kill {demo.washington.process.pid} {demo.moscow.process.pid}; sleep 2; rm -r {folder}
""")


if __name__ == "__main__":
    sys.exit(main())
