import Foundation
import TesseraSegmentation

extension LatentClassModel {
  /// The model with the values of the other segments for what too few members of a segment answered.
  ///
  /// A model file would tell what these few people said, and so would a mean over all segments, theirs
  /// among them. Where those who are hidden are too few together, the next smallest segment is hidden with
  /// them; where no other is left, the mean of all stands for all. Questions tied to others, by a block or a direct effect, stay as they are,
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
      var open = bases.indices.sorted { (bases[$0], $0) < (bases[$1], $1) }
      if case .adjacentCategories = item.distribution { open.removeAll { $0 == 0 } }
      var small = open.filter { bases[$0] < minimum }
      open.removeAll(where: small.contains)
      guard !small.isEmpty else { continue }
      while small.reduce(0, { $0 + bases[$1] }) < minimum, let next = open.first {
        small.append(next)
        open.removeFirst()
      }
      for segment in small { replaced.insert(.init(indicator: place, segment: segment)) }
      items[place] = ItemModel(
        name: item.name, measurement: item.measurement,
        distribution: wholeSurvey(item, small, bases))
    }
    guard !replaced.isEmpty else { return nil }
    return (
      LatentClassModel(
        prevalence: prevalence, items: items, blocks: blocks, directEffects: directEffects,
        membership: membership, modelledGaps: modelledGaps), replaced
    )
  }

  /// The distribution of an item with, in some segments, the mean over the people of the others who
  /// answered.
  private func wholeSurvey(
    _ item: ItemModel, _ classes: [Int], _ bases: [Double]
  ) -> ItemModel.Distribution {
    let others = bases.indices.filter { !classes.contains($0) }
    let counted = others.isEmpty ? Array(bases.indices) : others
    let sum = counted.reduce(0) { $0 + bases[$1] }
    func mean(_ values: [Double]) -> Double {
      // Nobody at all answered, or all are counted alike.
      sum > 0
        ? counted.reduce(0) { $0 + bases[$1] / sum * values[$1] }
        : values.reduce(0, +) / Double(values.count)
    }
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
