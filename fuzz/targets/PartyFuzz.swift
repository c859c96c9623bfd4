import HotlineAgreement
import HotlineBearers
import HotlineDesk
import NIOCore

@testable import HotlineDaemon

/// The texts of the ceremony and of a station's directory, and what comes over the control socket.
enum PartyFuzz {
    static func agreement(_ bytes: [UInt8]) {
        do throws(AgreementError) {
            let parsed = try Agreement.parse(bytes)
            check(parsed.file == bytes, "an agreement has one form")
            _ = try? parsed.verified()
        } catch {
            bound(error)
        }
    }

    static func card(_ bytes: [UInt8]) {
        do throws(AgreementError) {
            let card = try IdentityCard.parse(bytes)
            check(card.file == bytes, "a card has one form")
        } catch {
            bound(error)
        }
    }

    /// A mistake is told in few words, whatever was read.
    private static func bound(_ error: AgreementError) {
        guard case .malformed(let problems) = error else { return }
        check((1...20).contains(problems.count), "one to twenty problems are told")
        for problem in problems { check(problem.found.utf8.count <= 2048, "a problem quotes no more than a line") }
    }

    static func configuration(_ bytes: [UInt8]) {
        guard let configuration = try? Configuration(bytes, file: "hotline.yaml") else { return }
        // What is written for it reads back as the same, where its names need no quotes.
        guard configuration.tls.peers.allSatisfy({ $0.name.utf8.allSatisfy { $0.isLetterOrDigit } }) else { return }
        guard let again = try? Configuration(configuration.file, file: "hotline.yaml") else {
            fatalError("a configuration that was read can be written and read again")
        }
        check(again.tls.listen == configuration.tls.listen && again.healthPort == configuration.healthPort, "and says the same")
    }

    /// The first byte says which key is expected.
    static func key(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let purposes = KeyPurpose.allCases
        let text = Array(bytes.dropFirst())
        guard let file = try? KeyFile(text, expecting: purposes[Int(first) % purposes.count], path: "x.key") else { return }
        check(file.bytes == text, "a key file has one form")
    }

    static func control(_ bytes: [UInt8]) {
        guard let order = try? ControlJSON.decode(LetterOrder.self, ByteBuffer(bytes: bytes)) else { return }
        guard let encoded = try? ControlJSON.encode(order), let again = try? ControlJSON.decode(LetterOrder.self, encoded) else {
            fatalError("an order that was read can be written and read again")
        }
        check(again == order, "and says the same")
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
