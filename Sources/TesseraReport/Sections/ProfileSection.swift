import TesseraStudy

extension StudyReport {
  /// Every question by segment, with the map and the profile plot.
  func profileSection() -> ReportSection {
    var blocks = mapBlocks()
    if let chart = profileChart(limit: 24) { blocks.append(.chart(chart)) }
    let tables = profileTables()
    if !tables.isEmpty {
      blocks.append(.details(summary: "Every question, by segment", tables))
    }
    for note in results.profiles.notes { blocks.append(.note(.info, RichText(note))) }
    return ReportSection(id: "profiles", title: "Every question by segment", blocks: blocks)
  }

  private func profileTables() -> [Block] {
    guard let first = results.profiles.segments.first else { return [] }
    let heads = results.profiles.segments.map {
      ReportTable.Column($0.display, isNumeric: true)
    }
    return first.variables.enumerated().map { position, variable in
      let columns = results.profiles.segments.map { $0.variables[position] }
      var rows: [[ReportTable.Cell]] = []
      if variable.categories.isEmpty {
        rows.append(
          [
            .init("mean", isHeader: true),
            .number(variable.totalMean, numbers, decimals: 2),
          ]
            + columns.map { column in
              .init(
                RichText(numbers.number(column.mean, decimals: 2) + mark(column)),
                value: column.mean, hint: test(column),
                shade: column.effectSize.map { .diverging($0) } ?? .none)
            })
      }
      for (place, category) in variable.categories.enumerated() {
        rows.append(
          [
            .init(RichText(variable.shown(category)), isHeader: true),
            .percent(category.totalShare, numbers),
          ]
            + columns.map { column in
              let one = column.categories[place]
              let difference = one.share.flatMap { share in
                category.totalShare.map { share - $0 }
              }
              return .init(
                RichText(numbers.percent(of: one) + mark(column)), value: one.share,
                hint: "index \(numbers.number(one.index)); " + test(column),
                shade: difference.map { .diverging($0 * 2.5) } ?? .none)
            })
      }
      return .table(
        ReportTable(
          id: "profile-\(Escape.slug(variable.name))",
          caption: "\(variable.label) (\(variable.role.rawValue), \(variable.level))",
          columns: [.init("Answer"), .init("All", isNumeric: true)] + heads, rows: rows))
    }
  }

  private func mark(_ variable: VariableProfile) -> String { variable.smallBase ? " *" : "" }

  private func test(_ variable: VariableProfile) -> String {
    var text = "\(numbers.number(variable.base)) respondents"
    if variable.smallBase { text += ", too few for more than a hint" }
    if let effect = variable.effectSize {
      text += "; effect \(numbers.signed(effect, decimals: 2))"
    }
    if let p = variable.pAdjusted {
      text += "; adjusted p \(p < 0.001 ? "below 0.001" : numbers.number(p, decimals: 3))"
    }
    return text
  }
}

extension VariableProfile {
  /// What a reader sees of an answer: 0 and 1 without labels are No and Yes.
  func shown(_ category: CategoryProfile) -> String {
    let isFlag = categories.count == 2 && categories.allSatisfy { ["0", "1"].contains($0.label) }
    return isFlag ? (category.label == "0" ? "No" : "Yes") : category.label
  }
}
