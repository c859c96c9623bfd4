/// What languages call themselves.
enum LanguageName {
    /// The name for itself of a language that is common in treaties; else the tag.
    static func own(of tag: LanguageTag) -> String {
        names.first { $0.tag == tag.text }?.name ?? names.first { $0.tag == tag.language }?.name ?? tag.text
    }

    private static let names: [(tag: String, name: String)] = [
        ("en", "English"), ("ru", "Русский"), ("uk", "Українська"), ("fr", "Français"), ("de", "Deutsch"), ("es", "Español"),
        ("it", "Italiano"), ("pl", "Polski"), ("ro", "Română"), ("cs", "Čeština"), ("fi", "Suomi"), ("sv", "Svenska"),
        ("nb", "Norsk bokmål"),
        ("no", "Norsk"), ("da", "Dansk"), ("et", "Eesti"), ("lv", "Latviešu"), ("lt", "Lietuvių"), ("tr", "Türkçe"), ("el", "Ελληνικά"),
        ("zh", "中文"), ("ja", "日本語"), ("ko", "한국어"), ("ar", "العربية"), ("fa", "فارسی"), ("he", "עברית"), ("hi", "हिन्दी"), ("ur", "اردو"),
        ("pt", "Português"), ("id", "Bahasa Indonesia"), ("vi", "Tiếng Việt"), ("hy", "Հայերեն"), ("az", "Azərbaycanca"), ("ka", "ქართული"),
        ("kk", "Қазақша"), ("be", "Беларуская"), ("bg", "Български"), ("sr", "Српски"), ("hu", "Magyar"), ("sk", "Slovenčina"),
    ]
}
