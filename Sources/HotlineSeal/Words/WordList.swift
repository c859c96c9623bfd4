/// The PGP word list (Patrick Juola and Philip Zimmermann, 1995): for each value of a byte one word of two syllables and
/// one of three, chosen so that they sound unlike one another. Bytes at even places (0, 2, …) are read as words of two
/// syllables and those at odd places as words of three, so that a word left out, said twice or swapped breaks the rhythm.
enum WordList {
    /// The number of words in each of the two lists: one for each value of a byte.
    static let count = 256

    /// The list for the byte at this place, counted from 0.
    static func list(at place: Int) -> [String] { place.isMultiple(of: 2) ? twoSyllables : threeSyllables }

    /// Whether the list for this place has the word, and for which byte. Capitals do not matter.
    static func byte(of word: some StringProtocol, at place: Int) -> UInt8? {
        (place.isMultiple(of: 2) ? twoSyllableBytes : threeSyllableBytes)[word.lowercased()]
    }

    private static let twoSyllableBytes = bytes(of: twoSyllables)
    private static let threeSyllableBytes = bytes(of: threeSyllables)

    private static func bytes(of words: [String]) -> [String: UInt8] {
        var table: [String: UInt8] = [:]
        for (value, word) in words.enumerated() { table[word.lowercased()] = UInt8(value) }
        return table
    }

    private static func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    /// For bytes at even places.
    static let twoSyllables: [String] = words(
        """
        aardvark absurd accrue acme adrift adult afflict ahead aimless Algol allow alone ammo ancient apple artist assume Athens
        atlas Aztec baboon backfield backward banjo beaming bedlamp beehive beeswax befriend Belfast berserk billiard bison
        blackjack blockade blowtorch bluebird bombast bookshelf brackish breadline breakup brickyard briefcase Burbank button
        buzzard cement chairlift chatter checkup chisel choking chopper Christmas clamshell classic classroom cleanup clockwork
        cobra commence concert cowbell crackdown cranky crowfoot crucial crumpled crusade cubic dashboard deadbolt deckhand
        dogsled dragnet drainage dreadful drifter dropper drumbeat drunken Dupont dwelling eating edict egghead eightball
        endorse endow enlist erase escape exceed eyeglass eyetooth facial fallout flagpole flatfoot flytrap fracture framework
        freedom frighten gazelle Geiger glitter glucose goggles goldfish gremlin guidance hamlet highchair hockey indoors
        indulge inverse involve island jawbone keyboard kickoff kiwi klaxon locale lockup merit minnow miser Mohawk mural music
        necklace Neptune newborn nightbird Oakland obtuse offload optic orca payday peachy pheasant physique playhouse Pluto
        preclude prefer preshrunk printer prowler pupil puppy python quadrant quiver quota ragtime ratchet rebirth reform regain
        reindeer rematch repay retouch revenge reward rhythm ribcage ringbolt robust rocker ruffled sailboat sawdust scallion
        scenic scorecard Scotland seabird select sentence shadow shamrock showgirl skullcap skydive slingshot slowdown snapline
        snapshot snowcap snowslide solo southward soybean spaniel spearhead spellbind spheroid spigot spindle spyglass stagehand
        stagnate stairway standard stapler steamship sterling stockman stopwatch stormy sugar surmount suspense sweatband
        swelter tactics talon tapeworm tempest tiger tissue tonic topmost tracker transit trauma treadmill Trojan trouble tumor
        tunnel tycoon uncut unearth unwind uproot upset upshot vapor village virus Vulcan waffle wallet watchword wayside willow
        woodlark Zulu
        """
    )

    /// For bytes at odd places.
    static let threeSyllables: [String] = words(
        """
        adroitness adviser aftermath aggregate alkali almighty amulet amusement antenna applicant Apollo armistice article
        asteroid Atlantic atmosphere autopsy Babylon backwater barbecue belowground bifocals bodyguard bookseller borderline
        bottomless Bradbury bravado Brazilian breakaway Burlington businessman butterfat Camelot candidate cannonball Capricorn
        caravan caretaker celebrate cellulose certify chambermaid Cherokee Chicago clergyman coherence combustion commando
        company component concurrent confidence conformist congregate consensus consulting corporate corrosion councilman
        crossover crucifix cumbersome customer Dakota decadence December decimal designing detector detergent determine dictator
        dinosaur direction disable disbelief disruptive distortion document embezzle enchanting enrollment enterprise equation
        equipment escapade Eskimo everyday examine existence exodus fascinate filament finicky forever fortitude frequency
        gadgetry Galveston getaway glossary gossamer graduate gravity guitarist hamburger Hamilton handiwork hazardous
        headwaters hemisphere hesitate hideaway holiness hurricane hydraulic impartial impetus inception indigo inertia infancy
        inferno informant insincere insurgent integrate intention inventive Istanbul Jamaica Jupiter leprosy letterhead liberty
        maritime matchmaker maverick Medusa megaton microscope microwave midsummer millionaire miracle misnomer molasses
        molecule Montana monument mosquito narrative nebula newsletter Norwegian October Ohio onlooker opulent Orlando
        outfielder Pacific pandemic Pandora paperweight paragon paragraph paramount passenger pedigree Pegasus penetrate
        perceptive performance pharmacy phonetic photograph pioneer pocketful politeness positive potato processor provincial
        proximate puberty publisher pyramid quantity racketeer rebellion recipe recover repellent replica reproduce resistor
        responsive retraction retrieval retrospect revenue revival revolver sandalwood sardonic Saturday savagery scavenger
        sensation sociable souvenir specialist speculate stethoscope stupendous supportive surrender suspicious sympathy
        tambourine telephone therapist tobacco tolerance tomorrow torpedo tradition travesty trombonist truncated typewriter
        ultimate undaunted underfoot unicorn unify universe unravel upcoming vacancy vagabond vertigo Virginia visitor vocalist
        voyager warranty Waterloo whimsical Wichita Wilmington Wyoming yesteryear Yucatan
        """
    )
}
