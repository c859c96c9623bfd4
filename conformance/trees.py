"""Merkle trees, and their proofs in pairs: prove and check (RFC 6962 §2.1, RFC 9162 §2.1.3 and §2.1.4)."""

from .encoding import sha256
from .errors import Unverified


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


def split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


def root(leaves) -> bytes:
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


class Frontier:
    """The roots of the complete subtrees so far, the largest first: all that appending needs."""

    def __init__(self):
        self.size, self._peaks = 0, []

    def append(self, leaf: bytes) -> None:
        peaks, size = self._peaks, self.size
        peaks.append(leaf)
        while size & 1:
            right = peaks.pop()
            peaks.append(node(peaks.pop(), right))
            size >>= 1
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return sha256(b"")
        result = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            result = node(peak, result)
        return result


def prove_inclusion(leaves, index: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return prove_inclusion(leaves[:k], index) + [root(leaves[k:])]
    return prove_inclusion(leaves[k:], index - k) + [root(leaves[:k])]


def root_of_path(leaf: bytes, index: int, size: int, path) -> bytes:
    """RFC 9162 §2.1.3.2; a path of another length is refused as one that leads elsewhere is (REC-2)."""
    if index >= size:
        raise Unverified(f"entry {index} is beyond the size, {size}")
    here, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Unverified("the path is too long")
        if here & 1 or here == last:
            result = node(sibling, result)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            result = node(result, sibling)
        here, last = here >> 1, last >> 1
    if last:
        raise Unverified("the path is too short")
    return result


def check_inclusion(leaf: bytes, index: int, size: int, path, expected: bytes) -> None:
    if root_of_path(leaf, index, size, path) != expected:
        raise Unverified("the path does not lead to the root")


def prove_consistency(leaves, first: int) -> list[bytes]:
    """From the tree of the first `first` leaves to that of all."""
    def subproof(leaves, m, whole):
        if m == len(leaves):
            return [] if whole else [root(leaves)]
        k = split(len(leaves))
        if m <= k:
            return subproof(leaves[:k], m, whole) + [root(leaves[k:])]
        return subproof(leaves[k:], m - k, False) + [root(leaves[:k])]
    return subproof(leaves, first, True)


def check_consistency(first: int, first_root: bytes, second: int, second_root: bytes, path) -> None:
    """RFC 9162 §2.1.4.2."""
    if not 0 < first <= second:                                               # REC-3: from size 0 there is none
        raise Unverified(f"there is no proof from size {first} to size {second}")
    if first == second:
        if path:
            raise Unverified("the path is too long")
        if first_root != second_root:
            raise Unverified("two roots at one size")
        return
    path = list(path)
    if first & first - 1 == 0:
        path.insert(0, first_root)
    if not path:
        raise Unverified("the path is too short")
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Unverified("the path is too long")
        if here & 1 or here == last:
            old, new = node(sibling, old), node(sibling, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node(new, sibling)
        here, last = here >> 1, last >> 1
    if last:
        raise Unverified("the path is too short")
    if old != first_root or new != second_root:
        raise Unverified("the path does not lead from one root to the other")
