/// What a target checks besides that the process lives. Unlike a precondition it says what is wrong in an optimised build too.
func check(_ isSo: @autoclosure () -> Bool, _ what: @autoclosure () -> String) {
    if !isSo() { fatalError(what()) }
}
