"""A station asked over its control socket, without a process for each question."""
import http.client
import json
import os
import socket


class Refused(Exception):
    """The station has answered, and what it answers is a refusal."""

    def __init__(self, status, error):
        super().__init__(f"{status}: {error}")
        self.status, self.error = status, error


class Control:
    """One connection. Raises one of `GONE` where the station goes while it is asked."""

    def __init__(self, directory, timeout=30):
        self.connection = http.client.HTTPConnection("localhost", timeout=timeout)
        self.connection.sock = socket.socket(socket.AF_UNIX)
        self.connection.sock.settimeout(timeout)
        try:
            self.connection.sock.connect(os.path.join(directory, "control.sock"))
        except OSError:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.connection.close()

    def ask(self, method, path, body=None):
        if self.connection.sock is None:
            raise ConnectionResetError("the station has closed the connection")
        self.connection.request(method, path, json.dumps(body) if body else None, {"content-type": "application/json"} if body else {})
        answer = self.connection.getresponse()
        value = json.loads(answer.read() or "null")
        if answer.status >= 400:
            raise Refused(answer.status, value)
        return value

    def send(self, to, text, precedence="ROUTINE"):
        """The serial of the letter, which is durable when this returns."""
        return self.ask("POST", "/v1/letters", {"to": to, "precedence": precedence, "exercise": False, "references": [], "text": text})["serial"]

    def status(self):
        return self.ask("GET", "/v1/status")

    def letters(self, direction, limit=1000):
        """Oldest first."""
        return list(reversed(self.ask("GET", f"/v1/letters?direction={direction}&limit={limit}")))


GONE = (OSError, http.client.HTTPException)
