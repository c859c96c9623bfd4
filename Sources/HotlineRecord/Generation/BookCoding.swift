public import HotlineWire

/// The state of a book for a snapshot.
extension Book {
    public func encode(into encoder: inout Encoder) {
        encoder.put(station)
        encoder.put(varint: UInt64(order.count))
        for id in order {
            encoder.put(byte: takenBack.contains(id) ? 1 : 0)
            if let done = closed(id) {
                encoder.put(byte: Form.closed)
                done.encode(into: &encoder)
            } else if let generation = generation(id) {
                encoder.put(byte: Form.live)
                generation.encode(into: &encoder)
            }
        }
    }

    public init(_ decoder: inout Decoder) throws(WireError) {
        self.init(station: try decoder.station())
        for _ in 0..<(try decoder.count(of: "generations", max: .max >> 2)) {
            let isTakenBack = try decoder.byte() == 1
            switch try decoder.byte() {
            case Form.closed: restore(closed: try Closed(&decoder), takenBack: isTakenBack)
            case Form.live: restore(live: try Generation(&decoder), takenBack: isTakenBack)
            case let form: throw .invalid(what: "generation in a snapshot", found: UInt64(form))
            }
        }
        restoreChains()
    }

    private enum Form {
        static let live: UInt8 = 0
        static let closed: UInt8 = 1
    }
}

extension Book.Closed {
    fileprivate func encode(into encoder: inout Encoder) {
        encoder.put(head)
        encoder.put(varint: serialBase)
        encoder.put(byte: predecessor == nil ? 0 : 1)
        if let predecessor { encoder.put(predecessor) }
        encoder.put(byte: basis == nil ? 0 : 1)
        if let basis { encoder.put(basis) }
        encoder.put(signed)
        encoder.put(signedProvisionally)
        encoder.put(cosigned)
        encoder.put(seen)
    }

    fileprivate init(_ decoder: inout Decoder) throws(WireError) {
        head = try decoder.head()
        serialBase = try decoder.varint()
        predecessor = try decoder.byte() == 1 ? try decoder.head() : nil
        basis = try decoder.byte() == 1 ? try decoder.basis() : nil
        signed = try decoder.recordSize()
        signedProvisionally = try decoder.recordSize()
        cosigned = try decoder.recordSize()
        seen = try decoder.seenSoFar()
    }
}
