import HotlineDesk

extension LocalFile {
    /// What is installed a station knows by its name and its place alone. A draft under such a name would keep the station from
    /// starting, and a key statement would be in force before anybody has read its words to the other side.
    ///
    /// - Throws: `refused` where a station would take this file as installed.
    func checkIsNotInstalled() throws(DeskError) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let isName = name == "agreement.txt" || name.hasPrefix("agreement-") || name.hasPrefix("keys-")
        guard isName, name.hasSuffix(".txt"), LocalFile("\(directory)/station.key").exists else { return }
        throw DeskError(
            .refused, "\(path) would be taken as installed: it is a name that counts in a station's directory",
            hint: "name a file in another directory; 'install' puts it there when its time has come"
        )
    }
}
