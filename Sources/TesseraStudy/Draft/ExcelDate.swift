internal import TesseraSurvey

/// Ranges that Excel turned into dates: `10-14` comes back as `14-Oct`, `3-5` as `05-Mar`.
enum ExcelDate {
  private static let months: [[String]] = [
    ["jan", "ene", "janv"], ["feb", "fev", "fevr"], ["mar", "mrz", "mars", "marz"],
    ["apr", "avr", "abr"], ["may", "mai"], ["jun", "juin"], ["jul", "juil"],
    ["aug", "aout", "ago"],
    ["sep", "sept", "set"], ["oct", "okt", "out"], ["nov"], ["dec", "dez", "dic"],
  ]

  /// The range that a date was; `nil` for other answers.
  static func range(_ answer: String) -> String? {
    let parts = answer.split { "-. ".contains($0) }
    guard parts.count == 2 else { return nil }
    for (day, month) in [(parts[0], parts[1]), (parts[1], parts[0])] {
      guard let number = Int(day), (1...31).contains(number),
        let place = months.firstIndex(where: { $0.contains(NameWords.folded(String(month))) })
      else { continue }
      return "\(min(place + 1, number))-\(max(place + 1, number))"
    }
    return nil
  }

  /// What to tell of answers of which some are such dates; empty if none is.
  static func told(_ answers: [String]) -> String {
    let found = answers.compactMap { answer in range(answer).map { "\(answer) is \($0)" } }
    return found.isEmpty || found.count == answers.count
      ? "" : "; Excel made dates of some: " + found.joined(separator: ", ")
  }
}
