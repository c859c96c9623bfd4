import HotlineWire

extension TermsReader {
    /// Parties, counterparts and successions of the posts, and titles that would name two.
    mutating func checkPosts(_ posts: [Placed<Post>]) {
        let numbers = declared(.posts)
        for placed in posts {
            if !isParty(placed.value.party) { reportNoParty(placed.block.line(of: "party"), placed.value.party) }
            checkCounterparts(placed, posts: posts, numbers: numbers)
            checkSuccession(placed, posts: posts, numbers: numbers)
        }
        checkTitles(posts)
        let manned = Set(posts.map { Int($0.value.party.value) })
        let empty = posts.count == numbers.count && !posts.isEmpty ? declared(.parties).subtracting(manned).sorted() : []
        for number in empty {
            problems.report(
                outline.sections[.posts]?.line ?? 0, expected: "at least one post of party \(number)", found: "none",
                hint: "Messages go to posts: a party without one cannot be reached."
            )
        }
    }

    private mutating func checkCounterparts(_ placed: Placed<Post>, posts: [Placed<Post>], numbers: Set<Int>) {
        let line = placed.block.line(of: "counterparts")
        var parties: [StationNumber] = []
        for number in placed.value.counterparts {
            guard numbers.contains(Int(number.value)) else {
                reportNoPost(line, number)
                continue
            }
            guard let other = posts.first(where: { $0.value.number == number })?.value else { continue }
            if other.party == placed.value.party {
                problems.report(
                    line, expected: "counterparts of other parties", found: "post \(number), of the same party",
                    hint: "Name the post opposite."
                )
            } else if parties.contains(other.party) {
                problems.report(
                    line, expected: "one counterpart at each other party", found: "a second one of party \(other.party), post \(number)",
                    hint: "A post has one opposite number at each party."
                )
            } else if !other.counterparts.contains(placed.value.number) {
                problems.report(
                    line, expected: "counterparts that name each other",
                    found: "post \(number), which does not name post \(placed.value.number)",
                    hint: "Add \(placed.value.number) to the counterparts of post \(number), or take \(number) away here."
                )
            }
            parties.append(other.party)
        }
    }

    private mutating func checkSuccession(_ placed: Placed<Post>, posts: [Placed<Post>], numbers: Set<Int>) {
        let line = placed.block.line(of: "succession")
        for number in placed.value.succession {
            if !numbers.contains(Int(number.value)) {
                reportNoPost(line, number)
            } else if number == placed.value.number {
                problems.report(line, expected: "other posts in the succession", found: "the post itself", hint: "Name who stands in.")
            } else if let other = posts.first(where: { $0.value.number == number })?.value, other.party != placed.value.party {
                problems.report(
                    line, expected: "posts of the same party in the succession", found: "post \(number), of party \(other.party)",
                    hint: "Nobody stands in for the other side."
                )
            }
        }
    }

    private mutating func checkTitles(_ posts: [Placed<Post>]) {
        var titles: [Wording.Version: PostNumber] = [:]
        for placed in posts {
            for version in placed.value.title.versions {
                let key = Wording.Version(version.language, version.text.alike)
                if let earlier = titles[key], earlier != placed.value.number {
                    let line = placed.block.fields.first { $0.key == "title" && $0.values.wordsThenText?.text == version.text }?.line
                    problems.report(
                        line ?? placed.block.line, expected: "a title of its own in '\(version.language)'",
                        found: "the title of post \(earlier)",
                        hint: "Name the party in the title, or messages go to the wrong post."
                    )
                }
                titles[key] = placed.value.number
            }
        }
    }

    mutating func reportNoPost(_ line: Int, _ number: PostNumber) {
        problems.report(line, expected: "a post that POSTS lists", found: "post \(number)", hint: "Correct the number, or add the post.")
    }
}
