internal import TesseraSurvey

/// Fits rules of what is missing into what SPSS can declare: three codes, or a range and a code.
enum SPSSMissing {
  /// Fits rules.
  ///
  /// - Parameters:
  ///   - rules: Codes and ranges of numbers.
  ///   - substantive: Values that must not become missing.
  /// - Returns: What SPSS can declare, and whether some rule had to be left out.
  static func fit(
    _ rules: [MissingRule], substantive: [Double]
  ) -> (rules: [MissingRule], isCut: Bool) {
    var ranges: [(low: Double, high: Double)] = []
    var codes: [Double] = []
    for rule in rules {
      switch rule {
      case .range(let low, let high): ranges.append((low, high))
      case .code(let code): if let value = code.number { codes.append(value) }
      }
    }
    if ranges.isEmpty, codes.count <= 3 { return (rules, false) }
    codes.removeAll { code in ranges.contains { $0.low <= code && code <= $0.high } }
    if ranges.count == 1, codes.count <= 1 {
      return ([.range(ranges[0].low, ranges[0].high)] + codes.map { .code(.number($0)) }, false)
    }
    codes.sort()
    if ranges.isEmpty {
      // A range over all codes, or all but the first or the last.
      let choices: [(Double, Double, Double?)] = [
        (codes[0], codes[codes.count - 1], nil),
        (codes[1], codes[codes.count - 1], codes[0]),
        (codes[0], codes[codes.count - 2], codes[codes.count - 1]),
      ]
      for (low, high, single) in choices
      where !substantive.contains(where: { low <= $0 && $0 <= high }) {
        return ([.range(low, high)] + (single.map { [.code(.number($0))] } ?? []), false)
      }
      return (codes.prefix(3).map { .code(.number($0)) }, true)
    }
    let first = ranges[0]
    return ([.range(first.low, first.high)] + codes.prefix(1).map { .code(.number($0)) }, true)
  }
}

/// Texts that are all days, or all times, and can become numbers.
struct StatMoments {
  private let time: ValueFormat.Time

  /// `nil` if a variable holds anything else.
  init?(_ variable: Variable) {
    guard variable.level == .date, variable.format == nil, variable.answers.isCoded,
      !variable.categories.isEmpty
    else {
      return nil
    }
    var times = Set<Bool>()
    var hasClock = false
    for category in variable.categories {
      guard case .text(let text) = category.code, let parsed = CalendarText.parse(text) else {
        return nil
      }
      if parsed.time == .clock { hasClock = true } else { times.insert(parsed.time == .moment) }
    }
    guard times.isEmpty || !hasClock else { return nil }
    time = hasClock ? .clock : times.contains(true) ? .moment : .day
  }

  /// How the program counts and shows such numbers.
  func format(_ target: StatPlan.Target) -> ValueFormat { Self.format(target, time) }

  /// The usual format of a program for days, moments and times.
  static func format(_ target: StatPlan.Target, _ time: ValueFormat.Time) -> ValueFormat {
    switch (target, time) {
    case (.spss, .day): ValueFormat(family: .spss, text: "DATE11")
    case (.spss, .moment): ValueFormat(family: .spss, text: "DATETIME20")
    case (.spss, .clock): ValueFormat(family: .spss, text: "TIME8")
    case (.stata, .day): ValueFormat(family: .stata, text: "%td")
    case (.stata, .moment): ValueFormat(family: .stata, text: "%tc")
    case (.stata, .clock): ValueFormat(family: .stata, text: "%tcHH:MM:SS")
    }
  }
}

/// How the numbers of a variable change between programs: only where they count time.
struct StatScale {
  let format: String
  let change: @Sendable (Double) -> Double

  init(_ variable: Variable, _ target: StatPlan.Target) {
    let family: ValueFormat.Family = target == .spss ? .spss : .stata
    guard let own = variable.format else {
      format = ""
      change = { $0 }
      return
    }
    if own.family == family {
      // A text's format may stand at a variable without one answer.
      format = own.isText ? "" : own.text
      change = { $0 }
      return
    }
    guard let time = own.time else {
      format = ""
      change = { $0 }
      return
    }
    let other = StatMoments.format(target, time)
    format = other.text
    change = { number in
      guard let seconds = own.seconds(number) else { return number }
      // A time of the day is counted from midnight of Stata's first day.
      if target == .stata, time == .clock { return seconds * 1000 }
      return other.number(seconds) ?? number
    }
  }
}
