import HotlineStation
import HotlineWire

/// What the calendar holds.
enum Happening {
    case arrive(link: Int, direction: Int, session: Int?, frame: [UInt8])
    case left(link: Int, machine: Int, life: Int, bytes: Int)
    /// In a box: an input may hold a whole draft, and would make every happening as large.
    indirect case input(machine: Int, life: Int, Input)
    case turn(machine: Int, life: Int)
    case start(machine: Int)
    case connect(link: Int)
    /// The next letter of a station.
    case compose(StationNumber)
    /// The next fault.
    case fault
    /// The end of one.
    case relief(Relief)
    /// A courier leaves with what is in the bag.
    case departure(link: Int)
    case courier(link: Int, direction: Int, frames: [[UInt8]])

    enum Relief {
        case link(Int)
        case disk(machine: Int)
        case clone(StationNumber)
    }
}
