import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

extension FitAnalysis {
  /// An audience: everybody, or a segment.
  struct Audience: Sendable {
    /// The segment's position; `nil` for everybody.
    let segment: Int?
    /// The segment's id; `nil` for everybody.
    let id: String?

    /// The position in lists that begin with everybody.
    var place: Int { segment.map { $0 + 1 } ?? 0 }
  }

  /// Everybody, then the segments.
  var audiences: [Audience] {
    [Audience(segment: nil, id: nil)]
      + segmented.segments.enumerated().map { Audience(segment: $0.offset, id: $0.element.id) }
  }

  /// Whether numbers of an audience may be told.
  func isTold(_ audience: Audience) -> Bool {
    audience.segment.map { !suppression.isHidden[$0] } ?? !suppression.isTotalHidden
  }

  /// Whether shares of people whom barriers stop may be told by counts only.
  var hidesStops: Bool {
    CellRules(settings, columns: model.barriers.flatMap(\.columns)).isStrict
  }

  /// A number of an audience, if it may be told.
  func told(_ value: Double?, of audience: Audience) -> Double? {
    guard let value, value.isFinite, isTold(audience) else { return nil }
    return value
  }

  /// One weight for each respondent: design weight times membership.
  func weights(of audience: Audience) -> [Double] {
    (0..<model.respondents.count).map { respondent in
      segmented.design.weights[respondent]
        * (audience.segment.map { segmented.posterior[respondent, $0] } ?? 1)
    }
  }

  /// Respondents of an audience among some, by highest posterior.
  func base(of audience: Audience, _ isUsed: [Bool]) -> Double {
    let bases = Suppression(segmented, isUsed: isUsed, minimumCell: 1).bases
    return audience.segment.map { bases[$0] } ?? bases.reduce(0, +)
  }

  /// Whether a number that rests on these respondents of an audience may be told.
  func isTold(_ audience: Audience, base: Double) -> Bool {
    isTold(audience) && base >= suppression.minimum
  }
}
