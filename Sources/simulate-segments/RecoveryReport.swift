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
  /// Share of surveys in which BIC took the planted number of segments.
  public var rightNumber: Double { mean { $0.chosen == $0.segments ? 1 : 0 } }

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
        + "short by \(figure(reachable - found))",
      "right number by BIC: \(figure(100 * rightNumber, 1))%",
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
