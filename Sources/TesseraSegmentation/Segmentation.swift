public import TesseraMath

/// What every segmentation of respondents promises, whatever found it.
///
/// Segments are numbered from 0 by falling prevalence. A respondent without any usable answer
/// says nothing, and so stands in the largest segment, as under a latent class model.
///
/// ## Topics
/// - The partition: ``segmentCount``, ``labels``, ``posterior``, ``prevalence``
/// - How it was found: ``objective``, ``ending``, ``starts``
public protocol Segmentation: Sendable, Equatable {
  /// Number of segments found, 1 or more.
  var segmentCount: Int { get }

  /// The segment of each respondent in the order of the input, 0 ..< `segmentCount`.
  ///
  /// Where there is a posterior this is its highest class. Respondents of zero weight are placed
  /// too, though nothing was learned from them.
  var labels: [Int] { get }

  /// Chance of each segment; respondents × segments, rows summing to 1. Absent for crisp methods.
  var posterior: Matrix? { get }

  /// Weighted share of each segment; sums to 1, falling.
  var prevalence: [Double] { get }

  /// What the method sought to make great or small.
  var objective: Objective { get }

  /// How the search that gave this result ended.
  var ending: Ending { get }

  /// How many searches were run, and how many of them came to this result.
  var starts: StartTally { get }
}

/// What a method seeks, with its sense.
public enum Objective: Sendable, Equatable {
  /// More is better, such as a log-likelihood in nats.
  case maximised(Double)
  /// Less is better, such as a sum of squared distances.
  case minimised(Double)

  /// The number itself.
  public var value: Double {
    switch self {
    case .maximised(let value), .minimised(let value): value
    }
  }
}

/// How a search ended.
public enum Ending: Sendable, Equatable {
  /// Nothing more could be gained, after so many rounds.
  case converged(rounds: Int)
  /// The limit on rounds was reached first; the result is usable but may be improved.
  case stopped(rounds: Int)
  /// The method does not search: its answer is exact.
  case exact

  /// Whether more rounds would change nothing.
  public var isConverged: Bool {
    if case .stopped = self { false } else { true }
  }
}

/// How many searches were run from different starts, and how they agree.
public struct StartTally: Sendable, Equatable {
  /// Searches run.
  public let run: Int
  /// How many of all searches came to the best objective, within rounding; one alone asks for more.
  ///
  /// Those that were not carried to the end count as not there.
  public let reachedBest: Int

  /// Tells how the searches went.
  ///
  /// - Parameters:
  ///   - run: Searches run, 1 or more.
  ///   - reachedBest: Searches that came to the best objective.
  public init(run: Int, reachedBest: Int) {
    self.run = run
    self.reachedBest = reachedBest
  }

  /// The tally of a method that needs no starts.
  public static let one = StartTally(run: 1, reachedBest: 1)
}
