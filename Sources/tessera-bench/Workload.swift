import ArgumentParser
import Foundation
import TesseraMath
import TesseraSegmentation

/// A piece of work worth timing, with a quality that may not be bought off for speed.
enum Workload: String, CaseIterable, ExpressibleByArgument {
  case latentClass = "lca"
  case latentClassTight = "lca-tight"
  case kMeans = "kmeans"
  case kPrototypes = "kprototypes"
  case mixedFactors = "famd"
  case correspondence = "mca"
  case stability
  case latentClassStability = "stability-lca"
  case bootstrap
  case medoids = "gower-pam"
  case sampledMedoids = "gower-clara"

  /// What came out, beside the time.
  struct Outcome {
    /// What is compared with others, such as a log-likelihood.
    var quality: [String: Double]
    /// Label of each respondent; empty if there are none.
    var labels: [Int] = []
    /// Respondents worked through, counted once for every round, if that is counted.
    var respondentRounds: Int?
  }

  /// How the work is done.
  struct Options {
    var segments: Int
    var starts: Int
    var workers: Workers
    var seed: UInt64
  }

  /// Prepares the input, and returns the work that is timed.
  func prepare(_ survey: SyntheticSurvey, _ options: Options) throws -> () throws -> Outcome {
    let random = RandomStream(seed: options.seed)
    let workers = options.workers
    switch self {
    case .latentClass, .latentClassTight:
      let table = try survey.items()
      let isTight = self == .latentClassTight
      return {
        let fit = try LatentClass(
          segments: options.segments, starts: .fixed(options.starts),
          rule: ConvergenceRule(tolerance: isTight ? 1e-8 : 1e-6), prior: .none,
          stream: random, workers: workers
        ).fit(table)
        return Outcome(
          quality: ["loglik": fit.logLikelihood, "rounds": Double(fit.iterations)],
          labels: fit.labels, respondentRounds: fit.respondentRounds)
      }
    case .kMeans:
      let input = try survey.matrix()
      return {
        let fit = try KMeans(
          segments: options.segments, starts: options.starts, standardisation: .none
        ).fit(input, random: random, workers: workers, progress: .silent)
        return Outcome(quality: ["inertia": fit.objective.value], labels: fit.labels)
      }
    case .kPrototypes:
      let table = try survey.mixed()
      return {
        let fit = try KPrototypes(segments: options.segments, starts: .fixed(options.starts))
          .fit(table, random: random, workers: workers, progress: .silent)
        return Outcome(quality: ["cost": fit.objective.value], labels: fit.labels)
      }
    case .mixedFactors, .correspondence:
      let table = self == .mixedFactors ? try survey.mixed() : try survey.categories()
      return {
        let fit = try FactorAnalysis(components: 10).fit(table, workers: workers)
        var quality: [String: Double] = [:]
        for (place, value) in fit.eigenvalues.prefix(10).enumerated() {
          quality["eigenvalue_\(place + 1)"] = value
        }
        return Outcome(quality: quality)
      }
    case .stability:
      let input = try survey.answerMatrix()
      return { try Self.stability(input, options) }
    case .latentClassStability:
      let table = try survey.items()
      return { try Self.latentClassStability(table, options) }
    case .bootstrap:
      let table = try survey.items()
      return { try Self.likelihoodRatio(table, options) }
    case .medoids:
      let table = try survey.mixed()
      return {
        let fit = try PAM(segments: options.segments).fit(
          .gower(table, GowerSettings()), random: random, workers: workers, progress: .silent)
        return Outcome(quality: ["cost": fit.objective.value], labels: fit.labels)
      }
    case .sampledMedoids:
      let table = try survey.mixed()
      return {
        let fit = try CLARA(segments: options.segments).fit(
          .gower(table, GowerSettings()), random: random, workers: workers, progress: .silent)
        return Outcome(quality: ["cost": fit.objective.value], labels: fit.labels)
      }
    }
  }

  /// 50 pairs of bootstrap samples for each number of segments from 2 to 9.
  private static func stability(
    _ input: RespondentMatrix, _ options: Options
  ) throws -> Outcome {
    var quality: [String: Double] = [:]
    for segments in 2...9 {
      let method = KMeans(
        segments: segments, starts: options.starts, standardisation: .none)
      let random = RandomStream(seed: options.seed).split(segments)
      let fit = try method.fit(
        input, random: random, workers: options.workers, progress: .silent)
      let found = try method.stability(
        of: fit, in: input, pairs: 50, random: random, workers: options.workers)
      quality["rand_\(segments)"] = found.median
    }
    return Outcome(quality: quality)
  }

  /// The same by latent classes.
  private static func latentClassStability(
    _ table: ItemTable, _ options: Options
  ) throws -> Outcome {
    let data = try LatentClassData(table)
    let rows = table.respondentCount
    var quality: [String: Double] = [:]
    for classes in 2...9 {
      let random = RandomStream(seed: options.seed).split(classes)
      let fit = try LatentClass(
        segments: classes, starts: .fixed(options.starts), stream: random, workers: options.workers
      ).fit(data)
      let replication = try LatentClassReplication(
        data, reference: fit.model, random: random.split(1), workers: options.workers)
      let found = try BootstrapStability(
        labels: fit.labels, segmentCount: classes, weights: table.weights, pairs: 50,
        random: random, workers: options.workers
      ) { sample, _ throws(SegmentationError) in
        try replication.labels(resampled: sample.effective(count: rows))
      }
      quality["rand_\(classes)"] = found.median
    }
    return Outcome(quality: quality)
  }

  /// 40 bootstrap sets of the likelihood-ratio test of 4 classes against 5.
  private static func likelihoodRatio(_ table: ItemTable, _ options: Options) throws -> Outcome {
    var settings = LatentClass(
      segments: 4, starts: .fixed(options.starts), stream: RandomStream(seed: options.seed),
      workers: options.workers)
    let data = try LatentClassData(table)
    let smaller = try settings.fit(data)
    settings.segments = 5
    let test = try settings.bootstrapTest(
      smaller, against: settings.fit(data), on: data, sets: 40)
    return Outcome(quality: ["statistic": test.statistic, "p": test.pValue])
  }
}
