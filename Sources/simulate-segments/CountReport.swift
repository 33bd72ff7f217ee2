import Foundation
import TesseraSegmentation

/// How often rules for the number of segments are right.
struct CountReport {
  private let trials: [CountTrial]

  /// Sums up trials.
  init(_ trials: [CountTrial]) {
    self.trials = trials
  }

  /// A way to take a number of segments.
  struct Rule: Sendable {
    let name: String
    let count: @Sendable (CountTrial) -> Int

    /// The least of a criterion of a fit of so many respondents.
    static func least(
      _ name: String, _ criterion: @escaping @Sendable (CountTrial.Fit, Double) -> Double
    ) -> Rule {
      Rule(name: name) { $0.count(criterion) }
    }

    /// A rule of -2 LL and so much for each parameter.
    static func penalty(_ name: String, _ penalty: @escaping @Sendable (Double) -> Double) -> Rule {
      least(name) { fit, count in
        -2 * fit.logLikelihood + Double(fit.parameters) * penalty(count)
      }
    }

    /// The rules compared.
    static let all: [Rule] = [
      penalty("BIC") { log($0) },
      penalty("SABIC") { sabic($0) },
      penalty("AIC3") { _ in 3 },
      penalty("AIC") { _ in 2 },
      Rule(name: "the rule") { $0.byRule },
      penalty("the rule without holding back", CountRule.penalty),
      least("ICL") { fit, count in
        -2 * fit.logLikelihood + Double(fit.parameters) * log(count) + 2 * fit.entropy
      },
    ]

    private static func sabic(_ count: Double) -> Double { log((count + 2) / 24) }
  }

  /// Trials in which the segments can be found at all: assignment by the truth reaches .5.
  private var reachable: [CountTrial] { trials.filter { $0.planted > 1 && $0.reachable >= 0.5 } }

  /// The demands on a rule, then for each rule planted against found, and its rates by size, number
  /// and separation.
  var text: String {
    var lines = [
      "sets: \(trials.count)", "",
      "| rule | one group split | right, groups that can be found | of these overlapping, n = 500 "
        + "| too many |",
      "| --- | ---: | ---: | ---: | ---: |",
    ]
    let overlapping = reachable.filter { $0.respondents == 500 && $0.reachable < 0.9 }
    for rule in Rule.all {
      let cells = [
        rate(trials.filter { $0.planted == 1 }) { rule.count($0) > 1 },
        right(reachable, rule), right(overlapping, rule),
        rate(trials) { rule.count($0) > $0.planted },
      ]
      lines.append("| \(rule.name) | \(cells.joined(separator: " | ")) |")
    }
    for rule in Rule.all {
      lines += ["", "\(rule.name), planted (rows) against found (columns), all sets:", ""]
      lines += table(rule)
      lines += ["", "\(rule.name), right where the groups can be found:", ""]
      lines += rates(rule)
    }
    return lines.joined(separator: "\n")
  }

  private func right(_ some: [CountTrial], _ rule: Rule) -> String {
    rate(some) { rule.count($0) == $0.planted }
  }

  /// How many of some, in words with the Monte Carlo error.
  private func rate(_ some: [CountTrial], _ holds: (CountTrial) -> Bool) -> String {
    guard !some.isEmpty else { return "-" }
    let share = Double(some.count(where: holds)) / Double(some.count)
    let error = (share * (1 - share) / Double(some.count)).squareRoot()
    return "\(some.count(where: holds)) of \(some.count) "
      + String(format: "(%.0f%% ± %.0f)", 100 * share, 100 * error)
  }

  private func table(_ rule: Rule) -> [String] {
    let found = trials.map(rule.count)
    let columns = Array(1...(found.max() ?? 1))
    return [
      "| planted | \(columns.map(String.init).joined(separator: " | ")) |",
      "| --- |\(columns.map { _ in " ---: |" }.joined())",
    ]
      + Set(trials.map(\.planted)).sorted().map { planted in
        let cells = columns.map { column in
          String(zip(trials, found).count { $0.planted == planted && $1 == column })
        }
        return "| \(planted) | \(cells.joined(separator: " | ")) |"
      }
  }

  private func rates(_ rule: Rule) -> [String] {
    func line<Key: Hashable & Comparable>(
      _ name: String, _ key: (CountTrial) -> Key, _ label: (Key) -> String
    ) -> String {
      let groups = Dictionary(grouping: reachable, by: key).sorted { $0.key < $1.key }
      return "- \(name): "
        + groups.map { "\(label($0.key)) \(right($0.value, rule))" }.joined(separator: ", ")
    }
    return [
      line("respondents", { $0.respondents }, { String($0) }),
      line("segments", { $0.planted }, { String($0) }),
      line(
        "reachable adjusted Rand",
        { trial in [0.5, 0.7, 0.9, 0.99].last { $0 <= trial.reachable } ?? 0.5 },
        { "from \($0)" }),
      line("questions", { $0.kind.rawValue }, { $0 }),
      line("missing", { $0.missing }, { String($0) }),
    ]
  }
}
