/// Proposes names for segments from what sets them apart.
enum SegmentNames {
  /// The longest name proposed.
  private static let longest = 34

  /// A short name for each segment, no two alike.
  ///
  /// - Parameter traits: What sets each segment apart; no cell of few people.
  /// - Returns: A name for each segment.
  static func propose(_ traits: [[Trait]]) -> [String] {
    guard traits.count > 1 else { return ["Everybody"] }
    var taken: Set<String> = []
    return traits.enumerated().map { position, all in
      let telling = SegmentDescription.strongest(all).filter { $0.role == .active }
      // What people do says more than what they do not.
      let words = (telling.filter { $0.effect > 0 } + telling.filter { $0.effect <= 0 })
        .compactMap(words)
      var name = ""
      var parts = 0
      for word in words where parts < 3 {
        let longer = name.isEmpty ? capitalised(word) : "\(name), \(word)"
        if !name.isEmpty, longer.count > longest { continue }
        name = longer
        parts += 1
        if parts >= 2, !taken.contains(name.lowercased()) { break }
      }
      if name.isEmpty { name = "Segment \(position + 1)" }
      var unique = name
      var number = 2
      while !taken.insert(unique.lowercased()).inserted {
        unique = "\(name) (\(number))"
        number += 1
      }
      return unique
    }
  }

  /// A trait as part of a name.
  private static func words(_ trait: Trait) -> String? {
    switch trait.measure {
    case .share(let share, _):
      if trait.effect > 0 { return share >= 0.15 ? trait.words : nil }
      guard share < 0.35, !trait.words.hasPrefix("no ") else { return nil }
      return share < 0.1 ? "no \(trait.words)" : "little \(trait.words)"
    case .mean: return "\(trait.effect > 0 ? "high" : "low") \(trait.words)"
    }
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
