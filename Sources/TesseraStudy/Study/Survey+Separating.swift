package import TesseraSurvey

extension Survey {
  /// The survey with columns that are declared nominal as questions of their own, whatever set the file
  /// or their names put them in.
  ///
  /// - Parameter levels: What is declared of columns.
  /// - Returns: Sets without these columns, and no set of a single column.
  package func separating(_ levels: [LevelDeclaration]) -> Survey {
    let alone = Set(
      levels.filter { $0.level == .nominal && $0.order.isEmpty }.map { AnswerCode.text($0.column) })
    var result = self
    result.sets = sets.compactMap { set in
      let members = set.members.filter { !alone.contains(.text($0)) }
      guard members.count < set.members.count else { return set }
      guard members.count > 1 else { return nil }
      return MultipleResponseSet(
        name: set.name, label: set.label, members: members, coding: set.coding,
        optionLabels: set.optionLabels, isBounded: set.isBounded)
    }
    return result
  }
}
