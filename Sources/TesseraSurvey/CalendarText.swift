/// Days and moments as text, `2026-01-31` and `2026-01-31 10:00:00`, and back.
///
/// In the Gregorian calendar, carried back before 1582, without time zones.
public enum CalendarText {
  /// A day, or a day and a time, as text.
  ///
  /// - Parameters:
  ///   - seconds: Seconds since 1 January 1970.
  ///   - time: What to show.
  /// - Returns: The text; `nil` beyond the years 1 to 9999.
  public static func text(_ seconds: Double, _ time: ValueFormat.Time) -> String? {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return nil }
    if time == .clock { return clock(seconds) }
    let day = (seconds / 86_400).rounded(.down)
    let (year, month, date) = civil(Int(day))
    guard (1...9999).contains(year) else { return nil }
    let text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))"
    let rest = seconds - day * 86_400
    return time == .day ? text : "\(text) \(clock(rest))"
  }

  /// The moment that a text in the forms of ``text(_:_:)`` stands for.
  ///
  /// - Parameter text: A day, perhaps with a time behind a space or a `T`, or a time alone.
  /// - Returns: Seconds since 1970 (or of the clock), and what the text tells; `nil` if it is
  ///   something else.
  public static func parse(_ text: String) -> (seconds: Double, time: ValueFormat.Time)? {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == " " || $0 == "T"
    }
    let day = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard day.count == 3 else {
      return parts.count == 1 ? clock(parts[0]).map { ($0, .clock) } : nil
    }
    guard day[0].count == 4, day[1].count == 2, day[2].count == 2, let year = whole(day[0]),
      let month = whole(day[1]), let date = whole(day[2]), year > 0, (1...12).contains(month),
      (1...31).contains(date)
    else { return nil }
    let days = self.days(year, month, date)
    guard civil(days) == (year, month, date) else { return nil }
    guard parts.count == 2 else { return (Double(days) * 86_400, .day) }
    guard let rest = clock(parts[1]), (0..<86_400).contains(rest) else { return nil }
    return (Double(days) * 86_400 + rest, .moment)
  }

  /// Days since 1 January 1970.
  ///
  /// After "chrono-compatible low-level date algorithms" by Howard Hinnant.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Year, month and day of a number of days since 1 January 1970.
  private static func civil(_ days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func clock(_ seconds: Double) -> String {
    let sign = seconds < 0 ? "-" : ""
    // Milliseconds are as fine as these formats tell.
    let total = Int((abs(seconds) * 1000).rounded())
    let whole = total / 1000
    let text =
      "\(sign)\(padded(whole / 3600, 2)):\(padded(whole / 60 % 60, 2)):\(padded(whole % 60, 2))"
    return total % 1000 == 0 ? text : "\(text).\(padded(total % 1000, 3))"
  }

  private static func clock(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hours = whole(parts[0]), let minutes = whole(parts[1]),
      minutes < 60, parts[1].count == 2
    else { return nil }
    var seconds = Double(hours * 3600 + minutes * 60)
    if parts.count == 3 {
      let pieces = parts[2].split(separator: ".", omittingEmptySubsequences: false)
      guard pieces.count <= 2, pieces[0].count == 2, let own = whole(pieces[0]), own < 60 else {
        return nil
      }
      seconds += Double(own)
      if pieces.count == 2 {
        guard whole(pieces[1]) != nil, let fraction = Double("0." + pieces[1]) else { return nil }
        seconds += fraction
      }
    }
    return seconds
  }

  private static func whole(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.count <= 6,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
