import Foundation
import Glibc

/// What the kernel says of this process: proc(5).
struct ProcessMetrics: MetricSource {
    func samples() async -> [MetricSample] {
        [
            sample("process_resident_memory_bytes", .gauge, "Memory of the process that is resident.", residentBytes),
            sample("process_open_fds", .gauge, "Files and sockets that the process has open.", openDescriptors),
            sample("process_max_fds", .gauge, "Files and sockets that the process may open.", maxDescriptors),
            sample("process_cpu_seconds_total", .counter, "Processor time that the process has used.", cpuSeconds),
        ].compactMap { $0 }
    }

    private func sample(_ name: String, _ kind: MetricSample.Kind, _ help: String, _ value: Double?) -> MetricSample? {
        value.map { MetricSample(name, kind, help: help, value: $0) }
    }

    private var residentBytes: Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    private var openDescriptors: Double? {
        // One of them is the directory that is being read.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
    }

    private var maxDescriptors: Double? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Double(limit.rlim_cur) : nil
    }

    private var cpuSeconds: Double? {
        let ticks = clock()
        return ticks < 0 ? nil : Double(ticks) / Double(CLOCKS_PER_SEC)
    }
}
