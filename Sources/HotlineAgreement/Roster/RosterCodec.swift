public import HotlineSeal
public import HotlineWire

/// The bytes of a roster: version, officers, signature (docs/spec/agreement.md).
extension UnverifiedRoster {
    /// What is signed behind the label, the line and the party.
    var body: [UInt8] {
        var encoder = Encoder(reserving: officers.count * 2100 + 16)
        encoder.put(varint: version)
        encoder.put(varint: UInt64(officers.count))
        for officer in officers {
            encoder.put(prefixed: Array(officer.code.utf8))
            encoder.put(byte: UnverifiedRoster.bits(officer.roles))
            encoder.put(raw: officer.light.bytes)
            encoder.put(raw: officer.composite.bytes)
        }
        return encoder.bytes
    }

    public var content: [UInt8] { body + signature }

    /// Reads the content of an entry of the kind `Roster.kind`.
    ///
    /// - Parameter party: the author of the entry.
    public init(_ content: [UInt8], of party: StationNumber) throws(RosterFault) {
        var decoder = Decoder(content)
        var officers: [Roster.Officer] = []
        let version: UInt64
        let signature: [UInt8]
        do throws(WireError) {
            version = try decoder.varint()
            guard version > 0 else { throw .invalid(what: "version of a roster", found: 0) }
            let count = try decoder.count(of: "officers", max: Limits.officersMax)
            for _ in 0..<count { officers.append(try decoder.officer()) }
            signature = try decoder.raw(CompositePublicKey.signatureSize)
            try decoder.finish()
        } catch {
            throw .malformed(error)
        }
        self.init(party: party, version: version, officers: officers, signature: signature)
        try check()
    }

    /// A roster that the root key signs.
    ///
    /// - Throws: a fault of the officers that are given; `seal`.
    public static func signed(
        by root: CompositePrivateKey, party: StationNumber, version: UInt64, officers: [Roster.Officer], on line: Hash
    ) throws(RosterFault) -> UnverifiedRoster {
        precondition(version > 0 && officers.count <= Limits.officersMax, "a roster has a version and at most \(Limits.officersMax) officers")
        let ordered = officers.sorted { Array($0.code.utf8).lexicographicallyPrecedes(Array($1.code.utf8)) }
        let unsigned = UnverifiedRoster(party: party, version: version, officers: ordered, signature: [])
        try unsigned.check()
        do throws(SealError) {
            return UnverifiedRoster(party: party, version: version, officers: ordered, signature: try root.sign(unsigned.signedBytes(on: line)))
        } catch {
            throw .seal(error)
        }
    }

    private func check() throws(RosterFault) {
        var last: [UInt8] = []
        var keys: Set<[UInt8]> = []
        for officer in officers {
            let code = Array(officer.code.utf8)
            guard Code(officer.code) != nil, last.lexicographicallyPrecedes(code) else { throw .code(officer.code) }
            last = code
            guard !officer.roles.isEmpty else { throw .noRole(officer.code) }
            for key in [officer.light.bytes, officer.composite.classicalHalf, officer.composite.latticeHalf] where !keys.insert(key).inserted {
                throw .sharedKey(officer.code)
            }
        }
    }

    /// Bit n is the role in place n of AGR-20.
    fileprivate static func bits(_ roles: [OfficerRole]) -> UInt8 {
        OfficerRole.allCases.enumerated().reduce(0) { $0 | (roles.contains($1.element) ? 1 << UInt8($1.offset) : 0) }
    }
}

extension Decoder {
    fileprivate mutating func officer() throws(WireError) -> Roster.Officer {
        let code = try text("code of an officer", max: Limits.codeLengthMax)
        let bits = try byte()
        guard bits < 1 << UInt8(OfficerRole.allCases.count) else { throw .invalid(what: "roles of an officer", found: UInt64(bits)) }
        let roles = OfficerRole.allCases.enumerated().filter { bits & 1 << UInt8($0.offset) != 0 }.map(\.element)
        let (light, composite) = (try raw(LightPublicKey.size), try raw(CompositePublicKey.size))
        do throws(SealError) {
            return Roster.Officer(code: code, roles: roles, light: try LightPublicKey(light), composite: try CompositePublicKey(composite))
        } catch {
            throw .invalid(what: "key of an officer", found: UInt64(bits))
        }
    }
}
