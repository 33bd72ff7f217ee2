import TesseraSegmentation

extension LatentClassModel {
  /// The model with chances in steps that as many people make as a cell must hold.
  ///
  /// Times the size of a segment an exact chance is the count of a cell. Rounded to multiples of ten
  /// people no count is told closer than five people up or down, and none is known to be under ten; what
  /// rounds to nobody stands for a quarter of a step, so that no answer becomes impossible. Questions tied
  /// to others, and ordered ones, whose chances follow a line, stay as they are.
  ///
  /// - Parameters:
  ///   - table: What respondents answered.
  ///   - labels: The likeliest segment of each respondent.
  ///   - heads: Respondents behind each row.
  ///   - minimum: People whom a cell must hold.
  ///   - isStrict: Whether counts of a question are to be hidden, by its position.
  /// - Returns: The model, and which values were rounded; `nil` if none was.
  /// - Reference: Willenborg & de Waal (2001), *Elements of Statistical Disclosure Control*, chapter 9:
  ///   rounding to a base.
  func withRoundedChances(
    _ table: ItemTable, labels: [Int], heads: [Double], minimum: Double,
    isStrict: (_ item: Int) -> Bool
  ) -> (model: LatentClassModel, rounded: Set<SegmentErrors.Place>)? {
    var tied = Set(blocks.flatMap(\.items))
    for effect in directEffects { tied.formUnion([effect.first, effect.second]) }
    var items = self.items
    var places: Set<SegmentErrors.Place> = []
    for place in table.items.indices where !tied.contains(place) && isStrict(place) {
      guard case .categories(var rows) = items[place].distribution else { continue }
      let steps = CountSteps.of(
        table.items[place], labels: labels, heads: heads, segments: classCount, minimum: minimum)
      for (segment, step) in steps.enumerated() {
        let rounded = rows[segment].map { max(($0 / step).rounded() * step, step / 4) }
        let sum = rounded.reduce(0, +)
        rows[segment] = rounded.map { $0 / sum }
        places.insert(.init(indicator: place, segment: segment))
      }
      items[place] = ItemModel(
        name: items[place].name, measurement: items[place].measurement,
        distribution: .categories(rows))
    }
    guard !places.isEmpty else { return nil }
    return (
      LatentClassModel(
        prevalence: prevalence, items: items, blocks: blocks, directEffects: directEffects,
        membership: membership, modelledGaps: modelledGaps), places
    )
  }
}
