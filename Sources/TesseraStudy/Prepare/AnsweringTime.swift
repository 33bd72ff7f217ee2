/// How long something took, as programs write it.
enum AnsweringTime {
  /// The seconds of a text: `341`, `5:41` (minutes and seconds), `0:05:41`.
  ///
  /// - Parameter text: The cell.
  /// - Returns: Seconds; `nil` for anything else.
  static func seconds(_ text: String) -> Double? {
    let plain = text.filter { !$0.isWhitespace }
    let parts = plain.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), let last = parts.last,
      last.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let seconds = Double(last)
    else { return nil }
    var total = 0.0
    for (place, part) in parts.dropLast().enumerated() {
      guard !part.isEmpty, part.count <= 6, part.allSatisfy({ $0.isASCII && $0.isNumber }),
        let number = Double(part), place == 0 || number < 60
      else { return nil }
      total = total * 60 + number
    }
    guard parts.count == 1 || seconds < 60 else { return nil }
    return parts.count == 1 ? seconds : total * 60 + seconds
  }
}
