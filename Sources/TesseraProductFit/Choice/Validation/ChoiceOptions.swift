import TesseraStudy
import TesseraSurvey

/// What alternatives are called: products, or the values of a column.
struct ChoiceOptions: Sendable {
  let names: [String]
  /// For each alternative of the records its option.
  let ofAlternative: [Int]

  private init(names: [String], ofAlternative: [Int]) {
    self.names = names
    self.ofAlternative = ofAlternative
  }

  /// The products, where alternatives name them; else the column that the exposure looks at.
  init?(
    _ records: ChoiceRecords, _ declared: ChoicesDeclaration, _ study: Study, _ data: ChoiceData
  ) throws(StudyError) {
    if !records.products.isEmpty, let products = study.products {
      self.init(names: products.labels, ofAlternative: records.products)
    } else if let column = declared.exposureOf {
      try self.init(column: column, records, study)
    } else {
      return nil
    }
  }

  /// The values of a column, in the order of their names.
  init(column: String, _ records: ChoiceRecords, _ study: Study) throws(StudyError) {
    guard let texts = records.texts(column) else {
      throw FitSource(study).error(
        "E0634", "there is no column '\(DisplayText.escaped(column))' in the choices",
        at: "choices.exposure", hint: NearestName.question(column, among: records.columns))
    }
    let names = Array(Set(texts)).sorted()
    guard names.count <= 100 else {
      throw FitSource(study).error(
        "E0635", "'\(DisplayText.escaped(column))' holds \(names.count) different values",
        at: "choices.exposure", hint: "count options of which there are at most 100")
    }
    var place: [String: Int] = [:]
    for (index, name) in names.enumerated() { place[name] = index }
    self.init(names: names, ofAlternative: texts.map { place[$0] ?? 0 })
  }
}
