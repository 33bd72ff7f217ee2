import TesseraSegmentation

/// What the segments of a run are, and so what may be done with them: told before anything else.
public struct SegmentVerdict: Sendable, Equatable {
  /// The verdicts.
  public enum Kind: String, Sendable, CaseIterable {
    /// Groups that stand apart; only the full test of structure says so.
    case groups
    /// More than a cut through a continuum; whether separate groups was not tested.
    case moreThanContinuum = "more-than-a-continuum"
    /// A cut through a continuum: a choice of borders, real differences.
    case cut = "cut-through-a-continuum"
    /// Another sample would be divided differently.
    case notStable = "not-stable"
    /// Nothing in the data asks for more than one group.
    case oneGroup = "one-group"
    /// The segments were given, so that there was nothing to find.
    case given
  }

  /// Which verdict.
  public var kind: Kind
  /// The verdict in a sentence or two.
  public var words: String
  /// What the segments gain over a single one; `nil` if it was not measured.
  public var statistic: Double?
  /// The same on sets with the same answers and correlations, but without groups.
  public var null: [Double] = []
  /// How certain memberships are, a sum over respondents of p ln p; `nil` if it was not measured.
  public var certainty: Double?
  /// The same on the sets without groups.
  public var certaintyNull: [Double] = []

  /// Other numbers of segments that would come out again, where these do not.
  public var others: [Int] = []
  /// The number that describes the answers best and would not come out again; `nil` where it is taken.
  public var insteadOf: Int?

  /// Whether no advice may rest on the segments.
  public var stopsAdvice: Bool { kind == .notStable || kind == .oneGroup }
  /// What could be asked next, for whoever runs the command; `nil` if the verdict is complete.
  public var nextStep: String? {
    if let other = others.last {
      return "\(other) segments instead: run again with --take \(other); nothing is searched anew"
    }
    return kind == .moreThanContinuum
      ? "whether the segments are separate groups was not tested; --structure 50 of tessera segment, "
        + "or structure: 50 under segments: in a study, tests it" : nil
  }
  /// The words, where they belong among the warnings.
  var warning: String? { stopsAdvice || kind == .cut ? words : nil }

  /// The verdict on segments that exist already.
  static func given(_ count: Int) -> SegmentVerdict {
    SegmentVerdict(
      kind: .given,
      words: (count == 1 ? "One segment was" : "\(count) segments were")
        + " set beforehand, not found.")
  }

  /// Judges what a method found.
  ///
  /// - Parameters:
  ///   - found: The segments with the evidence about them.
  ///   - count: How many were asked for.
  /// - Returns: The verdict.
  static func judge(_ found: FoundSegments, asked count: SegmentCount) -> SegmentVerdict {
    let segments = found.shares.count
    let gains = found.evidence.continuum
    func verdict(_ kind: Kind, _ words: String) -> SegmentVerdict {
      SegmentVerdict(
        kind: kind, words: words, statistic: gains?.observed.first,
        null: gains?.null.map { $0[0] } ?? [],
        certainty: gains?.observed.dropFirst().first,
        certaintyNull: gains?.null.compactMap { $0.dropFirst().first } ?? [],
        insteadOf: found.evidence.passedOver)
    }
    guard segments > 1 else {
      return verdict(.oneGroup, found.evidence.oneGroupWords ?? oneGroup(count))
    }
    if found.evidence.isOneBetter {
      return verdict(
        .oneGroup,
        "Do not act on segments yet: the answers show one group, and \(segments) segments were "
          + "asked for. Results for everybody hold; those by segment may be chance.")
    }
    let structure = found.evidence.structure?.evidence.verdict
    let agreement = found.result.stability?.median
    if structure == .constructive || (agreement ?? 1) < ReplicationWords.bound {
      var unstable = verdict(.notStable, notStable(found, agreement))
      if (agreement ?? 1) < ReplicationWords.bound { unstable.others = steady(found) }
      return unstable
    }
    let again =
      anotherSample(agreement)
      + (found.evidence.passedOver.map {
        " The criterion prefers \($0) segments, but another sample would give others."
      } ?? "")
    if structure == .natural {
      return verdict(
        .groups, "\(segments) separate groups, not cuts through a continuum. \(again)")
    }
    if structure == nil, gains?.isAboveAll == true {
      return verdict(
        .moreThanContinuum,
        "\(segments) segments, more distinct than in any of \(gains?.null.count ?? 0) simulated "
          + "surveys without groups. \(again)")
    }
    return verdict(
      .cut,
      (structure == nil
        ? "\(segments) segments, not shown to be more than cuts through a continuum"
        : "\(segments) segments cut a continuum")
        + ": the borders are a choice, the differences between segments are real. \(again)")
  }

  /// Whether other people would give the same segments, for a reader who knows no index.
  private static func anotherSample(_ agreement: Double?) -> String {
    guard let agreement else {
      return "Whether another sample would give the same segments was not measured."
    }
    return "Another sample would give \(agreement < 0.85 ? "much" : "nearly") the same segments "
      + "(agreement \(decimal(agreement, 2)); 1 is perfect)."
  }

  private static func oneGroup(_ count: SegmentCount) -> String {
    count.range == 1...1
      ? "One group, as asked for: results are for everybody."
      : "Do not act on segments yet: one group describes the answers best. Results are for "
        + "everybody."
  }

  /// From where on another number is advised: measured once more with other samples, it would hardly fall
  /// under the bound.
  static let steadyBound = ReplicationWords.bound + 0.07

  /// Numbers of segments that would come out again, rising.
  private static func steady(_ found: FoundSegments) -> [Int] {
    found.evidence.counts.filter {
      $0.segments != found.shares.count && !$0.isBarred && ($0.median ?? 0) >= steadyBound
    }.map(\.segments)
  }

  private static func notStable(_ found: FoundSegments, _ agreement: Double?) -> String {
    let segments = found.shares.count
    if let agreement, agreement >= ReplicationWords.bound {
      return
        "Do not act on segments yet: another sample would give much the same \(segments) segments "
        + "(agreement \(decimal(agreement, 2))), but the full test of structure does not bear all of them "
        + "out. Survey more people, add questions on which people differ more, or use fewer segments."
    }
    let steady = steady(found).map(String.init)
    let measured =
      agreement.map {
        // .648 is not the .65 that is needed.
        " (agreement \(decimal(min($0, ReplicationWords.bound - 0.01), 2)); "
          + "\(decimal(ReplicationWords.bound, 2)) is needed)"
      } ?? ""
    let fewer = found.evidence.counts.filter {
      $0.segments > 1 && $0.segments < segments && !$0.isBarred
    }
    let isNone =
      !fewer.isEmpty
      && fewer.allSatisfy {
        $0.median.map { $0 < ReplicationWords.bound } ?? false
      }
    let remedy =
      steady.isEmpty
      ? isNone
        ? "No smaller number comes out again either: survey more people, or add questions on which people "
          + "differ more."
        : "Survey more people, add questions on which people differ more, or use fewer segments."
      : "\(ReplicationWords.list(steady)) segments would come out again (agreement of "
        + "\(decimal(steadyBound, 2)) or more): use "
        + "\(steady.count == 1 ? steady[0] : "one of these numbers")."
    return "Do not act on segments yet: another sample would give other segments than these "
      + "\(segments)\(measured). \(remedy)"
  }
}

extension SegmentVerdict {
  /// The verdict as `verdict`.
  public var json: JSONValue {
    [
      "kind": kind.rawValue, "words": words, "statistic": statistic, "null": null,
      "certainty": certainty, "certainty_null": certaintyNull,
      "others": JSONValue.array(others.map { .number(Double($0)) }),
      "instead_of": insteadOf.map { JSONValue.number(Double($0)) } ?? .null,
    ]
  }

  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow([
      "kind", "words", "statistic", "null", "certainty", "certainty_null", "others",
      "instead_of",
    ])
    guard let kind = Kind(rawValue: try reader.text("kind")) else {
      throw reader.fault("is no verdict", "kind")
    }
    self.init(
      kind: kind, words: try reader.text("words"),
      statistic: try reader.optionalNumber("statistic"), null: try reader.numbers("null"),
      certainty: reader.has("certainty") ? try reader.optionalNumber("certainty") : nil,
      certaintyNull: reader.has("certainty_null") ? try reader.numbers("certainty_null") : [],
      others: reader.has("others") ? try reader.numbers("others").map { Int($0) } : [],
      insteadOf: reader.has("instead_of")
        ? try reader.optionalNumber("instead_of").map { Int($0) } : nil)
  }
}
