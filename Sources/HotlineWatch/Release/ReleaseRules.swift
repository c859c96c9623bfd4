public import HotlineAgreement
import HotlineRecord
public import HotlineSeal
public import HotlineWire

/// One officer's signatures under a statement: with the light key and with the composite one.
public struct OfficerSignature: Hashable, Sendable {
    public let officer: String
    public let light: [UInt8]
    public let composite: [UInt8]

    public init(officer: String, light: [UInt8], composite: [UInt8]) {
        self.officer = officer
        self.light = light
        self.composite = composite
    }

    /// Signs with the keys of an officer.
    public init(officer: String, light: LightPrivateKey, composite: CompositePrivateKey, over bytes: [UInt8]) throws(SealError) {
        self.init(officer: officer, light: try light.sign(bytes), composite: try composite.sign(bytes))
    }
}

/// What an officer hands in for release: the statement as it was signed, and by whom.
public struct ReleaseDraft: Hashable, Sendable {
    public let statement: ReleasedStatement
    public let signatures: [OfficerSignature]
    public init(statement: ReleasedStatement, signatures: [OfficerSignature]) {
        self.statement = statement
        self.signatures = signatures
    }

    /// What of it the rules for letters and for statements about them judge anew: much may have happened since it was drafted. Nil for what cannot be
    /// released.
    public var draft: Draft? {
        let header = statement.header
        switch EntryKind(rawValue: header.kind) {
        case .letter, .letterByTime:
            var decoder = Decoder(statement.content)
            let replyBy = header.kind == EntryKind.letterByTime.rawValue ? try? decoder.varint() : nil
            guard let to = PostNumber(header.toPost), let language = LanguageNumber(header.language), let text = String(validating: decoder.rest(), as: UTF8.self)
            else { return nil }
            return .letter(
                LetterDraft(
                    to: to, from: PostNumber(header.fromPost), channel: ChannelNumber(header.channel), precedence: header.precedence, language: language,
                    exercise: header.exercise, references: statement.references, replyBy: replyBy, text: text
                )
            )
        case .outcome:
            guard let about = statement.references.first, let act = try? Act(kind: header.kind, content: statement.content) else { return nil }
            return .act(ActDraft(about: about, act: act, language: LanguageNumber(header.language)))
        case .contactRequest:
            guard let request = try? ContactRequest(content: statement.content), let to = PostNumber(header.toPost), let language = LanguageNumber(header.language),
                let subject = String(validating: request.subject, as: UTF8.self)
            else { return nil }
            return .request(
                RequestDraft(
                    letter: LetterDraft(
                        to: to, from: PostNumber(header.fromPost), channel: ChannelNumber(header.channel), precedence: header.precedence, language: language,
                        exercise: header.exercise, references: statement.references, replyBy: request.replyBy, text: subject
                    ), medium: request.medium, windows: request.windows
                )
            )
        case .contactStatement:
            guard let about = statement.references.first, let step = try? ContactStep(kind: header.kind, content: statement.content) else { return nil }
            return .contact(ContactDraft(about: about, step: step, language: LanguageNumber(header.language)))
        case .opening, .declaration, .recovery, .inForce, .roster, .receipt, .holdingReply, .channel, .lightRelease, .release, .presence, nil:
            return nil
        }
    }
}

/// Whether our own station may release what officers have signed. A peer's releases are judged by `Release`.
public enum ReleaseRules {
    /// Whether one more officer may sign.
    ///
    /// - Parameters:
    ///   - signers: who has signed already.
    ///   - roster: ours, as it is in force.
    /// - Throws: the first rule that it breaks.
    public static func check(
        _ signature: OfficerSignature, of statement: ReleasedStatement, after signers: [String], _ roles: [OfficerRole], _ roster: Roster?, line: Hash
    ) throws(Refusal) {
        guard let roster else { throw .release(.noRoster) }
        guard let officer = roster.officer(signature.officer) else { throw .release(.unknownOfficer(signature.officer)) }
        guard !signers.contains(signature.officer) else { throw .release(.signedAlready(signature.officer)) }
        let before = signers.compactMap { roster.officer($0) }
        guard assigned(before + [officer], to: roles, isComplete: false) != nil else {
            throw .release(.wrongRole(officer.code, has: officer.roles, missing: missing(before, roles)))
        }
        let bytes = statement.signedBytes(line: line, party: roster.party)
        guard officer.light.verifies(signature.light, over: bytes), officer.composite.verifies(signature.composite, over: bytes) else {
            throw .release(.badSignature(officer.code))
        }
    }

    /// The attestations of a statement that enough officers have signed.
    ///
    /// - Parameters:
    ///   - roster: ours, as it is in force where the statement will stand.
    ///   - isUsed: whether our record names the release id already.
    /// - Throws: the first rule that it breaks.
    public static func check(
        _ draft: ReleaseDraft, _ roles: [OfficerRole], _ roster: Roster?, isUsed: Bool, line: Hash
    ) throws(Refusal) -> (light: Attestation, composite: Attestation) {
        guard !isUsed else { throw .release(.usedBefore) }
        guard let roster else { throw .release(.noRoster) }
        // Who has been revoked since has not signed.
        let signers = draft.signatures.filter { roster.officer($0.officer) != nil }
        let officers = signers.compactMap { roster.officer($0.officer) }
        guard let chosen = assigned(officers, to: roles, isComplete: true) else { throw .release(.missing(missing(officers, roles))) }
        let signatures = chosen.compactMap { officer in signers.first { $0.officer == officer.code } }
        let light = Attestation(
            release: draft.statement.release, roster: roster.version, signatures: signatures.map { .init(officer: $0.officer, bytes: $0.light) }
        )
        let composite = Attestation(
            release: draft.statement.release, roster: roster.version, signatures: signatures.map { .init(officer: $0.officer, bytes: $0.composite) }
        )
        for (attestation, strength) in [(light, Attestation.Strength.light), (composite, .composite)] {
            switch attestation.fault(strength, draft.statement, roles, roster, line: line, party: roster.party) {
            case nil: break
            case .notSigned(let officer)?: throw .release(.badSignature(officer))
            case .unreadable?, .notItsAuthor?, .otherHandling?, .noRoster?, .otherRoster?, .officers?, .sameOfficer?, .unknownOfficer?, .wrongRole?, .usedBefore?:
                throw .release(.missing(roles))
            }
        }
        return (light, composite)
    }

    /// Of the roles those that none of these officers would have to take.
    public static func missing(_ officers: [Roster.Officer], _ roles: [OfficerRole]) -> [OfficerRole] {
        for count in (0...roles.count).reversed() {
            for left in choices(roles, count) where assigned(officers, to: left, isComplete: true) != nil {
                var missing = roles
                for role in left { if let place = missing.firstIndex(of: role) { missing.remove(at: place) } }
                return missing
            }
        }
        return roles
    }

    /// Different officers for the roles, in the order of these; nil where there are none. Incomplete: a role for each of the officers.
    private static func assigned(_ officers: [Roster.Officer], to roles: [OfficerRole], isComplete: Bool) -> [Roster.Officer]? {
        if !isComplete {
            guard officers.count <= roles.count else { return nil }
            return choices(roles, officers.count).lazy.compactMap { assigned(officers, to: $0, isComplete: true) }.first
        }
        guard let role = roles.first else { return [] }
        for (place, officer) in officers.enumerated() where officer.roles.contains(role) {
            var others = officers
            others.remove(at: place)
            if let rest = assigned(others, to: Array(roles.dropFirst()), isComplete: true) { return [officer] + rest }
        }
        return nil
    }

    /// So many of the roles, in their order: there are four at most.
    private static func choices(_ roles: [OfficerRole], _ count: Int) -> [[OfficerRole]] {
        guard count > 0 else { return [[]] }
        guard roles.count >= count else { return [] }
        return choices(Array(roles.dropFirst()), count - 1).map { [roles[0]] + $0 } + choices(Array(roles.dropFirst()), count)
    }
}

/// Why nothing was released, or signed for release, or why a roster is not stated.
public enum ReleaseRefusal: Hashable, Sendable {
    /// One officer's word is enough on this channel.
    case notNeeded(channel: String)
    /// It needs release, and is of a kind that cannot be drafted.
    case notReleasable
    case noRoster
    /// Not enrolled, or revoked.
    case unknownOfficer(String)
    case signedAlready(String)
    case wrongRole(String, has: [OfficerRole], missing: [OfficerRole])
    case badSignature(String)
    /// Roles that no officer has signed for.
    case missing([OfficerRole])
    case usedBefore
    /// It was drafted under another agreement: its posts may be others now.
    case otherAgreement
    /// What was drafted would be written otherwise now.
    case changed
    /// After a restore the other side has not yet said what it holds of our record.
    case notRebuilt
    // Of rosters.
    case foreignRoster
    case staleRoster(found: UInt64, inForce: UInt64)
}
