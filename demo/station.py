"""A station of the demonstration or of a test: a directory, the process that runs it, and its command line."""
import json
import os
import signal
import socket
import subprocess
import threading
import time


class Failure(Exception):
    """Something did not go as it must."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Station:
    def __init__(self, hotline, directory, mark, names, languages):
        self.hotline, self.directory, self.mark, self.names, self.languages = hotline, directory, mark, names, languages
        self.process = None
        self.watcher = None
        self.log = directory + ".log"
        self.before, self.environment = [], {}

    # The command line

    def call(self, *arguments, input=None, check=True, timeout=60, environment=None):
        """Runs a command of this station; gives its standard output."""
        done = subprocess.run([self.hotline, *arguments], input=input, capture_output=True, text=True, timeout=timeout,
                              env={**os.environ, **environment} if environment else None)
        if check and done.returncode != 0:
            raise Failure(f"{self.mark}: hotline {' '.join(arguments[:3])} … exited {done.returncode}: {done.stderr.strip()}")
        return done if not check else done.stdout

    def ask(self, *arguments, **options):
        """A command with --json: the values it prints, one a line."""
        out = self.call(*arguments, "--dir", self.directory, "--json", **options)
        values = [json.loads(line) for line in out.splitlines() if line.strip()]
        return values[0] if len(values) == 1 and isinstance(values[0], list) else values

    # The ceremony

    def init(self):
        names = [word for name in self.names for word in ("--name", name)]
        languages = [word for language in self.languages for word in ("--language", language)]
        self.call("init", "--dir", self.directory, *names, "--mark", self.mark, *languages, "--no-passphrase", "--health-port", "none")

    def configure(self, listen=None, dial=None):
        with open(os.path.join(self.directory, "hotline.yaml"), "w") as file:
            file.write(f"tls:\n  listen: {json.dumps(listen) if listen else 'none'}\n  peers:\n")
            for name, address in (dial or {}).items():
                file.write(f"    {name}: {json.dumps(address)}\n")
            file.write("health:\n  port: none\nlog:\n  level: info\n")

    @property
    def card(self):
        return os.path.join(self.directory, "identity.card")

    # The process

    def launch(self):
        """Starts the process and waits for nothing. `before` is what runs it: another namespace, say."""
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                [*self.before, self.hotline, "run", "--dir", self.directory], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env={**os.environ, **self.environment}, start_new_session=True)

    def wait_ready(self):
        self.until(self.is_ready, "the station starts", 30)

    def start(self):
        self.launch()
        self.wait_ready()

    def is_ready(self):
        """Whether it answers at its control socket."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(os.path.join(self.directory, "control.sock"))
            except OSError:
                return False
        return self.status() is not None

    def status(self):
        done = self.call("status", "--dir", self.directory, "--json", check=False)
        return json.loads(done.stdout) if done.returncode == 0 else None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise Failure(f"{self.mark}: the station did not stop when it was told to")
            if self.process.returncode != 0:
                raise Failure(f"{self.mark}: the station ended with {self.process.returncode}; see {self.log}")

    def watch(self, tell):
        """Calls `tell` with each event of the station, from a thread, until the station ends."""
        watcher = subprocess.Popen(
            [self.hotline, "watch", "--dir", self.directory, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.watcher = watcher

        def read():
            with watcher.stdout:
                for line in watcher.stdout:
                    if line.strip():
                        tell(json.loads(line))
            watcher.wait()

        threading.Thread(target=read, daemon=True).start()

    def unwatch(self):
        if self.watcher and self.watcher.poll() is None:
            self.watcher.terminate()
            self.watcher.wait()

    def until(self, is_done, what, seconds):
        deadline = time.monotonic() + seconds
        while not is_done():
            if time.monotonic() > deadline:
                raise Failure(f"{self.mark}: {what}: not within {seconds} s; see {self.log}")
            if self.process and self.process.poll() is not None:
                raise Failure(f"{self.mark}: the station ended with {self.process.returncode}; see {self.log}")
            time.sleep(0.05)


def make_line(hotline, folder, line="Washington – Moscow", edit=None):
    """Two parties with an agreement that both have signed: Washington and Moscow, not yet configured. `edit` changes its text before."""
    washington = Station(hotline, os.path.join(folder, "washington"), "W", ["United States of America", "ru=Соединённые Штаты Америки"], ["en"])
    moscow = Station(hotline, os.path.join(folder, "moscow"), "M", ["Российская Федерация", "en=Russian Federation"], ["ru", "en"])
    agreement = os.path.join(folder, "agreement.txt")
    for station in (washington, moscow):
        station.init()
    washington.call("agreement", "draft", washington.card, moscow.card, "--line", line, "--output", agreement)
    if edit:
        with open(agreement) as file:
            text = edit(file.read())
        with open(agreement, "w") as file:
            file.write(text)
    for station in (washington, moscow):
        station.call("agreement", "sign", "--dir", station.directory, agreement)
    for station in (washington, moscow):
        station.call("agreement", "install", "--dir", station.directory, agreement)
    return washington, moscow
