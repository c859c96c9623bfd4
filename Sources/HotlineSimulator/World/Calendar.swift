import HotlineWire

/// What is to happen, the earliest first; what was entered first, where two are due at once.
struct Calendar<Happening> {
    private struct Item {
        let at: Instant
        let order: UInt64
        /// Where it stands among the happenings: the heap moves these three words, and no happening.
        let place: Int
    }
    private var heap: [Item] = []
    private var happenings: [Happening?] = []
    private var free: [Int] = []
    private var entered: UInt64 = 0

    var next: Instant? { heap.first?.at }
    var isEmpty: Bool { heap.isEmpty }

    mutating func enter(_ happening: Happening, at instant: Instant) {
        entered += 1
        heap.append(Item(at: instant, order: entered, place: keep(happening)))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(child, parent) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func take() -> (at: Instant, Happening)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        guard let happening = happenings[first.place] else { preconditionFailure("what the calendar holds is taken once") }
        happenings[first.place] = nil
        free.append(first.place)
        return (first.at, happening)
    }

    private mutating func keep(_ happening: Happening) -> Int {
        guard let place = free.popLast() else {
            happenings.append(happening)
            return happenings.count - 1
        }
        happenings[place] = happening
        return place
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let child = left + 1 < heap.count && precedes(left + 1, left) ? left + 1 : left
            guard precedes(child, parent) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        heap[a].at == heap[b].at ? heap[a].order < heap[b].order : heap[a].at < heap[b].at
    }
}
