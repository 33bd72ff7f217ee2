internal import TesseraSurvey

extension RelationTable {
  /// Signs and words for strong, medium and weak, as Houses of Quality are drawn and written; a tick
  /// is strong.
  private static let signs: [String: Double] = [
    "9": 9, "strong": 9, "◎": 9, "●": 9, "⊙": 9,
    "3": 3, "medium": 3, "moderate": 3, "○": 3,
    "1": 1, "weak": 1, "△": 1, "▲": 1, "▽": 1,
    "0": 0, "none": 0, "no": 0, "false": 0,
    "x": 9, "✓": 9, "✔": 9, "☑": 9, "yes": 9, "true": 9, "harms": -9, "harm": -9,
  ]

  /// Binds a table of relations to the needs and features of a study.
  ///
  /// - Parameters:
  ///   - table: A row a need, a column a feature.
  ///   - study: What the study declares.
  /// - Returns: The relations, and what looks wrong.
  /// - Throws: ``StudyError`` (`E06xx`) naming line and column.
  static func bind(
    _ table: StudyTable, _ study: StudyFile
  ) throws(StudyError) -> (relations: RelationTable, notices: [String]) {
    let needs = study.needs.map(\.name)
    let features = study.features.map(\.name)
    let rows = try table.names("need")
    let isTurned = rows.allSatisfy(features.contains) && !rows.allSatisfy(needs.contains)
    if isTurned {
      throw table.error(
        "E0601", "the rows of this table are features", row: 0, column: 0,
        hint: "turn the table round: a row a need, a column a feature")
    }
    var faults = StudyFaults()
    for (row, name) in rows.enumerated() where !needs.contains(name) {
      faults.add(
        table.error(
          "E0601", "'\(DisplayText.escaped(name))' is not a need of the study", row: row,
          column: 0, hint: NearestName.question(name, among: needs) ?? "declare it under needs:"))
    }
    for column in table.header.indices.dropFirst() where !features.contains(table.header[column]) {
      let name = table.header[column]
      faults.add(
        table.error(
          "E0601", "'\(DisplayText.escaped(name))' is not a feature of the study",
          column: column,
          hint: NearestName.question(name, among: features) ?? "declare it under features:"))
    }
    try faults.end()
    let columns = features.map { table.header.dropFirst().firstIndex(of: $0) }
    var strength: [[Double]] = []
    for need in needs {
      guard let row = rows.firstIndex(of: need) else {
        faults.add(
          table.error(
            "E0605", "unserved need: '\(DisplayText.escaped(need))' has no row",
            hint: "add a row that says which features serve it, or take the need out"))
        continue
      }
      let known = faults.reports.count
      let relations = columns.map { column -> Double in
        guard let column else { return 0 }
        return faults.take { () throws(StudyError) in try value(table, row, column) } ?? 0
      }
      if faults.reports.count == known, !relations.contains(where: { $0 != 0 }) {
        faults.add(
          table.error(
            "E0605", "unserved need: no feature does anything for '\(DisplayText.escaped(need))'",
            row: row, column: 0,
            hint: "write 9, 3 or 1 under the features that serve it, or take the need out"))
      }
      strength.append(relations)
    }
    try faults.end()
    var notices: [String] = []
    for (position, feature) in features.enumerated()
    where !strength.contains(where: { $0[position] != 0 }) {
      notices.append(
        "\(table.file): no need uses the feature '\(DisplayText.escaped(feature))'; it changes the "
          + "fit only through barriers")
    }
    let relations = RelationTable(
      needs: needs, features: features, strength: strength, file: table.file)
    return (relations, notices)
  }

  private static func value(
    _ table: StudyTable, _ row: Int, _ column: Int
  ) throws(StudyError) -> Double {
    let text = table.text(row, column)
    guard !text.isEmpty else { return 0 }
    var sign = 1.0
    var rest = Substring(text)
    if let first = rest.first, "-−–+".contains(first) {
      sign = first == "+" ? 1 : -1
      rest = rest.dropFirst().drop { $0.isWhitespace }
    }
    let word = rest.lowercased()
    let known = signs[word] ?? Double(word).flatMap { [9, 3, 1, 0].contains($0) ? $0 : nil }
    guard let known else {
      throw table.error(
        "E0604", "'\(DisplayText.escaped(text))' is not a relation", row: row, column: column,
        hint: "write 9, 3 or 1, or strong, medium or weak, or a tick (x) for strong; harms, or a "
          + "minus before it, where the feature harms; or leave it blank")
    }
    return known == 0 ? 0 : sign * known
  }
}
