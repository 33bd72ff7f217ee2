import Foundation
import TesseraSurvey

/// Takes the answers of a question together in up to three bands of about as many people each, where
/// it has more answers, or other numbers, than a reader can choose from.
enum FilterBands {
  /// More answers than this are put into bands.
  static let mostAnswers = 12

  /// A question with its answers in bands.
  ///
  /// - Parameters:
  ///   - variable: The question.
  ///   - name: What the new column is called.
  ///   - label: What readers see of the question.
  /// - Returns: `nil` for a question whose answers can stand by themselves or have no order.
  /// - Complexity: O(n log n) in the number of respondents.
  static func banded(_ variable: Variable, name: String, label: String) -> Variable? {
    let isOrdinal = variable.level == .ordinal && !variable.categories.isEmpty
    guard isOrdinal || variable.isNumeric, variable.level != .nominal else { return nil }
    let values =
      isOrdinal
      ? (0..<variable.answers.count).map { row in
        let position = variable.answers.position(row)
        return position > 0 ? Double(position) : .nan
      } : variable.numbers
    let known = values.filter { !$0.isNaN }.sorted()
    let isWhole = known.allSatisfy { $0 == $0.rounded() }
    guard let least = known.first, let most = known.last,
      !isWhole || Set(known).count > mostAnswers
    else { return nil }
    let cuts = cuts(known, isWhole: isWhole, isRounded: !isOrdinal)
    guard !cuts.isEmpty else { return nil }
    let texts =
      isOrdinal
      ? ordered(cuts, least, most, variable.categories) : numbered(cuts, isWhole: isWhole)
    return Variable(
      name: name, label: label, level: .ordinal,
      categories: texts.enumerated().map { Category(code: .number(Double($0 + 1)), label: $1) },
      answers: AnswerColumn(
        positions: values.map { value in value.isNaN ? 0 : 1 + cuts.count { $0 <= value } },
        categoryCount: texts.count))
  }

  /// Where the second and the third band begin: near the thirds of the people, at a round number.
  private static func cuts(_ sorted: [Double], isWhole: Bool, isRounded: Bool) -> [Double] {
    let count = sorted.count
    let spread = sorted[count * 9 / 10] - sorted[count / 10]
    var step = isWhole ? 1.0 : 0
    if isRounded, spread > 0 {
      let power = pow(10, (log10(spread / 6)).rounded(.down))
      step = max(step, [5, 2, 1].map { $0 * power }.first { $0 <= spread / 6 } ?? power)
    }
    var cuts: [Double] = []
    for place in [count / 3, count * 2 / 3] {
      let raw = sorted[place]
      // A step below 1 is a fraction of a power of ten, whose inverse is a whole number.
      let cut =
        step == 0
        ? raw
        : step < 1
          ? (raw * (1 / step).rounded()).rounded() / (1 / step).rounded()
          : (raw / step).rounded() * step
      if cut > sorted[0], cut <= sorted[count - 1], cut > cuts.last ?? -.infinity {
        cuts.append(cut)
      }
    }
    return cuts
  }

  private static func numbered(_ cuts: [Double], isWhole: Bool) -> [String] {
    func text(_ number: Double) -> String { AnswerCode.number(number).text }
    let between = zip(cuts, cuts.dropFirst()).map { from, next in
      guard isWhole else { return "\(text(from)) to under \(text(next))" }
      return from == next - 1 ? text(from) : "\(text(from)) to \(text(next - 1))"
    }
    return ["under \(text(cuts[0]))"] + between + ["\(text(cuts[cuts.count - 1])) or more"]
  }

  /// The first and the last answer of each band.
  private static func ordered(
    _ cuts: [Double], _ least: Double, _ most: Double, _ categories: [TesseraSurvey.Category]
  ) -> [String] {
    func label(_ position: Double) -> String {
      let category = categories[Int(position) - 1]
      return category.label.isEmpty ? category.code.text : category.label
    }
    let starts = [least] + cuts
    let ends = cuts.map { $0 - 1 } + [most]
    return zip(starts, ends).map { $0 == $1 ? label($0) : "\(label($0)) to \(label($1))" }
  }
}
