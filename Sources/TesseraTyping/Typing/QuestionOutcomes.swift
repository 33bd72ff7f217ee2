import Foundation
import TesseraMath
import TesseraSegmentation

/// The answers that may be given to a question, and what each would say: what is needed to look one
/// question ahead.
struct QuestionOutcomes: Sendable {
  /// One answer, or one node of a quadrature over numbers.
  struct Outcome: Sendable {
    /// Its chance in each segment; sums to 1 over the outcomes.
    let mass: [Double]
    /// Its log-likelihood in each segment, but for a constant.
    let logs: [Double]
  }

  /// The outcomes.
  let outcomes: [Outcome]

  /// Nodes and weights of a Gauss-Hermite rule of five points for the standard normal distribution.
  private static let nodes: [(Double, Double)] = [
    (-2.856970013872806, 0.011257411327720689), (-1.355626179974266, 0.222075922005612644),
    (0, 0.533333333333333333), (1.355626179974266, 0.222075922005612644),
    (2.856970013872806, 0.011257411327720689),
  ]

  /// The outcomes of an item.
  ///
  /// - Parameter item: How it is answered in each segment.
  init(_ item: ItemModel) {
    switch item.distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _):
      outcomes = (0..<(rows.first?.count ?? 0)).map { answer in
        Outcome(
          mass: rows.map { $0[answer] }, logs: rows.map { log(max($0[answer], 1e-300)) })
      }
    case .normal(let means, let variances):
      outcomes = means.indices.flatMap { own in
        Self.nodes.map { node, weight in
          let value = means[own] + variances[own].squareRoot() * node
          return Outcome(
            mass: means.indices.map { $0 == own ? weight : 0 },
            logs: zip(means, variances).map {
              -0.5 * (log($1) + (value - $0) * (value - $0) / $1)
            })
        }
      }
    case .counts(let rates), .zeroInflated(_, let rates):
      let top = rates.max() ?? 0
      let last = min(200, Int((top + 6 * top.squareRoot() + 3).rounded(.up)))
      var factorial = 0.0
      outcomes = (0...last).map { count in
        if count > 1 { factorial += log(Double(count)) }
        let logs = item.distribution.logChances(count: Double(count))
        return Outcome(mass: logs.map { exp($0 - factorial) }, logs: logs)
      }
    }
  }

  /// The entropy of membership to be expected after the answer, in nats.
  ///
  /// - Parameter chances: Probability of each segment before it.
  /// - Returns: 0 or more; no more than the entropy before.
  func expectedEntropy(_ chances: [Double]) -> Double {
    var sum = 0.0
    for outcome in outcomes {
      var (mass, norm, terms) = (0.0, 0.0, 0.0)
      let top = outcome.logs.max() ?? 0
      for (segment, chance) in chances.enumerated() where chance > 0 {
        mass += chance * outcome.mass[segment]
        let term = chance * exp(outcome.logs[segment] - top)
        guard term > 0 else { continue }
        norm += term
        terms += term * log(term)
      }
      if norm > 0 { sum += mass * (log(norm) - terms / norm) }
    }
    return sum
  }
}

/// Asks each respondent next what is expected to say most.
struct AdaptiveOrder: Sendable {
  /// What may be asked.
  let questions: [QuestionOutcomes]
  /// Asked first, of everybody.
  let must: [Int]
  /// Asked when it is best.
  let free: [Int]

  /// A respondent's segment after each question.
  struct Path: Sendable {
    /// The likeliest segment after each question.
    var labels: [Int] = []
    /// Its probability.
    var probabilities: [Double] = []
    /// The questions asked.
    var asked: [Int] = []
  }

  /// Above which nothing more is asked.
  private static let certain = 0.995

  /// Asks a respondent whose answers are known.
  ///
  /// - Parameters:
  ///   - logs: Log-likelihoods of the answers.
  ///   - row: The respondent.
  /// - Returns: What was thought after each question.
  /// - Complexity: O(questions² · answers · segments).
  func path(_ logs: AnswerLogs, _ row: Int) -> Path {
    let width = logs.segments
    var sums = Array(logs.prior[row * width..<(row + 1) * width])
    var path = Path()
    var left = free
    var first = must
    var chances = Self.normalised(sums)
    while !(left.isEmpty && first.isEmpty) {
      let question: Int
      if !first.isEmpty {
        question = first.removeFirst()
      } else {
        let entropies = left.map { questions[$0].expectedEntropy(chances) }
        let best = entropies.indices.min { (entropies[$0], $0) < (entropies[$1], $1) } ?? 0
        question = left.remove(at: best)
      }
      for segment in 0..<width { sums[segment] += logs.single[question][row * width + segment] }
      chances = Self.normalised(sums)
      let best = chances.indices.max { (chances[$0], -$0) < (chances[$1], -$1) } ?? 0
      path.asked.append(question)
      path.labels.append(best)
      path.probabilities.append(chances[best])
      if first.isEmpty, chances[best] > Self.certain { break }
    }
    return path
  }

  private static func normalised(_ logs: [Double]) -> [Double] {
    let norm = logSumExp(logs)
    return logs.map { exp($0 - norm) }
  }
}
