extension String {
  /// The text, cut to what a cell or a field can hold.
  ///
  /// Characters that XML does not allow are left out: charts and the properties of the file take texts
  /// as they are.
  func prefixed(_ limit: Int) -> String {
    let short = utf16.count <= limit ? self : String(prefix(limit))
    func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        || scalar == "\t" || scalar == "\n"
    }
    guard !short.unicodeScalars.allSatisfy(isAllowed) else { return short }
    return String(String.UnicodeScalarView(short.unicodeScalars.filter(isAllowed)))
  }
}
