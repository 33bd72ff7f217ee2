internal import TesseraSurvey

/// Columns side by side whose answers are of one kind, five or more: the parts of one question or
/// battery, whatever one of their names may speak of.
struct LikeRuns {
  /// What the answers of a run are.
  enum Kind: Equatable {
    /// 0 and 1, or a text and the same text denied ("tea time", "Not.tea time").
    case ticks
    /// Yes and no in words.
    case words(Set<String>)
    /// Whole numbers without labels, from the lowest to the highest.
    case numbers(low: Double, high: Double)
  }

  struct Run {
    var kind: Kind
    /// Positions in the file.
    var places: Range<Int>
  }

  /// The fewest columns that are a run.
  static let fewest = 5

  let runs: [Run]

  /// Finds the runs of a file.
  ///
  /// - Parameters:
  ///   - facts: The columns in order.
  ///   - codes: The codes of a column that are no answers.
  /// - Complexity: O(columns × answers on offer).
  init(_ facts: [ColumnFacts], without codes: (ColumnFacts) -> Set<String>) {
    var found: [Run] = []
    for (place, column) in facts.enumerated() {
      guard let own = Self.kind(column, codes(column)) else { continue }
      if let last = found.last, last.places.upperBound == place,
        let joined = Self.joined(last.kind, own)
      {
        found[found.count - 1].kind = joined
        found[found.count - 1].places = last.places.lowerBound..<(place + 1)
      } else {
        found.append(Run(kind: own, places: place..<(place + 1)))
      }
    }
    runs = found.filter { $0.places.count >= Self.fewest }
  }

  private static func kind(_ column: ColumnFacts, _ codes: Set<String>) -> Kind? {
    let variable = column.variable
    guard column.answered > 0, variable.level != .date, variable.level != .text else { return nil }
    let labels = variable.categories.filter { $0.label != $0.code.text }
    let isNumber = variable.isNumeric || !variable.answers.isCoded
    if isNumber, labels.isEmpty {
      let values = column.values.map(\.value).filter {
        !codes.contains(AnswerCode.number($0).text)
      }
      guard column.distinct != nil, let low = values.first, let high = values.last,
        values.count <= 12, low >= -5, high <= 11, values.allSatisfy({ $0 == $0.rounded() })
      else { return nil }
      if low >= 0, high <= 1 { return .ticks }
      return values.count >= 3 ? .numbers(low: low, high: high) : nil
    }
    let offered = (variable.isNumeric ? variable.categories : column.categories)
      .filter { !codes.contains($0.code.text) }.map(\.label)
    if offered.count == 2, DeniedAnswer.place(in: offered) != nil { return .ticks }
    guard (2...12).contains(offered.count), offered.allSatisfy({ $0.count <= 60 }) else {
      return nil
    }
    return .words(Set(offered.map(NameWords.folded)))
  }

  /// What two kinds are together; `nil` if they are answers to different questions.
  private static func joined(_ one: Kind, _ other: Kind) -> Kind? {
    switch (one, other) {
    case (.ticks, .ticks): return .ticks
    case (.numbers(let low, let high), .numbers(let ownLow, let ownHigh)):
      // Nobody may have given the lowest or the highest answer to one of them.
      guard abs(low - ownLow) <= 1, abs(high - ownHigh) <= 1 else { return nil }
      return .numbers(low: min(low, ownLow), high: max(high, ownHigh))
    case (.words(let words), .words(let own)):
      let isWithin = own.isSubset(of: words) || words.isSubset(of: own)
      guard isWithin, abs(words.count - own.count) <= 1 else { return nil }
      return .words(words.union(own))
    default: return nil
    }
  }
}

/// Tells two answers of which one denies the other: "sugar" and "No.sugar".
enum DeniedAnswer {
  private static let denials: Set<String> = [
    "not", "no", "non", "nicht", "kein", "keine", "keinen", "pas", "sin", "nao", "without", "ohne",
    "sans",
  ]

  /// Which of two answers denies the other; `nil` if none does.
  static func place(in answers: [String]) -> Int? {
    guard answers.count == 2 else { return nil }
    let words = answers.map { NameWords($0).words }
    return (0...1).first { place in
      let (own, other) = (words[place], words[1 - place])
      return own.count == other.count + 1 && !other.isEmpty
        && own.first.map(denials.contains) ?? false && Array(own.dropFirst()) == other
    }
  }
}
