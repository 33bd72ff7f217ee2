import Foundation
import TesseraMath
import TesseraSegmentation

/// Whether intervals of outcomes by segment, corrected in three steps, hold the truth.
///
/// Three segments (40, 35 and 25%) answer six yes/no questions: yes with chance p to all, to the
/// first three, or to none, and 1 - p otherwise. Two outcomes took no part in finding them: a number
/// with means 0, 1.5 and 3 and standard deviation 1, and an answer given by 15, 50 and 85%.
struct OutcomeTrial: Sendable {
  /// How much the segments overlap: entropy R² of the population.
  enum Overlap: String, CaseIterable, Sendable {
    /// .51
    case heavy = "0.51"
    /// .59
    case strong = "0.59"
    /// .75
    case medium = "0.75"

    /// The chance of a segment's own answer.
    var chance: Double {
      switch self {
      case .heavy: 0.76
      case .strong: 0.787
      case .medium: 0.845
      }
    }
  }

  /// What is corrected, and how.
  enum Kind: String, CaseIterable, Sendable {
    case bchMean = "BCH, mean"
    case bchShare = "BCH, share"
    case likelihoodMean = "ML, mean"
    case likelihoodShare = "ML, share"
  }

  /// Entropy R² found.
  let entropy: Double
  /// For each kind and segment whether the interval holds the truth: with the first step's error, and
  /// with the chances of assignment taken as known.
  let holds: [Kind: [(full: Bool, known: Bool)]]

  private static let sizes = [0.4, 0.35, 0.25]
  private static let means = [0, 1.5, 3]
  private static let shares = [0.15, 0.5, 0.85]

  /// Draws a survey and takes it through the three steps.
  init(_ overlap: Overlap, respondents: Int, seed: UInt64) throws {
    var random = RandomStream(seed: seed).split(Int(1000 * overlap.chance))
    var truth: [Int] = []
    var answers = [[UInt8]](repeating: [], count: 6)
    var numbers: [Double] = []
    var codes: [Int] = []
    for _ in 0..<respondents {
      let segment = random.categorical(Self.sizes)
      truth.append(segment)
      for place in 0..<6 {
        let isOwn = segment == 0 || (segment == 1 && place < 3)
        let chance = isOwn ? overlap.chance : 1 - overlap.chance
        answers[place].append(random.uniform() < chance ? 2 : 1)
      }
      numbers.append(Self.means[segment] + random.normal())
      codes.append(random.uniform() < Self.shares[segment] ? 2 : 1)
    }
    let table = try ItemTable(
      respondentCount: respondents,
      items: answers.enumerated().map {
        Item(name: "q\($0 + 1)", measurement: .binary, answers: .codes($1))
      })
    let data = try LatentClassData(table)
    let fit = try LatentClass(segments: 3, starts: .fixed(10)).fit(data)
    entropy = fit.criteria.entropyR2 ?? 0
    let posterior = fit.posteriorMatrix
    var overlaps = Matrix(rows: 3, columns: 3)
    for (row, segment) in truth.enumerated() {
      for own in 0..<3 { overlaps[segment, own] += posterior[row, own] }
    }
    let match = Assignment(overlaps, goal: .maximise).columnOfRow.enumerated().map { $1 ?? $0 }
    let steps = [
      try ThreeStep(fit, weights: .none, on: data), try ThreeStep(fit, weights: .none),
    ]
    let found = try steps.map { step -> [Kind: [(Double, Double)]] in
      [
        .bchMean: try step.means(of: numbers).map { ($0.mean, $0.standardError) },
        .bchShare: try step.means(of: codes.map { $0 == 2 ? 1 : 0 }).map {
          ($0.mean, $0.standardError)
        },
        .likelihoodMean: try step.likelihoodMeans(of: numbers).map { ($0.mean, $0.standardError) },
        .likelihoodShare: try step.likelihoodShares(of: codes, categories: 2).map {
          ($0[1].share, $0[1].standardError ?? .nan)
        },
      ]
    }
    var holds: [Kind: [(full: Bool, known: Bool)]] = [:]
    for kind in Kind.allCases {
      let targets = kind == .bchMean || kind == .likelihoodMean ? Self.means : Self.shares
      holds[kind] = targets.enumerated().map { segment, target in
        let held = found.map { one -> Bool in
          let (value, error) = one[kind]?[match[segment]] ?? (.nan, .nan)
          return abs(value - target) <= 1.959963984540054 * error
        }
        return (held[0], held[1])
      }
    }
    self.holds = holds
  }

  /// Coverage of a number of surveys, a table in Markdown.
  static func report(_ surveys: Int, respondents: Int, from first: Int) throws -> String {
    var lines = [
      "\(surveys) surveys of \(respondents) respondents for each overlap, seeds from \(first).", "",
      "| entropy R² | estimate | segments 1, 2, 3 hold | Monte Carlo error | assignment known |",
      "| ---: | --- | ---: | ---: | ---: |",
    ]
    for overlap in Overlap.allCases {
      let trials = try Workers(2).map(surveys) { place in
        Result { try OutcomeTrial(overlap, respondents: respondents, seed: UInt64(first + place)) }
      }.map { try $0.get() }
      let mean = trials.reduce(0) { $0 + $1.entropy } / Double(surveys)
      func percent(_ kind: Kind, _ segment: Int, _ full: Bool) -> String {
        let held = trials.count { trial in
          trial.holds[kind].map { full ? $0[segment].full : $0[segment].known } ?? false
        }
        return String(format: "%.1f", 100 * Double(held) / Double(surveys))
      }
      let error = String(format: "%.1f", 100 * (0.95 * 0.05 / Double(surveys)).squareRoot())
      for kind in Kind.allCases {
        let cells = [true, false].map { full in
          (0..<3).map { percent(kind, $0, full) }.joined(separator: ", ")
        }
        lines.append(
          "| \(overlap.rawValue) (found \(String(format: "%.2f", mean))) | \(kind.rawValue) | "
            + "\(cells[0]) | \(error) | \(cells[1]) |")
      }
    }
    return lines.joined(separator: "\n")
  }
}
