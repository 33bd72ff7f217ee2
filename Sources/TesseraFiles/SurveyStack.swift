import TesseraSurvey

extension SurveyFile {
  /// Files with types and labels of their own, such as waves of SPSS, one below the other.
  ///
  /// Columns go by their names and answers by their codes; a column that is numbers in one file and
  /// has labels in another has categories.
  ///
  /// - Parameter files: At least one, with the same columns.
  /// - Throws: ``SurveyFileError/columnsDiffer(file:other:missing:added:)`` and
  ///   ``SurveyFileError/labelsDiffer(file:other:column:code:label:otherLabel:)``.
  /// - Complexity: O(respondents · columns).
  init(stacking files: [SurveyFile]) throws(SurveyFileError) {
    guard let first = files.first else { preconditionFailure("nothing to stack") }
    let path = first.sources.first?.path ?? ""
    for file in files.dropFirst() {
      try SurveyReader.compare(
        file.survey.variables.map(\.name), file.sources.first?.path ?? "",
        first.survey.variables.map(\.name), path)
    }
    var variables: [Variable] = []
    for variable in first.survey.variables {
      let parts = files.map { file in
        (variable: file.survey[variable.name] ?? variable, path: file.sources.first?.path ?? "")
      }
      variables.append(try VariableStack(parts: parts).variable())
    }
    var lines = RowLines()
    for file in files { lines.append(file.lines) }
    self.init(
      survey: Survey(
        variables: variables, sets: first.survey.sets, weightVariable: first.survey.weightVariable),
      format: first.format, notices: files.flatMap(\.notices), sources: files.flatMap(\.sources),
      lines: lines, rejected: files.flatMap(\.rejected),
      offending: files.reduce(into: [:]) { $0.merge($1.offending) { one, _ in one } },
      label: first.label)
    notes = first.notes
    attributes = first.attributes
  }
}

/// One column of several files.
private struct VariableStack {
  let parts: [(variable: Variable, path: String)]

  func variable() throws(SurveyFileError) -> Variable {
    var result = parts[0].variable
    let isCoded = parts.contains { part in
      part.variable.answers.isCoded
        && (!part.variable.isNumeric || part.variable.categories.contains(where: Self.isLabelled))
    }
    if isCoded {
      try stackCodes(into: &result)
    } else {
      result.categories = []
      result.answers = .numbers(parts.flatMap(\.variable.numbers))
    }
    for part in parts.dropFirst() {
      for label in part.variable.otherLabels
      where !result.otherLabels.contains(where: { $0.code == label.code }) {
        result.otherLabels.append(label)
      }
    }
    stackReasons(into: &result)
    return result
  }

  private static func isLabelled(_ category: Category) -> Bool {
    !category.label.isEmpty && category.label != category.code.text
  }

  private func stackCodes(into result: inout Variable) throws(SurveyFileError) {
    var categories: [Category] = []
    var owner: [AnswerCode: (place: Int, path: String)] = [:]
    var positions: [Int] = []
    for part in parts {
      let own = Self.coded(part.variable)
      var places = [0]
      for category in own.categories {
        // A text in one file may be the label of a code in another.
        let namesake = categories.firstIndex {
          ($0.code.number == nil) != (category.code.number == nil)
            && Self.words($0.label.isEmpty ? $0.code.text : $0.label)
              == Self.words(category.label.isEmpty ? category.code.text : category.label)
        }
        if let namesake, owner[category.code] == nil {
          if categories[namesake].code.number == nil { categories[namesake] = category }
          owner[category.code] = (namesake + 1, part.path)
          places.append(namesake + 1)
          continue
        }
        guard let known = owner[category.code] else {
          categories.append(category)
          owner[category.code] = (categories.count, part.path)
          places.append(categories.count)
          continue
        }
        let other = categories[known.place - 1]
        if Self.isLabelled(category), Self.isLabelled(other) {
          guard Self.words(category.label) == Self.words(other.label) else {
            throw .labelsDiffer(
              file: part.path, other: known.path, column: result.name,
              code: category.code.text, label: category.label, otherLabel: other.label)
          }
        } else if Self.isLabelled(category) {
          categories[known.place - 1] = category
        }
        places.append(known.place)
      }
      positions += own.positions.map { places[$0] }
    }
    // Codes stand in their order whatever file has them first, unless they are texts.
    if categories.allSatisfy({ $0.code.number != nil }) {
      let order = categories.indices.sorted { categories[$0].code < categories[$1].code }
      var places = [Int](repeating: 0, count: categories.count + 1)
      for (new, old) in order.enumerated() { places[old + 1] = new + 1 }
      categories = order.map { categories[$0] }
      positions = positions.map { places[$0] }
    }
    result.categories = categories
    result.answers = AnswerColumn(positions: positions, categoryCount: categories.count)
  }

  private static func words(_ label: String) -> String {
    label.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The answers as positions among categories; numbers become categories without labels.
  private static func coded(
    _ variable: Variable
  ) -> (categories: [Category], positions: [Int]) {
    guard case .numbers(let numbers) = variable.answers else {
      return (
        variable.categories,
        (0..<variable.answers.count).map { variable.answers.position($0) }
      )
    }
    let distinct = Set(numbers.lazy.filter { !$0.isNaN }).sorted()
    var place: [Double: Int] = [:]
    for (position, number) in distinct.enumerated() { place[number] = position + 1 }
    return (
      distinct.map { Category(code: .number($0)) },
      numbers.map { $0.isNaN ? 0 : place[$0] ?? 0 }
    )
  }

  private func stackReasons(into result: inout Variable) {
    guard parts.contains(where: { !$0.variable.missing.isEmpty }) else { return }
    var reasons: [MissingReason] = []
    var missing: [UInt8] = []
    for part in parts {
      let places = part.variable.reasons.map { reason -> UInt8 in
        if let known = reasons.firstIndex(of: reason) { return UInt8(known + 1) }
        guard reasons.count < 255 else { return 0 }
        reasons.append(reason)
        return UInt8(reasons.count)
      }
      missing +=
        part.variable.missing.isEmpty
        ? [UInt8](repeating: 0, count: part.variable.answers.count)
        : part.variable.missing.map { $0 > 0 ? places[Int($0) - 1] : 0 }
    }
    (result.reasons, result.missing) = (reasons, missing)
  }
}
