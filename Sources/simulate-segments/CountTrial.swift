import Foundation
import TesseraMath
import TesseraSegmentation

/// A survey with a known number of segments and the fits of each number tried: what rules for the
/// number of segments are compared on.
struct CountTrial: Sendable, Equatable {
  /// The seed of the survey.
  let seed: UInt64
  /// How many answered.
  let respondents: Int
  /// The segments planted.
  let planted: Int
  /// What was asked.
  let kind: CountedSurvey.Kind
  /// Standard deviation of what segments differ by.
  let separation: Double
  /// Share of answers left out.
  let missing: Double
  /// Adjusted Rand index that assignment by the true parameters reaches.
  let reachable: Double
  /// The fits, from one segment to two more than were planted.
  let fits: [Fit]

  /// What a rule may go by.
  struct Fit: Sendable, Equatable {
    let logLikelihood: Double
    let parameters: Int
    /// Sum of the entropies of the respondents' memberships, in nats.
    let entropy: Double
    /// Share of the smallest segment.
    let smallest: Double
    /// The share of the mean level in what segments differ by: altogether, and within each smaller number of
    /// segments from one on; empty without a battery of ratings.
    let levels: [Double]
  }

  /// Starts of each search, besides those that split the segments of the fit before.
  private static let starts = 12

  /// Draws a survey and fits it.
  ///
  /// - Parameter seed: Decides the survey and the starts.
  /// - Throws: ``SegmentationError`` never in practice.
  init(seed: UInt64) throws(SegmentationError) {
    let survey = try CountedSurvey(seed: seed)
    let settings = LatentClass(
      segments: 1, starts: .fixed(CountTrial.starts), stream: RandomStream(seed: seed))
    let selection = try settings.select(survey.table, segments: 1...(survey.planted + 2))
    self.seed = seed
    respondents = survey.respondents
    planted = survey.planted
    kind = survey.kind
    separation = survey.separation
    missing = survey.missing
    reachable = survey.reachable
    let level = survey.level
    fits = selection.fits.map { fit in
      let within =
        [nil] + selection.fits.prefix { $0.segmentCount < fit.segmentCount }.map(\.labels)
      return Fit(
        logLikelihood: fit.logLikelihood, parameters: fit.parameters,
        entropy: (fit.criteria.icl - fit.criteria.bic) / 2, smallest: fit.prevalence.min() ?? 1,
        levels: level.map { level in
          within.map { level.share(fit.posteriorMatrix, within: $0) ?? 0 }
        } ?? [])
    }
  }

  /// The number that the rule takes.
  var byRule: Int {
    let rule = CountRule(
      sampleSize: Double(respondents), effectiveSampleSize: Double(respondents))
    return 1
      + rule.choice(
        fits.enumerated().map { place, fit in
          CountRule.Candidate(
            segments: place + 1, logLikelihood: fit.logLikelihood, parameters: fit.parameters,
            entropyR2: place > 0
              ? 1 - fit.entropy / (Double(respondents) * log(Double(place + 1))) : nil)
        }
      ) { fewer, place in
        let levels = fits[place].levels
        let position = fewer.map { $0 + 1 } ?? 0
        return levels.indices.contains(position) ? levels[position] : nil
      }.position
  }

  /// The number of segments with the least criterion, the fewer of equals.
  ///
  /// - Parameter criterion: Of a fit of so many respondents; less is better.
  /// - Returns: The number.
  func count(_ criterion: (Fit, Double) -> Double) -> Int {
    let values = fits.map { criterion($0, Double(respondents)) }
    return 1 + (values.indices.min { values[$0] < values[$1] } ?? 0)
  }
}

extension CountTrial {
  /// The trial in a line of a table.
  var line: String {
    let start = [
      "\(seed)", "\(respondents)", "\(planted)", kind.rawValue, "\(separation)", "\(missing)",
      String(format: "%.4f", reachable),
    ]
    let ends = fits.map {
      String(
        format: "%.4f/%d/%.3f/%.4f/", $0.logLikelihood, $0.parameters, $0.entropy, $0.smallest)
        + $0.levels.map { String(format: "%.4f", $0) }.joined(separator: ":")
    }
    return (start + ends).joined(separator: "\t")
  }

  /// Reads the trial of a line; `nil` if it is not whole, as where a run was broken off.
  init?(line: Substring) {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard cells.count > 7, let seed = UInt64(cells[0]), let respondents = Int(cells[1]),
      let planted = Int(cells[2]), let kind = CountedSurvey.Kind(rawValue: String(cells[3])),
      let separation = Double(cells[4]), let missing = Double(cells[5]),
      let reachable = Double(cells[6])
    else { return nil }
    let fits = cells.dropFirst(7).compactMap { cell -> Fit? in
      let fields = cell.split(separator: "/", omittingEmptySubsequences: false)
      let parts = fields.prefix(4).compactMap { Double($0) }
      guard parts.count == 4, fields.count == 5 else { return nil }
      return Fit(
        logLikelihood: parts[0], parameters: Int(parts[1]), entropy: parts[2], smallest: parts[3],
        levels: fields[4].split(separator: ":").compactMap { Double($0) })
    }
    guard fits.count == cells.count - 7, fits.count > 1,
      fits.enumerated().allSatisfy({ place, fit in
        fit.levels.isEmpty == fits[0].levels.isEmpty
          && (fit.levels.isEmpty || fit.levels.count == place + 1)
      })
    else { return nil }
    self.seed = seed
    self.respondents = respondents
    self.planted = planted
    self.kind = kind
    self.separation = separation
    self.missing = missing
    self.reachable = reachable
    self.fits = fits
  }
}
