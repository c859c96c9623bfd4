/// Samples as text: the Prometheus exposition format, version 0.0.4.
enum Exposition {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Samples of one name stand together, under one HELP and one TYPE, in the order in which the names first come.
    static func text(_ samples: [MetricSample]) -> String {
        var names: [String] = []
        var byName: [String: [MetricSample]] = [:]
        for sample in samples {
            if byName[sample.name] == nil { names.append(sample.name) }
            byName[sample.name, default: []].append(sample)
        }
        var out = ""
        for name in names {
            guard let group = byName[name], let first = group.first else { continue }
            out += "# HELP \(name) \(escaped(first.help))\n# TYPE \(name) \(first.kind.rawValue)\n"
            for sample in group { out += "\(name)\(labels(sample.labels)) \(number(sample.value))\n" }
        }
        return out
    }

    private static func labels(_ labels: [String: String]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map(String.init) ?? String(value)
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quotes: out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
