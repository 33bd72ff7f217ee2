import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy

/// A segmentation as a sheet: whoever types answers reads the segment and its probability.
///
/// Every answer adds a number for each segment. For latent classes these are logarithms of chances,
/// and the sums give probabilities; for means and modes they are squared distances, and the nearest
/// counts. For a number x the contribution is a + b x + c x².
struct TypingTool {
  /// The segments, with what each begins with.
  let segments: [String]
  /// Share of each segment, which is its probability before any answer.
  let sizes: [Double]
  /// What is added before any answer, one number a segment.
  let start: [Double]
  /// What is asked: first what has to be answered, then what may be left out.
  private(set) var questions: [Question]
  /// How many of the questions have to be answered before a segment is told: those on which
  /// membership itself depends.
  let needed: Int
  /// Whether sums are logarithms of chances; else the largest simply wins.
  let isProbability: Bool

  /// A question and what its answers add.
  struct Question {
    var label: String
    /// Answers with one number a segment; for a number its three coefficients.
    let answers: [(label: String, scores: [Double])]
    let isNumber: Bool
  }

  /// Reads a model.
  ///
  /// Fails for models whose answers do not add up; ``whyNot(_:)`` tells why.
  ///
  /// - Parameter model: The model.
  init?(_ model: SegmentModel) {
    segments = model.segments.map(\.title)
    sizes = model.segments.map(\.share)
    guard Self.whyNot(model) == nil else { return nil }
    switch model.parameters {
    case .given: return nil  // Never: there is a reason why not.
    case .latentClass(let classes):
      isProbability = true
      let covariates = Self.questions(model.covariates, classes.membership ?? [])
      needed = covariates.count
      start =
        covariates.isEmpty
        ? classes.prevalence.map(Self.logarithm) : (classes.membership ?? []).map { $0[0] }
      questions =
        covariates
        + zip(model.indicators, classes.items).map { indicator, item in
          Self.question(indicator, item)
        }
    case .nearest(let nearest):
      isProbability = false
      needed = 0
      start = segments.map { _ in 0 }
      questions = model.indicators.enumerated().map { position, indicator in
        Self.question(indicator, position, nearest.encoding, nearest.points)
      }
    }
  }

  /// The same tool with the question before each of its answers that may be ticked.
  ///
  /// - Parameters:
  ///   - sets: What readers see of sets, by their names.
  ///   - model: The model that the tool was made of.
  /// - Returns: The tool with longer labels.
  func naming(_ sets: [String: String], of model: SegmentModel) -> TypingTool {
    var tool = self
    for (place, indicator) in model.indicators.enumerated() {
      guard let set = indicator.set, let label = sets[set], label != set,
        tool.questions.indices.contains(needed + place)
      else { continue }
      tool.questions[needed + place].label = "\(label): \(questions[needed + place].label)"
    }
    return tool
  }

  /// Why a model cannot stand in a sheet of sums; `nil` if it can.
  static func whyNot(_ model: SegmentModel) -> String? {
    guard model.segments.count > 1 else { return "there is one segment only" }
    guard model.style == nil else {
      return "it corrects ratings for how each person uses the scale"
    }
    switch model.parameters {
    case .given: return "the segments were given, not found from answers"
    case .nearest(let points):
      switch points.measure {
      case .squares: return nil
      case .differences: return "distances from medians do not add up to a formula"
      case .gower: return "its segments are told by the answers of real respondents"
      }
    case .latentClass(let classes):
      if !classes.blocks.isEmpty || !classes.directEffects.isEmpty {
        return "some of its answers hang together within segments, so that they do not add up"
      }
      if !classes.modelledGaps.isEmpty {
        return "it counts whether a question was answered at all, which an empty cell does not tell"
      }
      if classes.items.count != model.indicators.count {
        return "it holds questions that are not asked as they stand"
      }
      if classes.items.contains(where: { $0.measurement == .zeroInflated }) {
        return "it has counts that some people never begin, whose zeros do not add up to a formula"
      }
      return nil
    }
  }

  /// What membership itself depends on: log-odds that are added.
  private static func questions(
    _ covariates: [CovariateEncoding], _ membership: [[Double]]
  ) -> [Question] {
    var column = 1
    return covariates.map { covariate in
      defer { column += covariate.columnNames.count }
      guard !covariate.codes.isEmpty else {
        return Question(
          label: covariate.name,
          answers: [
            ("constant", membership.map { _ in 0 }), ("per unit", membership.map { $0[column] }),
            ("per unit, squared", membership.map { _ in 0 }),
          ], isNumber: true)
      }
      var categories = covariate.codes
      var scores = categories.indices.map { place in membership.map { $0[column + place] } }
      if let reference = covariate.reference {
        categories.insert(reference, at: 0)
        scores.insert(membership.map { _ in 0 }, at: 0)
      }
      return Question(
        label: covariate.name,
        answers: zip(labels(categories), scores).map { (label: $0, scores: $1) }, isNumber: false)
    }
  }

  private static func logarithm(_ chance: Double) -> Double { log(max(chance, 1e-300)) }

  private static func question(_ indicator: IndicatorEncoding, _ item: ItemModel) -> Question {
    switch item.distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _):
      return Question(
        label: label(indicator),
        answers: zip(labels(indicator), rows[0].indices).map { name, category in
          (name, rows.map { logarithm($0[category]) })
        }, isNumber: false)
    case .normal(let means, let variances):
      let parts = zip(means, variances)
      return number(
        indicator,
        parts.map { -0.5 * log(2 * .pi * $1) - $0 * $0 / (2 * $1) }, parts.map { $0 / $1 },
        parts.map { -1 / (2 * $1) })
    case .counts(let rates), .zeroInflated(_, let rates):
      return number(
        indicator, rates.map { -$0 }, rates.map(logarithm), rates.map { _ in 0 })
    }
  }

  private static func question(
    _ indicator: IndicatorEncoding, _ position: Int, _ encoding: MatrixEncoding,
    _ centroids: Matrix
  ) -> Question {
    let columns = encoding.columns.indices.filter { encoding.columns[$0].indicator == position }
    let count = centroids.rows
    let names = labels(indicator)
    guard !names.isEmpty else {
      var (constant, linear, square) = (
        [Double](repeating: 0, count: count), [Double](repeating: 0, count: count),
        [Double](repeating: 0, count: count)
      )
      for column in columns {
        let (center, scale) = (encoding.columns[column].center, encoding.columns[column].scale)
        for segment in 0..<count {
          // −((x − center) scale − m)² in powers of x.
          let shift = center * scale + centroids[segment, column]
          constant[segment] -= shift * shift
          linear[segment] += 2 * scale * shift
          square[segment] -= scale * scale
        }
      }
      return number(indicator, constant, linear, square)
    }
    return Question(
      label: label(indicator),
      answers: names.enumerated().map { category, name in
        (
          name,
          (0..<count).map { segment in
            var score = 0.0
            for column in columns {
              let one = encoding.columns[column]
              let value = one.category.map { $0 == category ? 1.0 : 0 } ?? Double(category + 1)
              let gap = (value - one.center) * one.scale - centroids[segment, column]
              score -= gap * gap
            }
            return score
          }
        )
      }, isNumber: false)
  }

  private static func number(
    _ indicator: IndicatorEncoding, _ constant: [Double], _ linear: [Double], _ square: [Double]
  ) -> Question {
    Question(
      label: label(indicator),
      answers: [
        ("constant", constant), ("per unit", linear), ("per unit, squared", square),
      ], isNumber: true)
  }

  private static func label(_ indicator: IndicatorEncoding) -> String {
    indicator.label.isEmpty ? indicator.name : indicator.label
  }

  /// The answers' labels, each once, none of which a spreadsheet takes for a formula.
  private static func labels(_ indicator: IndicatorEncoding) -> [String] {
    labels(indicator.categories)
  }

  private static func labels(_ categories: [EncodedCategory]) -> [String] {
    var result: [String] = []
    for category in categories {
      var label = category.label.isEmpty ? category.codeText : category.label
      if let first = label.first, "=+-@\t\r".contains(first) { label = "· " + label }
      // Where a spreadsheet looks a text up, stars and tildes would stand for other letters.
      label = label.replacingOccurrences(of: "*", with: "∗")
        .replacingOccurrences(of: "~", with: "∼").replacingOccurrences(of: "?", with: "？")
      var unique = String(label.prefix(200))
      var number = 2
      while result.contains(where: { $0.lowercased() == unique.lowercased() }) {
        unique = "\(label.prefix(190)) (\(number))"
        number += 1
      }
      result.append(unique)
    }
    return result
  }
}
