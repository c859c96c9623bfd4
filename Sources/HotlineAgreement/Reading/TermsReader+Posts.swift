import HotlineWire

extension TermsReader {
    mutating func readPosts() -> [Placed<Post>] {
        var found: [Placed<Post>] = []
        for entry in numbered(.posts, "post", 1...Limits.postsMax, code: true) {
            let block = entry.block
            allow(["party", "counterparts", "succession", "rank", "title", "address"], in: block)
            let party = one("party", in: block, "the number of a party") { Self.station($0.word) }
            let posts = "numbers of posts, or 'none'"
            let counterparts = one("counterparts", in: block, posts) { Self.list($0.words, Self.post) }
            let succession = one("succession", in: block, posts) { Self.list($0.words, Self.post) }
            let rank = optional("rank", in: block, "a number from 1 to \(Limits.rankMax)") { values in
                values.word.flatMap { WholeNumber.value($0) }.flatMap { (1...Limits.rankMax).contains($0) ? UInt8($0) : nil }
            }
            let title = wording("title", in: block, bytesMax: Limits.titleBytesMax)
            let address = wording("address", in: block, bytesMax: Limits.titleBytesMax)
            guard let number = UInt8(exactly: entry.number).flatMap(PostNumber.init), let party, let counterparts, let succession,
                let title,
                let address
            else { continue }
            let post = Post(
                number: number, code: entry.code, party: party, counterparts: counterparts, succession: succession, rank: rank,
                title: title,
                address: address
            )
            found.append(Placed(value: post, block: block))
        }
        return found
    }

    static func post(_ word: String) -> PostNumber? { WholeNumber.value(word).flatMap(UInt8.init(exactly:)).flatMap(PostNumber.init) }
}
