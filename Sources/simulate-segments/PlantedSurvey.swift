import Foundation
import TesseraMath
public import TesseraSegmentation

/// A survey whose segments are known: mixed questions, one answer in ten missing, unequal chances of
/// being drawn, segments that overlap.
public struct PlantedSurvey: Sendable {
  /// The segment each respondent was drawn from.
  public let truth: [Int]
  /// The model they were drawn from; its prevalence is the population's, before sampling.
  public let model: LatentClassModel
  /// Their answers.
  public let table: ItemTable

  /// Draws a survey.
  ///
  /// Between two and five segments, 900 to 1,500 respondents, four nominal questions of three
  /// answers, three ordered ones of four, four members of a set and two numbers. Chances lie
  /// between .1 and .8. Segments are drawn with unequal chances, which the weights undo.
  ///
  /// - Parameter seed: Starts the draws.
  /// - Throws: ``SegmentationError`` never in practice.
  public init(seed: UInt64) throws(SegmentationError) {
    var random = RandomStream(seed: seed)
    let segments = 2 + Int(seed % 4)
    let respondents = 900 + 200 * Int(seed / 4 % 4)
    let sizes = PlantedSurvey.sizes(segments, &random)
    var items: [ItemModel] = []
    for place in 0..<4 {
      items.append(
        ItemModel(
          name: "brand\(place + 1)", measurement: .nominal(categories: 3),
          distribution: .categories(
            (0..<segments).map { _ in PlantedSurvey.chances(3, &random) })))
    }
    for place in 0..<3 {
      items.append(PlantedSurvey.rating("rating\(place + 1)", segments, &random))
    }
    for place in 0..<4 {
      let yes = (0..<segments).map { _ in 0.15 + 0.7 * random.uniform() }
      items.append(
        ItemModel(
          name: "tick\(place + 1)", measurement: .binary,
          distribution: .categories(yes.map { [1 - $0, $0] })))
    }
    for place in 0..<2 {
      items.append(
        ItemModel(
          name: "number\(place + 1)", measurement: .gaussian(variance: .perClass),
          distribution: .normal(
            means: (0..<segments).map { _ in 1.3 * random.normal() },
            variances: (0..<segments).map { _ in 0.6 + 0.8 * random.uniform() })))
    }
    model = LatentClassModel(prevalence: sizes, items: items)
    // How much likelier than average members of each segment are to be drawn.
    let drawn = (0..<segments).map { _ in 0.7 + 0.6 * random.uniform() }
    var truth: [Int] = []
    var weights: [Double] = []
    var answers = items.map { _ in [Double]() }
    let chances = zip(sizes, drawn).map { $0 * $1 }
    for _ in 0..<respondents {
      let segment = random.categorical(chances)
      truth.append(segment)
      weights.append(1 / drawn[segment])
      for (place, item) in items.enumerated() {
        let answer = item.distribution.draw(class: segment, &random)
        answers[place].append(random.uniform() < 0.1 ? .nan : answer)
      }
    }
    self.truth = truth
    table = try ItemTable(
      respondentCount: respondents,
      items: zip(items, answers).map { item, values in
        Item(
          name: item.name, measurement: item.measurement,
          answers: item.measurement.categories > 0
            ? .codes(values.map { $0.isNaN ? 0 : UInt8($0) }) : .numbers(values))
      }, weights: .sampling(weights))
  }

  private static func sizes(_ segments: Int, _ random: inout RandomStream) -> [Double] {
    let raw = (0..<segments).map { _ in 0.6 + 0.8 * random.uniform() }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }.sorted(by: >)
  }

  private static func chances(_ count: Int, _ random: inout RandomStream) -> [Double] {
    while true {
      let drawn = random.dirichlet([Double](repeating: 1.2, count: count))
      if drawn.allSatisfy({ $0 > 0.1 && $0 < 0.8 }) { return drawn }
    }
  }

  private static func rating(
    _ name: String, _ segments: Int, _ random: inout RandomStream
  ) -> ItemModel {
    let scores = [1.0, 2, 3, 4]
    let intercepts = [0, 0.4 * random.normal(), 0.4 * random.normal(), 0.4 * random.normal()]
    let slopes = (0..<segments).map { $0 == 0 ? 0 : 0.7 * random.normal() }
    let middle = (slopes.max() ?? 0) + (slopes.min() ?? 0)
    let rows = slopes.map { slope -> [Double] in
      let raw = zip(intercepts, scores).map { exp($0 + (slope - middle / 2) * ($1 - 2.5)) }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    let shifted = zip(intercepts, scores).map { $0 - middle / 2 * ($1 - 2.5) }
    return ItemModel(
      name: name, measurement: .ordinal(categories: 4, as: .adjacentCategory(scores: [])),
      distribution: .adjacentCategories(
        probabilities: rows, intercepts: shifted.map { $0 - shifted[0] }, slopes: slopes,
        scores: scores))
  }

  /// The survey as delimited text, for other programs: a header, an empty cell for no answer.
  public var text: String {
    let header = table.items.map(\.name) + ["weight", "truth"]
    var lines = [header.joined(separator: ",")]
    for row in truth.indices {
      let cells = table.items.map { item -> String in
        if item.isMissing(row) { return "" }
        if case .numbers(let numbers) = item.answers { return String(numbers[row]) }
        return String(item.code(row))
      }
      lines.append(
        (cells + [String(table.weights.values[row]), String(truth[row])]).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
