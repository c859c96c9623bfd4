#if DEBUG || SIMULATION
    import HotlineWire

    /// The transparent suite: what it 'seals' can be read, what it 'signs' anybody could sign. It keeps the forms and lengths
    /// of the real one, and notices every change of a byte, which is all that honest stations and a faulty world ask of it.
    package enum StandIn {
        /// SplitMix64 (Steele, Lea, Flood, 2014).
        package struct Entropy: Sendable {
            private var state: UInt64
            package init(state: UInt64) { self.state = state }

            package mutating func next() -> UInt64 {
                state &+= 0x9E37_79B9_7F4A_7C15
                return WordHash.mix(state)
            }

            mutating func bytes(_ count: Int) -> [UInt8] { StandIn.stream(from: next(), count: count) }
        }

        /// Bytes that follow from a word.
        static func stream(from word: UInt64, count: Int) -> [UInt8] {
            var entropy = Entropy(state: word)
            var out: [UInt8] = []
            out.reserveCapacity(count + 8)
            while out.count < count { withUnsafeBytes(of: entropy.next().littleEndian) { out.append(contentsOf: $0) } }
            out.removeLast(out.count - count)
            return out
        }

        // MARK: Signatures

        /// 64 bytes that depend on the key and the message, then zeros to the length of the real ones.
        static func signature(key: some Collection<UInt8>, message: [UInt8], size: Int) -> [UInt8] {
            let head = stream(from: WordHash.of(message, seed: WordHash.of(key)), count: 64)
            return head + [UInt8](repeating: 0, count: size - 64)
        }

        // MARK: Frames

        /// The plaintext and sixteen bytes that depend on everything.
        static func seal(_ plaintext: [UInt8], key: UInt64, context: UInt64) -> [UInt8] { plaintext + tag(plaintext, key, context) }

        static func open(_ ciphertext: [UInt8], key: UInt64, context: UInt64) -> [UInt8]? {
            let plaintext = Array(ciphertext.dropLast(FrameHeader.tagBytes))
            return ciphertext.suffix(FrameHeader.tagBytes).elementsEqual(tag(plaintext, key, context)) ? plaintext : nil
        }

        private static func tag(_ plaintext: [UInt8], _ key: UInt64, _ context: UInt64) -> [UInt8] {
            stream(from: WordHash.of(plaintext, seed: WordHash.fold(key, context)), count: FrameHeader.tagBytes)
        }

        // MARK: Epochs

        static func offerKey(seed: [UInt8]) -> [UInt8] { stream(from: WordHash.of(seed), count: Offer.keySize) }

        /// The encapsulation and the ciphertext of `shared` for the holder of an offer's key.
        static func encapsulate(_ shared: [UInt8], to key: [UInt8], info: [UInt8]) -> (encapsulation: [UInt8], ciphertext: [UInt8]) {
            let encapsulation = Seam.entropy.bytes(Accept.encapsulationSize)
            let pad = stream(from: WordHash.of(encapsulation, seed: WordHash.of(info, seed: WordHash.of(key))), count: Accept.ciphertextSize)
            return (encapsulation, zip(shared + [UInt8](repeating: 0, count: 16), pad).map { $0 ^ $1 })
        }

        static func decapsulate(_ accept: Accept, key: [UInt8], info: [UInt8]) -> [UInt8]? {
            let pad = stream(from: WordHash.of(accept.encapsulation, seed: WordHash.of(info, seed: WordHash.of(key))), count: Accept.ciphertextSize)
            let open = zip(accept.ciphertext, pad).map { $0 ^ $1 }
            return open.count == Accept.ciphertextSize && open.suffix(16).allSatisfy { $0 == 0 } ? Array(open.prefix(32)) : nil
        }
    }
#endif
