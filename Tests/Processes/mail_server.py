"""A mail server for tests: takes what is sent to it, over TLS or not, and keeps it."""
import base64
import datetime
import ipaddress
import socket
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder):
    """Of localhost, by itself: the paths of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(hours=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True).sign(key, hashes.SHA256()))
    paths = f"{folder}/mail.pem", f"{folder}/mail.key"
    with open(paths[0], "wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
    with open(paths[1], "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return paths


class MailServer:
    """`mails` are (from, to, text); `logins` what was given as user and password."""

    def __init__(self, tls=None):
        self.mails, self.logins, self.said, self.tls = [], [], [], tls
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.settimeout(20)
        try:
            if self.tls:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(*self.tls)
                connection = context.wrap_socket(connection, server_side=True)
            with connection, connection.makefile("rwb") as lines:
                self.talk(lines)
        except (OSError, ValueError):
            pass

    def talk(self, lines):
        def say(text):
            lines.write(text.encode() + b"\r\n")
            lines.flush()
        sender, to = None, []
        say("220 localhost")
        while line := lines.readline(2000):
            word, _, rest = line.decode().strip().partition(" ")
            self.said.append(word.upper())
            match word.upper():
                case "EHLO":
                    say("250-localhost\r\n250 AUTH PLAIN")
                case "AUTH":
                    say("334 ")
                    self.logins.append(base64.b64decode(lines.readline(2000)).split(b"\0")[1:])
                    say("235 welcome")
                case "MAIL":
                    sender = rest.split("<")[1].split(">")[0]
                    say("250 so it is")
                case "RCPT":
                    to.append(rest.split("<")[1].split(">")[0])
                    if to[-1].startswith("nobody"):
                        say("550 there is nobody of that name")
                    else:
                        say("250 so it is")
                case "DATA":
                    say("354 go on")
                    text = []
                    while (line := lines.readline(2000)) not in (b".\r\n", b""):
                        text.append(line[1:] if line.startswith(b".") else line)
                    self.mails.append((sender, to, b"".join(text)))
                    sender, to = None, []
                    say("250 taken")
                case "QUIT":
                    say("221 bye")
                    return
                case _:
                    say("502 what?")
