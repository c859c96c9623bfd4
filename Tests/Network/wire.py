"""A network of namespaces whose every cable is a thread of ours: packets are lost, repeated, delayed, changed or held back at
will. It stands in for `tc netem`, which not every kernel has, and it can do what netem cannot: change a byte and mend the
checksum of TCP, so that the change reaches TLS.

          namespace hl-N-1          namespace hl-N-2          namespace hl-N-3
        ┌──────────────────┐      ┌──────────────────┐      ┌──────────────────┐
        │ station 1        │      │ station 2        │      │ station 3    …   │
        │ tun 10.63.0.1/24 │      │ tun 10.63.0.2/24 │      │ tun 10.63.0.3/24 │
        └────────┬─────────┘      └────────┬─────────┘      └────────┬─────────┘
                 │ IP packets              │                         │
        ┌────────┴─────────────────────────┴─────────────────────────┴─────────┐
        │ Wire: one Cable for each ordered pair; each with faults of its own   │
        └──────────────────────────────────────────────────────────────────────┘

Nothing but these namespaces is touched, and no packet leaves them.
"""
import fcntl
import heapq
import ipaddress
import os
import random
import selectors
import struct
import subprocess
import threading
import time
from dataclasses import dataclass

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
# Packets that wait for a slow cable; more are lost, as in a modem.
QUEUE_BYTES_MAX = 64 * 1024


def why_not():
    """None where such a network can be made here; otherwise a sentence."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if not os.path.exists("/dev/net/tun"):
        return "there is no /dev/net/tun"
    name = f"hl-{os.getpid()}-probe"
    try:
        if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode != 0:
            return "a network namespace cannot be made here"
    except FileNotFoundError:
        return "there is no iproute2"
    subprocess.run(["ip", "netns", "del", name], check=True)
    return None


@dataclass
class Faults:
    loss: float = 0
    duplicate: float = 0
    corrupt: float = 0
    # Share of packets that are held back for up to `jitter` seconds, so that others overtake them.
    reorder: float = 0
    jitter: float = 0.05
    delay: float = 0
    bits_per_second: float = 0
    cut: bool = False


class Cable:
    """One direction between two stations."""

    def __init__(self):
        self.faults = Faults()
        self.free_at = 0.0
        self.carried = self.lost = self.changed = 0


class Wire:
    def __init__(self, count, seed=1):
        self.dice = random.Random(seed)
        self.namespaces = [f"hl-{os.getpid()}-{place + 1}" for place in range(count)]
        self.cables = {(a, b): Cable() for a in range(count) for b in range(count) if a != b}
        self.tuns, self.heap, self.order = [], [], 0
        self.selector = selectors.DefaultSelector()
        self.stopped = False
        self.wake, self.waker = os.pipe()
        self.selector.register(self.wake, selectors.EVENT_READ, None)
        try:
            for place in range(count):
                self.attach(place)
        except BaseException:
            self.remove()
            raise
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    @staticmethod
    def address(place):
        return f"10.63.0.{place + 1}"

    def inside(self, place):
        """What runs a command in a station's namespace."""
        return ["ip", "netns", "exec", self.namespaces[place]]

    def attach(self, place):
        namespace, device = self.namespaces[place], f"hl{os.getpid() % 100000}x{place + 1}"
        subprocess.run(["ip", "netns", "add", namespace], check=True)
        tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        self.tuns.append(tun)
        fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
        subprocess.run(["ip", "link", "set", device, "netns", namespace], check=True)
        for words in (["addr", "add", f"{self.address(place)}/24", "dev", device], ["link", "set", device, "up", "mtu", "1400"], ["link", "set", "lo", "up"]):
            subprocess.run(["ip", "-n", namespace, *words], check=True)
        self.selector.register(tun, selectors.EVENT_READ, place)

    def set(self, faults, pair=None):
        """For all cables, or for both directions between two stations."""
        for (a, b), cable in self.cables.items():
            if pair is None or {a, b} == set(pair):
                cable.faults = faults

    def close(self):
        self.stopped = True
        os.write(self.waker, b"x")
        self.thread.join()
        self.remove()

    def remove(self):
        self.selector.close()
        for descriptor in [*self.tuns, self.wake, self.waker]:
            os.close(descriptor)
        for namespace in self.namespaces:
            subprocess.run(["ip", "netns", "del", namespace], capture_output=True)

    # The thread

    def run(self):
        while not self.stopped:
            wait = max(0, self.heap[0][0] - time.monotonic()) if self.heap else None
            for key, _ in self.selector.select(wait):
                if key.data is not None:
                    self.take(key.data)
            while self.heap and self.heap[0][0] <= time.monotonic():
                _, _, place, packet = heapq.heappop(self.heap)
                try:
                    os.write(self.tuns[place], packet)
                except OSError:
                    pass  # The device is down: the packet is lost.

    def take(self, source):
        try:
            packet = os.read(self.tuns[source], 65536)
        except (BlockingIOError, OSError):
            return
        if packet[0] >> 4 != 4:
            return
        target = int(ipaddress.IPv4Address(packet[16:20])) - int(ipaddress.IPv4Address(self.address(0)))
        cable = self.cables.get((source, target))
        if cable:
            self.carry(cable, target, packet)

    def carry(self, cable, target, packet):
        faults, now = cable.faults, time.monotonic()
        if faults.cut or self.dice.random() < faults.loss:
            cable.lost += 1
            return
        if faults.bits_per_second:
            waiting = max(0.0, cable.free_at - now) * faults.bits_per_second / 8
            if waiting + len(packet) > QUEUE_BYTES_MAX:
                cable.lost += 1
                return
            cable.free_at = max(now, cable.free_at) + len(packet) * 8 / faults.bits_per_second
        cable.carried += 1
        for _ in range(2 if self.dice.random() < faults.duplicate else 1):
            copy = packet
            if self.dice.random() < faults.corrupt:
                cable.changed += 1
                copy = self.change(packet)
            late = self.dice.random() * faults.jitter if self.dice.random() < faults.reorder else 0
            self.order += 1
            heapq.heappush(self.heap, (max(now, cable.free_at if faults.bits_per_second else 0) + faults.delay + late, self.order, target, copy))

    def change(self, packet):
        """One byte of the payload; every second time TCP's checksum is made to agree."""
        header = (packet[0] & 15) * 4
        if packet[9] != 6 or len(packet) <= header + 20:
            return packet
        data = header + (packet[header + 12] >> 4) * 4
        if data >= len(packet):
            return packet
        changed = bytearray(packet)
        changed[self.dice.randrange(data, len(packet))] ^= self.dice.randrange(1, 256)
        if self.dice.random() < 0.5:
            changed[header + 16:header + 18] = b"\0\0"
            pseudo = bytes(changed[12:20]) + struct.pack("!BBH", 0, 6, len(changed) - header)
            changed[header + 16:header + 18] = struct.pack("!H", checksum(pseudo + bytes(changed[header:])))
        return bytes(changed)


def checksum(data):
    """RFC 1071."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
