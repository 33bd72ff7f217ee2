internal import TesseraSurvey

extension Derivation {
  /// Which one of several columns says yes: one question that a file holds as columns of 0 and 1.
  ///
  /// Where none says yes the answer is `rest`, or missing; where two do, it is missing.
  func chosen(
    _ names: [String], _ rest: String?, _ key: String
  ) throws(StudyError) -> Variable {
    var columns: [(label: String, truths: [UInt8])] = []
    for name in data.columns(names) {
      let source = try variable(name, key).withCategories
      let isYes =
        [false]
        + source.categories.map { category in
          ["1", "yes", "true"].contains {
            category.isNamed($0) || category.label.lowercased() == $0
          }
        }
      guard isYes.contains(true) else {
        throw origin.error(
          "E0421", "'\(DisplayText.escaped(name))' has no answer 1 or yes", at: key,
          hint: "one_of takes columns of 0 and 1; net joins the answers of a single column")
      }
      columns.append(
        (
          source.label.isEmpty ? source.name : source.label,
          (0..<source.answers.count).map { row in
            let position = source.answers.position(row)
            return position == 0 ? Truth.unanswered : Truth.of(isYes[position])
          }
        ))
    }
    guard columns.count >= 2 else {
      throw origin.error(
        "E0421", "one column is no choice between several", at: key,
        hint: "name two columns or more, or a set")
    }
    let labels = columns.map(\.label) + [rest].compactMap { $0 }
    let positions = (0..<data.survey.respondentCount).map { row -> Int in
      let said = columns.indices.filter { columns[$0].truths[row] == Truth.yes }
      if said.count == 1 { return said[0] + 1 }
      let isNone = said.isEmpty && columns.allSatisfy { $0.truths[row] == Truth.no }
      return isNone && rest != nil ? labels.count : 0
    }
    var result = Variable(
      name: "", label: columns.map(\.label).joined(separator: ", "), level: .nominal,
      categories: labels.enumerated().map { Category(code: .number(Double($0 + 1)), label: $1) },
      answers: AnswerColumn(positions: positions, categoryCount: labels.count))
    for row in positions.indices
    where columns.count(where: { $0.truths[row] == Truth.yes }) > 1 {
      result.setMissing(row, .declared, nil, "more than one")
    }
    return result
  }
}
