import Foundation

/// Tells in plain words what sets a segment apart.
enum SegmentDescription {
  /// Two or three sentences: who they are, what they value, how they are reached.
  static func sentences(_ traits: [Trait], share: Double, isOnly: Bool) -> [String] {
    guard !isOnly else { return ["Everybody: the answers show one segment."] }
    var sentences: [String] = []
    let told = strongest(traits)
    if let sentence = sentence(told.filter { $0.role == .active }, limit: 3) {
      sentences.append(sentence)
    }
    if let sentence = sentence(told.filter { $0.role == .passive }, limit: 3) {
      sentences.append(sentence)
    }
    if let sentence = sentence(
      told.filter { $0.role == .value }, limit: 2, opening: "What they value: ")
    {
      sentences.append(sentence)
    }
    if let sentence = sentence(
      told.filter { $0.role == .need }, limit: 2, opening: "What they need: ")
    {
      sentences.append(sentence)
    }
    if let sentence = sentence(
      told.filter { $0.role == .channel && $0.effect > 0 }, limit: 2, opening: "Reached by: ")
    {
      sentences.append(sentence)
    }
    if sentences.isEmpty {
      let isSmall = !traits.isEmpty && traits.allSatisfy(\.smallBase)
      sentences.append(
        isSmall
          ? "They are too few to be described by themselves."
          : "Nothing asked sets them clearly apart from the others.")
    }
    return sentences
  }

  /// The segment in one sentence: its size and the answers that most set it apart.
  ///
  /// - Parameters:
  ///   - traits: What sets it apart.
  ///   - share: Its share of everybody.
  ///   - isOnly: Whether there is no other.
  /// - Returns: Such as "31% of people: married (82%), with children (74%) and high income (51%)."
  static func headline(_ traits: [Trait], share: Double, isOnly: Bool) -> String {
    guard !isOnly else { return "Everybody: the answers show one segment." }
    let all = strongest(traits).filter { $0.role == .active || $0.role == .passive }
    let told = all.filter { $0.effect > 0 }.prefix(3) + all.filter { $0.effect <= 0 }
    let phrases = told.prefix(3).map { trait -> String in
      switch trait.measure {
      case .share(let share, _):
        return trait.effect > 0
          ? "\(trait.shortly) (\(percent(share)))" : "only \(percent(share)) \(trait.shortly)"
      case .mean(let mean, _):
        return "\(MeanWords.comparison(trait)) (\(number(mean)))"
      }
    }
    let size = "\(percent(share)) of people"
    guard !phrases.isEmpty else { return "\(size), of whom nothing asked stands out." }
    return "\(size): \(ReplicationWords.list(phrases))."
  }

  /// The traits worth telling, strongest first, one for each question.
  static func strongest(_ traits: [Trait]) -> [Trait] {
    let order = traits.indices.filter {
      abs(traits[$0].effect) >= StudyProfile.smallEffect && !traits[$0].smallBase
    }.sorted {
      traits[$0].weight != traits[$1].weight
        ? traits[$0].weight > traits[$1].weight : $0 < $1
    }
    var seen: Set<String> = []
    return order.map { traits[$0] }.filter { seen.insert($0.variable).inserted }
  }

  private static func sentence(_ traits: [Trait], limit: Int, opening: String = "") -> String? {
    guard !traits.isEmpty else { return nil }
    let text = opening + traits.prefix(limit).map(phrase).joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// A number and a noun phrase: labels stand as they are written, in quotation marks.
  private static func phrase(_ trait: Trait) -> String {
    switch trait.measure {
    case .share(let share, let total):
      return "\(percent(share)) \(trait.statement) (all: \(percent(total)))"
    case .mean(let mean, let total):
      return "\(MeanWords.comparison(trait)) (\(number(mean)), all: \(number(total)))"
    }
  }

  private static func percent(_ share: Double) -> String {
    "\(Int((100 * share).rounded()))%"
  }

  /// A number with about three digits; from 10,000 on in groups, below that it may be a year.
  static func number(_ value: Double) -> String {
    let size = abs(value)
    let digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : 2
    let text = String(format: "%.\(digits)f", value)
    guard size >= 9_999.5 else { return text }
    var grouped = ""
    for (place, digit) in text.reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3), digit != "-" { grouped.append(",") }
      grouped.append(digit)
    }
    return String(grouped.reversed())
  }
}
