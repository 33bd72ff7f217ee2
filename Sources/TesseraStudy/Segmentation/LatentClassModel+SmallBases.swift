import Foundation
import TesseraSegmentation

extension LatentClassModel {
  /// The model with the whole survey's values for what too few members of a segment answered.
  ///
  /// A model file would tell what these few people said. Questions tied to others, by a block or a direct effect, stay as they are,
  /// and so do ordered ones of the first class, on which the log-odds of the others rest.
  ///
  /// - Parameters:
  ///   - table: What respondents answered.
  ///   - labels: The likeliest segment of each respondent.
  ///   - heads: Respondents behind each row.
  ///   - minimum: People who must have answered.
  /// - Returns: The model, and which values were replaced; `nil` if none was.
  func withoutSmallBases(
    _ table: ItemTable, labels: [Int], heads: [Double], minimum: Double
  ) -> (model: LatentClassModel, replaced: Set<SegmentErrors.Place>)? {
    var tied = Set(blocks.flatMap(\.items))
    for effect in directEffects { tied.formUnion([effect.first, effect.second]) }
    var replaced: Set<SegmentErrors.Place> = []
    var items = self.items
    for place in table.items.indices where !tied.contains(place) {
      var bases = [Double](repeating: 0, count: classCount)
      for row in labels.indices where !table.items[place].isMissing(row) {
        bases[labels[row]] += heads[row]
      }
      let item = items[place]
      var small = bases.indices.filter { bases[$0] < minimum }
      if case .adjacentCategories = item.distribution { small.removeAll { $0 == 0 } }
      guard !small.isEmpty else { continue }
      for segment in small { replaced.insert(.init(indicator: place, segment: segment)) }
      items[place] = ItemModel(
        name: item.name, measurement: item.measurement, distribution: wholeSurvey(item, small))
    }
    guard !replaced.isEmpty else { return nil }
    return (
      LatentClassModel(
        prevalence: prevalence, items: items, blocks: blocks, directEffects: directEffects,
        membership: membership, modelledGaps: modelledGaps), replaced
    )
  }

  /// A mean over segments, weighted by their shares.
  private func mean(_ values: [Double]) -> Double {
    zip(prevalence, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func wholeSurvey(
    _ item: ItemModel, _ classes: [Int]
  ) -> ItemModel.Distribution {
    switch item.distribution {
    case .categories(var rows):
      let all = rows[0].indices.map { category in mean(rows.map { $0[category] }) }
      let sum = all.reduce(0, +)
      for place in classes { rows[place] = all.map { $0 / sum } }
      return .categories(rows)
    case .adjacentCategories(var rows, let intercepts, var slopes, let scores):
      let all = mean(slopes)
      for place in classes {
        slopes[place] = all
        let terms = intercepts.indices.map { exp(intercepts[$0] + all * scores[$0]) }
        let sum = terms.reduce(0, +)
        rows[place] = terms.map { $0 / sum }
      }
      return .adjacentCategories(
        probabilities: rows, intercepts: intercepts, slopes: slopes, scores: scores)
    case .normal(var means, var variances):
      let all = mean(means)
      let spread = mean(zip(means, variances).map { $0 * $0 + $1 }) - all * all
      for place in classes {
        means[place] = all
        if item.measurement != .gaussian(variance: .equal) { variances[place] = spread }
      }
      return .normal(means: means, variances: variances)
    case .counts(var rates):
      let all = mean(rates)
      for place in classes { rates[place] = all }
      return .counts(rates: rates)
    case .zeroInflated(var zeros, var rates):
      let (zero, rate) = (mean(zeros), mean(rates))
      for place in classes { (zeros[place], rates[place]) = (zero, rate) }
      return .zeroInflated(zeros: zeros, rates: rates)
    }
  }
}
