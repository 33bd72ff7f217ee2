import TesseraMath

/// The ways to predict that are held against each other.
struct ChoicePredictors {
  let data: ChoiceData
  let segments: Int
  let fit: FitScores?
  let options: ChoiceOptions?

  /// All that the data allow, chance first.
  var all: [ChoicePredictor] {
    var result = [
      ChoicePredictor(
        id: "chance", label: "every alternative alike", table: data.table(0) { _, _, _ in })
    ]
    if let options {
      result.append(shares(options, id: "shares", label: "market shares", bySegment: false))
      if segments > 1 {
        result.append(
          shares(
            options, id: "segment_shares", label: "market shares within segments",
            bySegment: true))
      }
    }
    if let fit {
      let values = fit.values
      result.append(
        ChoicePredictor(
          id: "fit", label: "the fit alone",
          table: data.table(1) { _, alternative, row in row[0] = values[alternative] / 10 },
          risingColumn: 0))
      if let options { result.append(sharesAndFit(options, values)) }
    }
    if data.attributes > 0 {
      result.append(
        ChoicePredictor(
          id: "logit", label: "a logit on the attributes", table: data.attributeTable()))
      if segments > 1 {
        result.append(
          ChoicePredictor(
            id: "logit_segments", label: "the logit with tastes by segment",
            table: data.segmentTable()))
      }
    }
    return result
  }

  /// Constants of options, for everybody or by segment.
  private func shares(
    _ options: ChoiceOptions, id: String, label: String, bySegment: Bool
  ) -> ChoicePredictor {
    let width = options.names.count - 1
    let (groups, ofAlternative, membership) = (
      bySegment ? segments : 1, options.ofAlternative, data.membership
    )
    let table = data.table(width * groups) { menu, alternative, row in
      let option = ofAlternative[alternative]
      guard option > 0 else { return }
      for group in 0..<groups {
        row[group * width + option - 1] = bySegment ? membership[menu, group] : 1
      }
    }
    return ChoicePredictor(
      id: id, label: label, table: table,
      prior: prior(options: options.names.count, groups: groups, more: 0))
  }

  private func sharesAndFit(_ options: ChoiceOptions, _ values: [Double]) -> ChoicePredictor {
    let width = options.names.count - 1
    let ofAlternative = options.ofAlternative
    let table = data.table(width + 1) { _, alternative, row in
      let option = ofAlternative[alternative]
      if option > 0 { row[option - 1] = 1 }
      row[width] = values[alternative] / 10
    }
    return ChoicePredictor(
      id: "shares_fit", label: "market shares and the fit", table: table,
      prior: prior(options: options.names.count, groups: 1, more: 1), risingColumn: width)
  }

  /// Half a choice of every option, from a menu of all: it keeps constants finite.
  private func prior(options: Int, groups: Int, more: Int) -> ChoiceTable {
    let width = (options - 1) * groups + more
    var attributes = Matrix(rows: groups * options * options, columns: width)
    var row = 0
    for group in 0..<groups {
      for _ in 0..<options {
        for option in 0..<options {
          if option > 0 { attributes[row, group * (options - 1) + option - 1] = 1 }
          row += 1
        }
      }
    }
    return ChoiceTable(
      attributes: attributes, sizes: [Int](repeating: options, count: groups * options),
      chosen: (0..<groups).flatMap { _ in Array(0..<options) },
      weights: [Double](repeating: 0.5, count: groups * options))
  }
}
