/// Reads the intervals that R's `cut` writes as answers, such as `(35,45]`, in words.
enum IntervalLabel {
  /// What a reader sees of an interval.
  ///
  /// - Parameter text: An answer as it stands in the file.
  /// - Returns: Such as "over 35 to 45", "15 to 25", "65 or more"; `nil` if it is no interval of numbers.
  static func words(_ text: String) -> String? {
    guard let first = text.first, let last = text.last, first == "(" || first == "[",
      last == ")" || last == "]"
    else { return nil }
    let ends = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " } }
    guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]), low < high
    else { return nil }
    let (holdsLow, holdsHigh) = (first == "[", last == "]")
    if low == -.infinity {
      return high == .infinity ? nil : "\(holdsHigh ? "up to" : "under") \(ends[1])"
    }
    if high == .infinity { return holdsLow ? "\(ends[0]) or more" : "over \(ends[0])" }
    return "\(holdsLow ? "" : "over ")\(ends[0]) to \(holdsHigh ? "" : "under ")\(ends[1])"
  }
}
