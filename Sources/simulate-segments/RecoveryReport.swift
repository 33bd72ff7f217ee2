import Foundation

/// The recoveries of many surveys, summed up.
public struct RecoveryReport: Sendable {
  private let all: [Recovery]

  /// Sums up.
  ///
  /// - Parameter all: One or more recoveries.
  public init(_ all: [Recovery]) {
    self.all = all
  }

  /// Mean adjusted Rand index of the segments found.
  public var found: Double { mean { $0.found } }
  /// Mean adjusted Rand index that the true model's posterior reaches.
  public var reachable: Double { mean { $0.reachable } }
  /// Share of surveys in which the rule took the planted number of segments.
  public var rightNumber: Double { mean { $0.chosen == $0.segments ? 1 : 0 } }

  /// How often the search ended below the optimum that a run from the true model finds.
  public var missed: Int { all.count { $0.ahead < -1e-3 } }
  /// Standard error of the mean distance between what was found and what can be reached.
  public var shortfallError: Double {
    let gaps = all.map { $0.reachable - $0.found }
    let middle = gaps.reduce(0, +) / Double(max(1, gaps.count))
    let squares = gaps.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    return (squares / Double(max(1, gaps.count * (gaps.count - 1)))).squareRoot()
  }

  /// All intervals, by kind.
  public var intervals: Recovery.Intervals {
    all.reduce(into: Recovery.Intervals()) { sum, one in
      sum.shares.add(one.intervals.shares)
      sum.chances.add(one.intervals.chances)
      sum.means.add(one.intervals.means)
    }
  }

  /// All intervals of shares and chances.
  public var pooled: Recovery.Count {
    var count = intervals.shares
    count.add(intervals.chances)
    return count
  }

  private func mean(_ value: (Recovery) -> Double) -> Double {
    all.reduce(0) { $0 + value($1) } / Double(max(1, all.count))
  }

  /// The figures, a line each.
  public var text: String {
    func figure(_ value: Double, _ digits: Int = 4) -> String {
      String(format: "%.\(digits)f", value)
    }
    func told(_ name: String, _ count: Recovery.Count) -> String {
      "95% intervals of \(name): \(figure(100 * count.share, 2))% of \(count.all) hold the truth"
    }
    var lines = [
      "surveys: \(all.count)",
      "mean adjusted Rand index: found \(figure(found)), true model \(figure(reachable)), "
        + "short by \(figure(reachable - found)) (standard error \(figure(shortfallError)))",
      "right number by the rule: \(all.count { $0.chosen == $0.segments }) of \(all.count)",
      "right number by other criteria: "
        + Set(all.flatMap(\.takes.keys)).sorted().map { name in
          "\(name) \(all.count { $0.takes[name] == $0.segments })"
        }.joined(separator: ", "),
      "searches that missed the optimum above the true model: \(missed) of \(all.count)",
      told("shares", intervals.shares), told("chances", intervals.chances),
      told("means", intervals.means), told("shares and chances, pooled", pooled),
    ]
    for segments in Set(all.map(\.segments)).sorted() {
      let own = all.filter { $0.segments == segments }
      lines.append(
        "planted \(segments): chosen "
          + Set(own.map(\.chosen)).sorted().map { chosen in
            "\(chosen) in \(own.count { $0.chosen == chosen })"
          }.joined(separator: ", ") + "; short by "
          + figure(own.reduce(0) { $0 + $1.reachable - $1.found } / Double(own.count)))
    }
    return lines.joined(separator: "\n")
  }
}
