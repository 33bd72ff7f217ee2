import TesseraMath
import TesseraStudy

/// Segments by answers: the table a perceptual map is made of.
///
/// Every question weighs the same; its row holds how many of everybody are in the segment and give
/// the answer. Members of a set count twice, as chosen and as not chosen, so that their sums agree.
struct AnswerTable {
  /// An answer.
  struct Answer {
    /// What is written beside its point.
    let label: String
    /// Question and answer.
    let full: String
    /// Whether it is worth a label: "not chosen" is not.
    let isTold: Bool
  }

  /// The answers, one a column.
  let answers: [Answer]
  /// Segments × answers; shares of everybody, once a question.
  let masses: Matrix

  /// Takes the model's answers, or else the profiles' where all of them are shown.
  ///
  /// Fails if there are fewer than three segments or three answers.
  ///
  /// - Parameters:
  ///   - segmentation: The segments and their indicators.
  ///   - profiles: The segments as people.
  init?(_ segmentation: SegmentationResult, _ profiles: ProfileResult) {
    let shares = segmentation.segments.map(\.share)
    var columns: [(answer: Answer, masses: [Double])] = []
    if segmentation.indicators.contains(where: { !$0.categories.isEmpty }) {
      columns = Self.modelled(segmentation.indicators, shares)
    } else {
      columns = Self.profiled(profiles.segments, shares)
    }
    columns = columns.filter { $0.masses.reduce(0, +) > 0 }
    guard shares.count > 2, columns.count > 2, shares.allSatisfy({ $0 > 0 }) else { return nil }
    answers = columns.map(\.answer)
    masses = Matrix(columns.map(\.masses)).transposed
  }

  private static func modelled(
    _ indicators: [IndicatorResult], _ shares: [Double]
  ) -> [(answer: Answer, masses: [Double])] {
    let labels = indicators.flatMap(\.categories)
    return indicators.filter { !$0.categories.isEmpty && $0.bySegment.count == shares.count }
      .flatMap { indicator in
        indicator.categories.indices.map { place in
          let label = indicator.categories[place]
          let isMember = indicator.level == "multiple"
          return (
            Answer(
              label: isMember
                ? indicator.label : told(label, of: indicator.label, among: labels),
              full: "\(indicator.label): \(label)", isTold: !isMember || place == 1),
            zip(shares, indicator.bySegment).map { $0 * ($1[place]) }
          )
        }
      }
  }

  private static func profiled(
    _ segments: [SegmentProfile], _ shares: [Double]
  ) -> [(answer: Answer, masses: [Double])] {
    guard let first = segments.first, segments.count == shares.count else { return [] }
    let labels = first.variables.flatMap(\.categories).map(\.label)
    var columns: [(answer: Answer, masses: [Double])] = []
    for (position, variable) in first.variables.enumerated()
    where variable.role == .active || variable.role == .passive {
      for (place, category) in variable.categories.enumerated() {
        let own = segments.map { $0.variables[position].categories[place].share }
        // A point cannot be placed where a share is hidden.
        guard own.allSatisfy({ $0 != nil }) else { continue }
        let chosen = zip(shares, own).map { $0 * ($1 ?? 0) }
        let full = "\(variable.label): \(category.label)"
        let isMember = variable.level == "multiple"
        columns.append(
          (
            Answer(
              label: isMember
                ? category.label : told(category.label, of: variable.label, among: labels),
              full: full, isTold: true), chosen
          ))
        if isMember {
          columns.append(
            (
              Answer(label: "", full: "\(full): not chosen", isTold: false),
              zip(shares, chosen).map { max(0, $0 - $1) }
            ))
        }
      }
    }
    return columns
  }

  /// The answer alone where it speaks for itself, else with its question.
  private static func told(_ label: String, of question: String, among all: [String]) -> String {
    let isClear =
      label.count > 3 && Double(label) == nil && all.count { $0 == label } == 1
      && label.lowercased() != "other"
    return isClear ? label : "\(question): \(label)"
  }
}
