import TesseraStudy
import TesseraSurvey

/// A 0/1 column that a study names as a channel or a step.
struct BinaryColumn: Sendable {
  /// The column's name.
  let name: String
  /// What a reader sees.
  let label: String
  /// 1, 0 or NaN, one for each respondent.
  let values: [Double]
}

/// A funnel, bound to columns.
struct BoundFunnel: Sendable {
  /// The product; empty if it was not asked by product.
  let product: String
  let steps: [BinaryColumn]
}

/// Finds the 0/1 columns of channels and funnels.
struct ColumnBinder {
  let source: FitSource
  let segmented: SegmentedSurvey

  /// The study's channels.
  func channels() throws(StudyError) -> [BinaryColumn] {
    try columns(source.file.channels, at: "channels")
  }

  /// The study's funnels.
  func funnels(products: [String]) throws(StudyError) -> [BoundFunnel] {
    switch source.file.funnel {
    case nil: return []
    case .overall(let steps):
      return [BoundFunnel(product: "", steps: try columns(steps, at: "funnel"))]
    case .byProduct(let funnels):
      var result: [BoundFunnel] = []
      for funnel in funnels {
        // Brands asked about need no catalogue.
        guard products.isEmpty || products.contains(funnel.product) else {
          throw source.error(
            "E0611", "there is no product '\(DisplayText.escaped(funnel.product))'",
            at: "funnel.\(funnel.product)",
            hint: NearestName.question(funnel.product, among: products))
        }
        result.append(
          BoundFunnel(
            product: funnel.product,
            steps: try columns(funnel.steps, at: "funnel.\(funnel.product)")))
      }
      return result
    }
  }

  private func columns(_ names: [String], at key: String) throws(StudyError) -> [BinaryColumn] {
    var result: [BinaryColumn] = []
    for name in segmented.data.columns(names) {
      guard let variable = segmented.survey[name] else {
        let known = segmented.survey.variables.map(\.name) + segmented.survey.sets.map(\.name)
        throw source.error(
          "E0611", "the survey has no column or set '\(DisplayText.escaped(name))'", at: key,
          hint: NearestName.question(name, among: known))
      }
      let values = variable.numbers
      guard variable.isNumeric || variable.missingCount == values.count,
        values.allSatisfy({ $0.isNaN || $0 == 0 || $0 == 1 })
      else {
        throw source.error(
          "E0611", "'\(name)' is no 0/1 column", at: key,
          hint: "declare it under survey.sets with the code that says chosen")
      }
      result.append(BinaryColumn(name: name, label: label(of: variable), values: values))
    }
    return result
  }

  /// What a reader sees of a column: of a member of a set the option alone.
  private func label(of variable: Variable) -> String {
    let survey = segmented.survey
    if let set = survey.sets.first(where: { $0.members.contains(variable.name) }) {
      let wordings = set.members.compactMap { survey[$0]?.label }
      let option = MemberLabel(set: set, wordings: wordings).label(of: variable)
      if !option.isEmpty { return option }
    }
    return variable.label.isEmpty ? variable.name : variable.label
  }
}
