/// The three posts with which a defence staff comes to a line, highest first: the minister, the chief of staff, the watch.
public struct DefenceStaff: Hashable, Sendable {
    public struct Office: Hashable, Sendable {
        /// Behind the party's mark and a hyphen: `cgs` becomes `m-cgs`.
        public var code: String
        /// In English first, and in as many languages as are known.
        public var title: Wording
        public var address: Wording
        public init(code: String, title: Wording, address: Wording) {
            self.code = code
            self.title = title
            self.address = address
        }
    }
    public var minister: Office
    public var chief: Office
    public var watch: Office

    public init(minister: Office, chief: Office, watch: Office) {
        self.minister = minister
        self.chief = chief
        self.watch = watch
    }

    /// The staff that a party's English name suggests; a general one, with the name in its titles, for every other.
    public static func suggested(for names: Wording) -> DefenceStaff {
        switch names.text(in: .english) {
        case "United States of America", "United States", "USA": unitedStates
        case "Russian Federation", "Russia": russianFederation
        default: general(names)
        }
    }

    public static let unitedStates = DefenceStaff(
        minister: office(
            "secdef", "Secretary of Defense of the United States", "Министр обороны США", address: "Secretary", "Господин министр"
        ),
        chief: office(
            "cjcs", "Chairman of the Joint Chiefs of Staff", "Председатель Объединённого комитета начальников штабов ВС США",
            address: "General", "Господин генерал"
        ),
        watch: office(
            "watch", "Watch Officer, National Military Command Center", "Дежурный офицер Национального военного командного центра США",
            address: "Watch Officer", "Дежурный офицер"
        )
    )

    public static let russianFederation = DefenceStaff(
        minister: office(
            "mod", "Minister of Defence of the Russian Federation", "Министр обороны Российской Федерации", address: "Minister",
            "Господин министр"
        ),
        chief: office(
            "cgs", "Chief of the General Staff of the Russian Armed Forces",
            "Начальник Генерального штаба Вооружённых Сил Российской Федерации", address: "General", "Господин генерал"
        ),
        watch: office(
            "watch", "Duty Officer, National Defence Management Centre",
            "Оперативный дежурный Национального центра управления обороной Российской Федерации", address: "Duty Officer",
            "Оперативный дежурный"
        )
    )

    public static func general(_ names: Wording) -> DefenceStaff {
        let english = names.text(in: .english)
        let russian = names.text(in: .russian)
        return DefenceStaff(
            minister: office(
                "mod", "Minister of Defence, \(english)", "Министр обороны, \(russian)", address: "Minister", "Господин министр"),
            chief: office(
                "cgs", "Chief of the General Staff, \(english)", "Начальник Генерального штаба, \(russian)", address: "General",
                "Господин генерал"
            ),
            watch: office(
                "watch", "Watch Officer, \(english)", "Оперативный дежурный, \(russian)", address: "Watch Officer", "Оперативный дежурный")
        )
    }

    private static func office(_ code: String, _ english: String, _ russian: String, address: String, _ russianAddress: String) -> Office {
        Office(
            code: code,
            title: Wording([Wording.Version(.english, english), Wording.Version(.russian, russian)]),
            address: Wording([Wording.Version(.english, address), Wording.Version(.russian, russianAddress)])
        )
    }
}
