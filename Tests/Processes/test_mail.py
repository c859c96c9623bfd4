"""Alarms by e-mail: over TLS with a password, and never in the clear to another machine."""
import email
import os
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from line_case import LineCase
from mail_server import MailServer, certificate


class MailProcess(LineCase):
    def setUp(self):
        super().setUp()
        self.servers = []

    def tearDown(self):
        for server in self.servers:
            server.close()
        super().tearDown()

    def server(self, **options):
        self.servers.append(MailServer(**options))
        return self.servers[-1]

    def mail(self, station, text):
        with open(f"{station.directory}/hotline.yaml", "a") as file:
            file.write("\nnotify:\n  mail:\n" + "".join(f"    {line}\n" for line in text.splitlines()))

    def ring(self):
        self.start()
        due = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(seconds=3)
        return self.washington.ask(
            "send", "--to", "m-watch", "--precedence", "PRIORITY", "--reply-by", due.strftime("%Y-%m-%dT%H:%M:%SZ"), "Are you there?")[0]["serial"]

    def test_an_alarm_comes_by_mail_with_a_password_over_tls_and_not_at_all_where_there_is_none(self):
        pair = certificate(self.folder)
        good, bare = self.server(tls=pair), self.server()
        credentials = f"{self.folder}/mail.netrc"
        Path(credentials).write_text("machine localhost login hotline password correct-horse\n")
        os.chmod(credentials, 0o600)
        self.mail(self.moscow, f"server: localhost:{good.port}\ntls: implicit\nfrom: hotline@gov.example\nto: [nobody@gov.example, watch@gov.example, chief@gov.example]\n"
                               f"credentials: {credentials}\nauthority: {pair[0]}")
        # No STARTTLS is offered here, and it is no loopback address that the configuration names.
        self.mail(self.washington, f"server: localhost:{bare.port}\nfrom: hotline@gov.example\nto: watch@gov.example\ncredentials: {credentials}")
        letter = self.ring()
        self.moscow.until(lambda: len(good.mails) >= 2, "the mail is there", 30)
        sender, _, text = good.mails[0]
        # One that the server does not know keeps it from nobody else, and is said.
        self.assertEqual(sorted((sender, *to) for sender, to, _ in good.mails[:2]), [("hotline@gov.example", "chief@gov.example"), ("hotline@gov.example", "watch@gov.example")])
        self.moscow.until(lambda: "refuses the sender, the recipient" in Path(self.moscow.log).read_text(), "it says who got none", 30)
        self.assertIn("nobody@gov.example", Path(self.moscow.log).read_text())
        self.assertEqual(good.logins[0], [b"hotline", b"correct-horse"])
        message = email.message_from_bytes(text)
        self.assertEqual(message["Subject"], f"HOTLINE PRIORITY: {letter} reply due")
        self.assertEqual(message["Auto-Submitted"], "auto-generated")
        self.assertIsNotNone(email.utils.parsedate_to_datetime(message["Date"]))
        body = message.get_payload(decode=True).decode()
        self.assertIn(f"hotline alarm acknowledge {letter}", body)
        self.assertIn("To do:", body)
        self.assertNotIn(b"Are you there?", text)
        self.assertNotIn("Are you there?", body)
        self.washington.until(lambda: "does not offer TLS" in Path(self.washington.log).read_text(), "it says why there is no mail", 30)
        self.assertEqual((bare.mails, bare.logins), ([], []))
        self.assertNotIn("AUTH", bare.said)
        for station in (self.washington, self.moscow):
            self.assertNotIn("correct-horse", Path(station.log).read_text())

    def test_a_server_that_nobody_vouches_for_gets_nothing_and_one_on_this_machine_needs_no_tls(self):
        pair = certificate(self.folder)
        stranger, local = self.server(tls=pair), self.server()
        self.mail(self.moscow, f"server: localhost:{stranger.port}\ntls: implicit\nfrom: hotline@gov.example\nto: watch@gov.example")
        self.mail(self.washington, f"server: 127.0.0.1:{local.port}\nfrom: hotline@gov.example\nto: watch@gov.example")
        self.ring()
        self.moscow.until(lambda: "TLS is not as it must be" in Path(self.moscow.log).read_text(), "it says why there is no mail", 30)
        self.washington.until(lambda: local.mails, "the mail is there", 30)
        self.assertEqual(stranger.mails, [])
        self.assertIn("line good, desk silent since", email.message_from_bytes(local.mails[0][2]).get_payload(decode=True).decode())

    def test_what_cannot_be_sent_is_said_at_the_start(self):
        secret = f"{self.folder}/open.netrc"
        Path(secret).write_text("machine localhost login hotline password correct-horse\n")
        os.chmod(secret, 0o644)
        base = "server: localhost:465\nfrom: hotline@gov.example\n"
        for text, words in ((base, "server, from and to"), (base + "to: 'Watch <watch@gov.example>'", "an e-mail address"),
                            (base + f"to: a@b.example\ncredentials: {secret}", "others may read"), (base + "to: a@b.example\ntls: maybe", "implicit or starttls"),
                            (base + "to: a@b.example\npassword: x", "not a key of mail"), ("server: 465\nfrom: a@b\nto: a@b", "host:port"),
                            (base + "to: \"a@b.example\\r\\nBcc: c@d\"", "an e-mail address")):
            path = f"{self.moscow.directory}/hotline.yaml"
            before = Path(path).read_text()
            self.mail(self.moscow, text)
            done = self.moscow.call("run", "--dir", self.moscow.directory, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)
            Path(path).write_text(before)


if __name__ == "__main__":
    unittest.main()
