public import TesseraMath

/// A fitted latent class model, what it believes of each respondent, and how it was found.
public struct LatentClassFit: Segmentation {
  /// The model; classes ordered by falling prevalence.
  public let model: LatentClassModel
  /// Chance of each class for each respondent; respondents x classes, rows summing to 1.
  public let posteriorMatrix: Matrix
  /// Log-likelihood in nats, without the prior.
  public let logLikelihood: Double
  /// Log density of the parameters under the prior, but for a constant; 0 without a prior.
  public let logPrior: Double
  /// Number of free parameters, estimates at a boundary included.
  public let parameters: Int
  /// Rounds the run that gave this fit took.
  public let iterations: Int
  /// Work done by all starts: different respondents, counted once for every round they took part in.
  public let respondentRounds: Int
  /// How that run ended.
  public let ending: Ending
  /// Starts run, and starts that reached the best optimum among those carried to the end.
  public internal(set) var starts: StartTally
  /// Starts carried on until they converged.
  public let startsFinished: Int
  /// Another solution that describes the answers as well, with other shares; `nil` if none was met.
  public let flat: FlatSolution?
  /// Misfit and cost in the forms in use.
  public let criteria: InformationCriteria
  /// Whether the answers determine the parameters.
  public let identifiability: Identifiability
  /// Number of respondents, as the criteria count them.
  public let sampleSize: Double
  /// Kish's effective number of respondents.
  public let effectiveSampleSize: Double
  /// What a careful reader should be told.
  public internal(set) var warnings: [LatentClassWarning]

  /// Number of classes.
  public var segmentCount: Int { model.classCount }
  /// The likeliest class of each respondent, the lower of equals.
  public var labels: [Int] {
    let (chances, classes) = (posteriorMatrix.values, posteriorMatrix.columns)
    return (0..<posteriorMatrix.rows).map { row in
      var best = 0
      for latent in 0..<classes
      where chances[row * classes + latent] > chances[row * classes + best] {
        best = latent
      }
      return best
    }
  }
  /// Chance of each class for each respondent.
  public var posterior: Matrix? { posteriorMatrix }
  /// Share of each class, falling.
  public var prevalence: [Double] { model.prevalence }
  /// The log-likelihood and the log prior together, which the run makes great.
  public var objective: Objective { .maximised(logLikelihood + logPrior) }

  /// Says that an earlier search found this fit, from whose parameters it was made again.
  package mutating func credit(_ search: StartTally) {
    starts = search
    warnings.removeAll { if case .bestReachedOnce = $0 { true } else { false } }
    if search.reachedBest < 2 { warnings.append(.bestReachedOnce(starts: search.run)) }
  }
}

/// Whether the answers determine the parameters of a model.
public enum Identifiability: Sendable, Equatable {
  /// The pattern chances have a derivative of full rank.
  case identified(rank: Int)
  /// Other parameters near these give the same chances.
  case notIdentified(rank: Int, parameters: Int)
  /// Not looked into, with the reason.
  case notChecked(reason: String)
}

/// What a careful reader of a fit should be told.
public enum LatentClassWarning: Sendable, Equatable {
  /// The best optimum was reached by one start only.
  case bestReachedOnce(starts: Int)
  /// The run used up its rounds.
  case notConverged(rounds: Int)
  /// Other parameters fit equally well.
  case notIdentified(rank: Int, parameters: Int)
  /// Chances at 0 or 1, which have no Wald error.
  case boundary(count: Int)
  /// A class's variance stands at its floor.
  case varianceAtFloor(item: String, segment: Int)
  /// A class so small that little can be said of it: respondents, weighted.
  case smallSegment(segment: Int, respondents: Double)
  /// Weights vary so much that the criterion on the effective sample size should be preferred.
  case designEffect(Double)
}

extension LatentClassWarning: CustomStringConvertible {
  /// What it means and what to do, in a sentence or two.
  public var description: String {
    switch self {
    case .bestReachedOnce(let starts):
      "Only 1 of \(starts) starts found the best optimum; a better one may exist. Use more starts."
    case .notConverged(let rounds):
      "The em had not arrived after \(rounds) rounds. Allow more rounds."
    case .notIdentified(let rank, let parameters):
      "Not identified: the answers determine \(rank) of \(parameters) parameters, and other values "
        + "fit equally well. "
        + "Use fewer segments or more items."
    case .boundary(let count):
      "\(count) chances are 0 or 1; they have no standard error. A prior would keep them inside."
    case .varianceAtFloor(let item, let segment):
      "\(item): segment \(segment + 1) has the smallest variance allowed, as heaped or repeated "
        + "numbers cause. Treat the item as ordinal."
    case .smallSegment(let segment, let respondents):
      "Segment \(segment + 1) is small: by their probabilities "
        + "\(respondents < 10 ? "fewer than 10" : "about \(Int(respondents.rounded()))") people."
    case .designEffect(let effect):
      "Unequal weights cost precision (design effect \((effect * 100).rounded() / 100)): errors "
        + "are those of fewer respondents."
    }
  }
}

extension LatentClassWarning {
  /// The warnings in sentences, those of one kind told together.
  public static func sentences(_ warnings: [LatentClassWarning]) -> [String] {
    var small: [Int] = []
    var heaped: [String] = []
    var others: [String] = []
    for warning in warnings {
      switch warning {
      case .smallSegment(let segment, _): small.append(segment + 1)
      case .varianceAtFloor(let item, _): if !heaped.contains(item) { heaped.append(item) }
      default: others.append(warning.description)
      }
    }
    if small.count > 1 {
      let named = small.map(String.init)
      others.append(
        "Few people stand behind segments \(named.dropLast().joined(separator: ", ")) and "
          + "\(named[named.count - 1]).")
    } else {
      others += warnings.filter { if case .smallSegment = $0 { true } else { false } }.map(
        \.description)
    }
    if !heaped.isEmpty {
      let named = heaped.prefix(5).joined(separator: ", ")
      others.append(
        "\(named)\(heaped.count > 5 ? " and \(heaped.count - 5) more" : ""): in a segment nearly "
          + "everybody answered alike, as heaped or repeated numbers cause. Treat "
          + "\(heaped.count == 1 ? "it" : "them") as ordinal.")
    }
    return others
  }
}
