extension StudyFile {
  /// The columns that are sensitive: those that the study names, and what it makes of them.
  package var sensitiveColumns: Set<String> {
    var columns = Set(sensitive)
    guard !columns.isEmpty else { return columns }
    var before = 0
    while columns.count != before {
      before = columns.count
      for made in survey.preparation.derived where !columns.isDisjoint(with: made.sources) {
        columns.insert(made.name)
      }
    }
    return columns
  }
}
