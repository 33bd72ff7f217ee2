import TesseraMath

/// What a segment does through all it was asked to tick: more of nearly everything than others, or less.
struct ThroughoutWords: Equatable {
  /// Whether it ticks more.
  let isMore: Bool
  /// How many it ticks on average, and how many everybody; `nil` where its base is too small to say so.
  let means: (own: Double, total: Double)?
  /// How many could be ticked.
  let count: Int

  /// Fewest questions of which "throughout" may be said.
  private static let fewest = 5
  /// Share of them that must go the same way.
  private static let most = 0.9
  /// How many times as many, at least.
  private static let ratio = 1.25

  /// Finds it; `nil` where the segment ticks neither more nor less throughout.
  ///
  /// - Parameter variables: What the segment answers, as it may be shown.
  init?(_ variables: [VariableProfile]) {
    var pairs: [(own: Double, total: Double)] = []
    var isSmall = false
    for variable in variables where variable.role == .active || variable.role == .passive {
      let ticks: [CategoryProfile]
      if variable.level == "multiple" {
        ticks = variable.categories
      } else if variable.categories.count == 2,
        let yes = variable.categories.first(where: {
          SetBinding.saysYes($0.label)
        })
      {
        ticks = [yes]
      } else {
        continue
      }
      isSmall = isSmall || variable.smallBase
      for tick in ticks {
        // A small base shows "under 10%" and "over 90%".
        let share = tick.share ?? tick.shareBounds.map { ($0.low + $0.high) / 2 }
        if let share, let total = tick.totalShare { pairs.append((share, total)) }
      }
    }
    guard pairs.count >= Self.fewest else { return nil }
    let own = pairs.reduce(0) { $0 + $1.own }
    let total = pairs.reduce(0) { $0 + $1.total }
    let bound = Self.most * Double(pairs.count)
    if Double(pairs.count { $0.own > $0.total }) >= bound, own >= Self.ratio * total {
      isMore = true
    } else if Double(pairs.count { $0.own < $0.total }) >= bound, total >= Self.ratio * own {
      isMore = false
    } else {
      return nil
    }
    means = isSmall ? nil : (own, total)
    count = pairs.count
  }

  /// Such as "tick more than others throughout (9.1 of 12 on average; all: 4.0)".
  var phrase: String {
    let plain = "tick \(isMore ? "more" : "less") than others throughout"
    guard let means else { return plain }
    let (own, total) = (
      SegmentDescription.number(means.own), SegmentDescription.number(means.total)
    )
    return plain + " (\(own) of \(count) on average; all: \(total))"
  }

  /// Whether both say the same.
  static func == (one: ThroughoutWords, other: ThroughoutWords) -> Bool {
    one.phrase == other.phrase
  }
}
