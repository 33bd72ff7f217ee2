import TesseraSurvey

extension ChoicesDeclaration {
  /// Whether a column of the survey says what stood on a menu or which place on it was taken: that is
  /// the design of an experiment, and its table would tell nothing of people.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - survey: The names of all columns.
  /// - Returns: Whether it belongs to the menus.
  func isMenu(_ column: String, among survey: Set<AnswerCode>) -> Bool {
    let named =
      [chosen, task, product, exposureOf].compactMap { $0 } + features + answers
    if named.contains(where: { $0.utf8.elementsEqual(column.utf8) }) { return layout != .survey }
    let stem = column.prefix { !$0.isNumber }
    guard layout == .slots, slots > 1, stem.count < column.count,
      let slot = Int(column.dropFirst(stem.count)), (1...slots).contains(slot)
    else { return false }
    return (1...slots).allSatisfy { survey.contains(.text("\(stem)\($0)")) }
  }
}
