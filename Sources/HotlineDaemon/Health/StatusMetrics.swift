import HotlineDesk

extension StatusView {
    /// What a status says, in numbers.
    var samples: [MetricSample] {
        let own = PartySamples(party: party, record: record)
        return [
            MetricSample(
                "hotline_evidence_total", .gauge, help: "Forks and conflicts of which proof is held. Anything but 0 needs a person.", value: Double(evidence)
            )
        ] + own.samples + peers.flatMap { PartySamples(party: $0.party, record: $0.record).samples } + peers.flatMap(\.samples)
    }
}

private struct PartySamples {
    let party: String
    let record: CoverView

    var samples: [MetricSample] {
        [
            sample("hotline_entries_total", .counter, "Entries of the party's record that are durable here.", record.entries),
            sample("hotline_signed_full", .gauge, "The last entry that a full signature of its author covers.", record.inFullUpTo),
            sample("hotline_signed_provisional", .gauge, "The last entry that a light signature of its author covers.", record.provisionallyUpTo),
            sample("hotline_unsigned_entries", .gauge, "Entries that no signature of their author covers.", record.unsigned),
        ]
    }

    private func sample(_ name: String, _ kind: MetricSample.Kind, _ help: String, _ value: UInt64) -> MetricSample {
        MetricSample(name, kind, help: help, labels: ["party": party], value: Double(value))
    }
}

extension PeerView {
    fileprivate var samples: [MetricSample] {
        [
            sample("hotline_peer_up", .gauge, "Whether any bearer to the peer is up.", bearers.contains(where: \.isUp) ? 1 : 0),
            sample("hotline_backlog_entries", .gauge, "Our entries that are not at the peer's station.", Double(backlog)),
            sample("hotline_epochs_banked", .gauge, "Epochs made ahead with the peer.", Double(epochsBanked)),
            sample("hotline_frames_sent_total", .counter, "Frames handed to the bearers to the peer.", Double(framesSent)),
            sample("hotline_frame_bytes_sent_total", .counter, "Bytes of them.", Double(frameBytesSent)),
            sample("hotline_frames_dropped_total", .counter, "Frames from the peer that did not open.", Double(framesDropped)),
            sample("hotline_violations_total", .counter, "Times that the peer broke a rule.", Double(violations)),
        ] + bearers.flatMap { $0.samples(peer: party) }
    }

    private func sample(_ name: String, _ kind: MetricSample.Kind, _ help: String, _ value: Double) -> MetricSample {
        MetricSample(name, kind, help: help, labels: ["peer": party], value: value)
    }
}

extension BearerView {
    fileprivate func samples(peer: String) -> [MetricSample] {
        let labels = ["peer": peer, "kind": kind]
        var out = [
            MetricSample("hotline_bearer_up", .gauge, help: "Whether the bearer to the peer is up.", labels: labels, value: isUp ? 1 : 0),
            MetricSample("hotline_probes_sent_total", .counter, help: "Probes sent on the bearer.", labels: labels, value: Double(probesSent)),
            MetricSample("hotline_probes_answered_total", .counter, help: "Probes that were answered.", labels: labels, value: Double(probesAnswered)),
        ]
        if let lastHeard {
            out.append(
                MetricSample(
                    "hotline_bearer_last_heard_seconds", .gauge, help: "Time since the peer was last heard on the bearer.", labels: labels, value: lastHeard
                )
            )
        }
        if let roundTrip {
            out.append(
                MetricSample(
                    "hotline_round_trip_seconds", .gauge, help: "Round trip on the bearer, smoothed.", labels: labels, value: roundTrip / 1000
                )
            )
        }
        return out
    }
}
