import TesseraSurvey

extension SegmentNames {
  /// What a segment answers through the whole of a battery.
  enum BatteryName {
    /// Fewest items of which "most" may be said.
    private static let fewest = 4

    static func parts(_ segment: Int, _ questions: [NamingQuestion], _ segments: Int) -> [Part] {
      let batteries = Dictionary(grouping: questions.filter { $0.battery != nil }) {
        $0.battery ?? ""
      }
      return batteries.sorted { $0.key < $1.key }.flatMap { battery, items -> [Part] in
        guard items.count >= fewest else { return [] }
        let sides = (0..<segments).map { side($0, items) }
        let own = sides[segment]
        var parts: [Part] = []
        if own != 0 {
          // Where several are on one side, the farthest is said to be; only it.
          let isExtreme =
            sides.filter { $0 * own > 0 }.count > 1
            && abs(own) >= sides.filter { $0 * own > 0 }.map { abs($0) }.max() ?? 0
            && Double(items.count { $0.isHeld(by: segment, isHigh: own > 0, share: most) })
              >= most * Double(items.count)
          parts.append(
            Part(
              text: words(items, isHigh: own > 0, isExtreme: isExtreme),
              weight: (1.9 + 2 * (reach(segment, items) - most)) * abs(own),
              key: battery, isLow: own < 0))
        }
        if let same = sameAnswer(segment, items) {
          parts.append(
            Part(text: "\(same.words) throughout", weight: 1.6 * same.effect, key: battery))
        }
        return parts
      }
    }

    /// The answer that a segment gives to most items clearly more often than others, and half of it on
    /// average.
    private static func sameAnswer(
      _ segment: Int, _ items: [NamingQuestion]
    ) -> (words: String, effect: Double)? {
      guard case .scale = items[0].form else { return nil }
      var found: [String: (count: Int, effect: Double, share: Double)] = [:]
      for item in items {
        for answer in item.answers where answer.effects[segment] >= least {
          let before = found[answer.label] ?? (0, 0, 0)
          found[answer.label] = (
            before.count + 1, before.effect + answer.effects[segment],
            before.share + answer.shares[segment]
          )
        }
      }
      let best = found.filter {
        Double($0.value.count) >= most * Double(items.count)
          && $0.value.share >= 0.5 * Double($0.value.count)
      }.max { ($0.value.effect, $1.key) < ($1.value.effect, $0.key) }
      guard let best, let words = ItemWords.plain(answer: best.key) else { return nil }
      return (words, best.value.effect / Double(best.value.count))
    }

    /// The mean difference over a battery where most items go the same way; else 0.
    private static func side(_ segment: Int, _ items: [NamingQuestion]) -> Double {
      let leans = items.map { $0.leans[segment] }
      let bound = most * Double(items.count)
      let isHigh = Double(leans.count { $0 >= 0.2 }) >= bound
      let isLow = Double(leans.count { $0 <= -0.2 }) >= bound
      guard isHigh || isLow,
        Double(items.count { $0.isHeld(by: segment, isHigh: isHigh) }) >= bound
      else { return 0 }
      // "Throughout" has no exceptions.
      if case .scale = items[0].form, leans.contains(where: { isHigh ? $0 < -0.1 : $0 > 0.1 }) {
        return 0
      }
      // More than others is not yet most: of ticks it takes half of the segment at half of them.
      if isHigh, items.allSatisfy({ $0.form == .tick }),
        2 * items.count(where: { ($0.answers.first?.shares[segment] ?? 0) > 0.5 }) <= items.count
      {
        return 0
      }
      return leans.reduce(0, +) / Double(leans.count)
    }

    /// Which part of a battery goes the way in which most of it goes.
    private static func reach(_ segment: Int, _ items: [NamingQuestion]) -> Double {
      let leans = items.map { $0.leans[segment] }
      let far = max(leans.count { $0 >= 0.2 }, leans.count { $0 <= -0.2 })
      return Double(far) / Double(items.count)
    }

    private static func words(_ items: [NamingQuestion], isHigh: Bool, isExtreme: Bool) -> String {
      if case .scale(let scale) = items[0].form {
        return scale.throughout(isHigh: isHigh, isExtreme: isExtreme)
      }
      let group = items[0].set.flatMap {
        ItemWords.of(label: $0, name: "", isCode: true)
      }.flatMap { ["choices", "answers", "items", "options"].contains($0) ? nil : $0 }
      if let group { return isHigh ? "many \(group)" : "few \(group)" }
      return switch (isHigh, isExtreme) {
      case (true, false): "yes to most"
      case (true, true): "yes to nearly all"
      case (false, false): "yes to few"
      case (false, true): "yes to hardly any"
      }
    }
  }
}
