import HotlineWire

extension TermsReader {
    /// Every channel has bearers, and what passes while it is suspended may be sent on it at all.
    mutating func checkChannels(_ channels: [Placed<Channel>], bearers: [Placed<(ChannelNumber, [BearerKind])>]) {
        let numbers = declared(.channels)
        var last: ChannelNumber?
        for placed in bearers {
            let number = placed.value.0
            if !numbers.contains(Int(number.value)) {
                problems.report(
                    placed.block.line, expected: "a channel that CHANNELS lists", found: "channel \(number)",
                    hint: "Correct the number, or add the channel."
                )
            }
            if let last, number <= last {
                problems.report(
                    placed.block.line, expected: "a number above \(last)", found: "'\(number)'", hint: "Numbers rise, and each stands once."
                )
            }
            last = number
        }
        let carried = Set(outline.sections[.bearers]?.blocks.map(\.head.values.first) ?? [])
        for number in numbers.sorted() where !carried.contains(.word(String(number))) && outline.sections[.bearers] != nil {
            problems.report(
                outline.sections[.bearers]?.line ?? 0, expected: "bearers of channel \(number)", found: "none",
                hint: "Say what may carry it."
            )
        }
        for placed in channels {
            guard case .allowed(let passing) = placed.value.suspension else { continue }
            for precedence in passing where !placed.value.precedences.contains(precedence) {
                problems.report(
                    placed.block.line(of: "passes"), expected: "precedences that the channel allows", found: "'\(precedence)'",
                    hint: "Only what may be sent on the channel can pass."
                )
            }
        }
    }

    /// Regular contacts are between opposite posts.
    mutating func checkContacts(_ contacts: [Placed<RegularContact>], posts: [Placed<Post>]) {
        let numbers = declared(.posts)
        for placed in contacts {
            let line = placed.block.line(of: "posts")
            for number in placed.value.posts where !numbers.contains(Int(number.value)) { reportNoPost(line, number) }
            guard let first = posts.first(where: { $0.value.number == placed.value.posts[0] })?.value,
                numbers.contains(Int(placed.value.posts[1].value)),
                !first.counterparts.contains(placed.value.posts[1])
            else { continue }
            problems.report(
                line, expected: "two posts that are counterparts", found: "posts \(first.number) and \(placed.value.posts[1])",
                hint: "A regular contact is one of opposite numbers."
            )
        }
    }
}
