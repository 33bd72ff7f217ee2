import Foundation

/// Tells in plain words what sets a segment apart.
enum SegmentDescription {
  /// Two or three sentences: who they are, what they value, how they are reached.
  ///
  /// - Parameters:
  ///   - traits: What sets it apart.
  ///   - variables: All that it answers, as it may be shown.
  ///   - isOnly: Whether there is no other segment.
  /// - Returns: The sentences.
  static func sentences(
    _ traits: [Trait], _ variables: [VariableProfile], isOnly: Bool
  ) -> [String] {
    guard !isOnly else { return ["Everybody, in one segment."] }
    let told = told(traits)
    func sentence(_ role: VariableProfile.Role, _ limit: Int, _ opening: String) -> String? {
      // A need that matters less than to others, or one that is met, is none that they have.
      let own = told.filter {
        guard $0.role == role else { return false }
        return role == .need
          ? $0.effect > 0 && isAffirmed($0) && !$0.words.hasPrefix("satisfaction")
          : role != .channel || $0.effect > 0
      }
      guard !own.isEmpty else { return nil }
      let text =
        opening + rounded(own, limit).map(TraitWords.sentence).joined(separator: "; ") + "."
      return text.prefix(1).uppercased() + text.dropFirst()
    }
    let sentences = [
      sentence(.active, 3, ""), sentence(.passive, 3, ""), sentence(.value, 2, "What they value: "),
      sentence(.need, 2, "What they need: "), sentence(.channel, 2, "Reached by: "),
    ].compactMap { $0 }
    guard sentences.isEmpty else { return sentences }
    if let throughout = ThroughoutWords(variables) { return ["They \(throughout.phrase)."] }
    let shown = variables.flatMap(\.categories)
    if shown.contains(where: { $0.hidden == .base }),
      shown.allSatisfy({ $0.hidden != nil }), variables.allSatisfy({ $0.mean == nil })
    {
      return ["Hidden: they are too few, or a smaller segment would follow from them."]
    }
    let isSmall = !variables.isEmpty && variables.allSatisfy(\.smallBase)
    return [
      isSmall
        ? "They are too few to be described by themselves."
        : shown.contains { $0.hidden != nil }
          ? "What was asked and may be shown does not set them clearly apart from the others."
          : "Nothing asked sets them clearly apart from the others."
    ]
  }

  /// The first traits; of three the last makes room for what few are or do where that sets the segment
  /// apart far more.
  private static func rounded(_ traits: [Trait], _ limit: Int) -> [Trait] {
    var first = Array(traits.prefix(limit))
    guard limit > 2, first.count == limit, let last = first.last, isAffirmed(last),
      first.allSatisfy(isAffirmed), let denied = traits.first(where: { !isAffirmed($0) }),
      denied.weight > 1.5 * last.weight
    else { return first }
    first[limit - 1] = denied
    return first
  }

  /// What a portrait shows of a segment, best first: what people are before what they are not.
  static func portrait(_ traits: [Trait]) -> [SegmentTrait] {
    told(traits).map { trait in
      var share: (own: Double, total: Double)?
      if case .share(let own, let total) = trait.measure { share = (own, total) }
      var told = SegmentTrait(
        variable: trait.variable, question: trait.set ?? trait.question,
        answer: trait.answer.isEmpty ? trait.words : trait.answer, role: trait.role,
        share: share?.own, totalShare: share?.total, words: TraitWords.sentence(trait))
      told.code = trait.code
      return told
    }
  }

  /// The traits that are told, one for each question: what many are, strongest first, then what few
  /// are or say No to; such a one comes first only where it is twice as strong as all others.
  private static func told(_ traits: [Trait]) -> [Trait] {
    var offers: [String: Set<String>] = [:]
    for trait in traits {
      if let set = trait.set { offers[trait.question, default: []].insert(set) }
    }
    let traits = traits.map { trait in
      var trait = trait
      trait.isOfferedTwice = trait.set != nil && (offers[trait.question]?.count ?? 0) > 1
      return trait
    }
    let positive = strongest(traits.filter(isAffirmed))
    let negative = strongest(traits.filter { !isAffirmed($0) })
    let bound = 2 * (positive.first?.weight ?? 0)
    let leading = negative.prefix { $0.weight > bound }
    var seen: Set<String> = []
    return (leading + positive + negative.dropFirst(leading.count))
      .filter { trait in
        // Age in years and age in bands say the same.
        let topic = Question.topic([trait.variable, trait.question])
        // The mean of codes of occupations is no answer.
        if topic == .occupation, case .mean = trait.measure { return false }
        let isNew = topic.map { !seen.contains("topic \($0.rawValue)") } ?? true
        guard isNew, seen.insert(trait.variable).inserted else { return false }
        if let topic { seen.insert("topic \(topic.rawValue)") }
        return true
      }
  }

  /// Whether a trait says what people are: more of an answer that is not a No.
  private static func isAffirmed(_ trait: Trait) -> Bool {
    if case .mean = trait.measure { return true }
    return trait.effect > 0 && !AnswerWords.isDenial(trait.words)
      && !["no", "not chosen"].contains(trait.answer.lowercased())
  }

  /// The segment in one sentence: its size and the answers that most set it apart.
  ///
  /// - Parameters:
  ///   - traits: What sets it apart.
  ///   - variables: All that it answers, as it may be shown.
  ///   - share: Its share of everybody.
  ///   - isOnly: Whether there is no other.
  /// - Returns: Such as "31% of people: 82% are married (all: 40%); 51% have two children (all: 20%)."
  static func headline(
    _ traits: [Trait], _ variables: [VariableProfile], share: Double, isOnly: Bool
  ) -> String {
    guard !isOnly else { return "Everybody, in one segment." }
    let own = told(traits).filter { $0.role == .active || $0.role == .passive }
    let phrases = rounded(own, 3).map(TraitWords.sentence)
    let size = "\(TraitWords.percent(share)) of people"
    guard !phrases.isEmpty else {
      return ThroughoutWords(variables).map { "\(size), who \($0.phrase)." }
        ?? "\(size), of whom nothing asked stands out."
    }
    return "\(size): \(phrases.joined(separator: "; "))."
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
