import TesseraProductFit
import TesseraStudy

/// How far the segments may be relied on, as a light with its reason in words.
public struct TrafficLight: Sendable, Equatable {
  /// What the light shows.
  public enum Colour: String, Sendable {
    /// Separate groups, every base 100 or more, every share within 5 points.
    case green
    /// Usable, for the reasons given.
    case amber
    /// Not stable, one group, or a base under 30.
    case red
  }

  /// Bases from which a segment counts as well covered, and below which it cannot be used.
  static let wideBase = 100.0
  static let leastBase = 30.0
  /// Agreement of samples (adjusted Rand index) from which a number of segments comes back.
  static let leastAgreement = 0.65
  /// How much of a segment other samples should find again (Jaccard), 0 to 1: below .6 a cluster is
  /// not to be relied on (Hennig, 2007).
  static let leastFound = 0.6
  /// How far a share may lie from its estimate, 0 to 1.
  static let shareMargin = 0.05

  /// What it shows.
  public let colour: Colour
  /// The verdict in a few words, such as "Usable with care".
  public let words: String
  /// Why it is not green; empty if it is.
  public let reasons: [String]

  /// Reads the light off a segmentation.
  ///
  /// - Parameters:
  ///   - segmentation: The segments with their verdict.
  ///   - shares: The intervals of their shares, by segment; `nil` where there is none.
  ///   - numbers: How numbers are written.
  ///   - minimum: Bases below it are not told.
  ///   - validation: How the fit did against real choices; `nil` without choices.
  init(
    _ segmentation: SegmentationResult, shares: [SegmentErrors.Interval?], numbers: NumberStyle,
    minimum: Double = 0, validation: ValidationResult? = nil
  ) {
    var red: [String] = []
    let isDoubted = [.notStable, .oneGroup].contains(segmentation.verdict?.kind)
    var amber: [String] = []
    switch segmentation.verdict?.kind {
    case .notStable: red.append("another sample would give other segments")
    case .oneGroup: red.append("the answers show one group")
    case .cut:
      amber.append("the borders are a choice, the differences between segments are real")
    case .moreThanContinuum:
      amber.append(
        "the differences between segments are real; people may shade from one into the next"
      )
    case .none: amber.append("what the segments are was not judged")
    case .groups, .given: break
    }
    if let validation, validation.isContradicted {
      red.append("people did not choose what fits them best")
    } else if validation?.verdict.isPassed == false {
      amber.append("the fit does not predict what people chose")
    }
    if let least = segmentation.segments.min(by: { $0.respondents < $1.respondents }),
      least.respondents < Self.wideBase
    {
      let people =
        least.respondents < minimum
        ? "under \(numbers.number(minimum))" : "only \(numbers.number(least.respondents))"
      let base = "\(people) people stand behind \(least.title)"
      if least.respondents < Self.leastBase { red.append(base) } else { amber.append(base) }
    }
    // What is not found again is not there to plan for, however well the others are.
    if !isDoubted, let found = segmentation.stability?.jaccard,
      found.count == segmentation.segments.count
    {
      let lost = zip(segmentation.segments, found).filter { $0.1 < Self.leastFound }
      if !lost.isEmpty, lost.count < found.count {
        let ends = [lost.map(\.1).min(), lost.map(\.1).max()].map { numbers.percent($0) }
        amber.append(
          "other samples find only \(ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])") of "
            + "\(Findings.list(lost.map(\.0.name))) again")
      }
    }
    let margins = zip(segmentation.segments, shares).compactMap { segment, interval in
      interval.map { (segment.name, max(segment.share - $0.low, $0.high - segment.share), $0) }
    }
    if let widest = margins.max(by: { $0.1 < $1.1 }), widest.1 > Self.shareMargin {
      amber.append(
        "the share of \(widest.0) lies anywhere from \(numbers.percent(widest.2.low)) to "
          + "\(numbers.percent(widest.2.high))")
    }
    colour = !red.isEmpty ? .red : amber.isEmpty ? .green : .amber
    reasons = red + amber
    words =
      switch colour {
      case .green: "Reliable"
      case .amber: "Usable with care"
      case .red:
        segmentation.verdict?.kind == .oneGroup
          ? "No segments to act on"
          : isDoubted || validation?.isContradicted == true
            ? "Do not act on it yet" : "Too few people in part"
      }
  }

  /// The light as a sentence.
  public var sentence: String {
    guard !reasons.isEmpty else { return "\(words)." }
    return "\(words): \(reasons.joined(separator: "; "))."
  }
}
