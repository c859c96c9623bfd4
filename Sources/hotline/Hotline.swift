import ArgumentParser
@main struct Hotline: ParsableCommand { func run() {} }
