import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// An inspection as JSON, and as text for a terminal.
struct InspectionDocument {
  private let file: SurveyFile
  private let inspection: Inspection
  private let drafted: [String]
  private let numbers = NumberStyle.english

  /// Takes what was read and what was seen in it.
  ///
  /// - Parameters:
  ///   - file: The survey.
  ///   - inspection: What was seen.
  ///   - questions: Batteries and questions known by name, a line each.
  init(_ file: SurveyFile, _ inspection: Inspection, questions: [String] = []) {
    drafted = questions
    self.file = file
    self.inspection = inspection
  }

  /// The keys of `tessera inspect --json`.
  var json: JSONValue {
    let notices = file.notices.map { problem($0.row, $0.column, $0.message) }
    let found = inspection.problems.map { problem($0.row, $0.column, $0.message) }
    return [
      "schema": "tessera.inspect/1", "file": file.sources.map(\.path).joined(separator: ", "),
      "format": file.format.rawValue, "label": file.label, "respondents": inspection.respondents,
      "completes": inspection.completes, "variables": inspection.variables.map(variable),
      "multiple_response": JSONValue.list(inspection.sets) { set in
        ["name": set.name, "label": set.label, "members": set.members]
      },
      "levels": JSONValue.object(inspection.levels.map { ($0.level.rawValue, .integer($0.count)) }),
      "joined": inspection.joined.map(joined), "grids": inspection.grids,
      "blocks": inspection.blocks.map(block), "questions": drafted, "weight": weight,
      "problems": JSONValue.array(notices + found),
    ]
  }

  private func joined(_ one: JoinedAnswers) -> JSONValue {
    ["column": one.column, "separator": one.separator, "options": one.options]
  }

  private func block(_ one: QuestionBlock) -> JSONValue {
    [
      "kind": one.kind.rawValue, "name": one.name, "label": one.label, "members": one.members,
      "rounds": one.rounds,
    ]
  }

  /// A variable as JSON.
  func variable(_ one: Inspection.VariableSummary) -> JSONValue {
    [
      "name": one.name, "label": one.label, "level": one.level.rawValue,
      "type": one.isNumeric ? "number" : "text", "missing": one.missing, "distinct": one.distinct,
      "categories": JSONValue.list(shown(one)) { category in
        [
          "code": category.code.number.map { JSONValue.number($0) } ?? .string(category.code.text),
          "label": category.label, "count": category.count,
        ]
      }, "mean": one.moments?.mean, "standard_deviation": one.moments?.standardDeviation,
      "role": one.role.role.rawValue, "role_reason": one.role.reason,
      "missing_reasons": JSONValue.list(one.missingReasons) {
        ["label": $0.label, "kind": $0.kind.rawValue, "count": $0.count]
      },
    ]
  }

  /// The categories that may be shown: none of open answers, identifiers and the like.
  func shown(_ one: Inspection.VariableSummary) -> [Inspection.CategoryCount] {
    guard one.level != .text, one.level != .date, one.role.role != .openEnd else { return [] }
    // A text of several words that few gave is likely somebody's own words, whatever the column is taken for.
    return one.categories.filter { category in
      category.code.number != nil || category.label != category.code.text
        || category.label.split(separator: " ").count <= 2 || category.count >= 10
    }
  }

  private var weight: JSONValue {
    guard let weight = inspection.weight else { return .null }
    return [
      "variable": weight.variable, "effective_sample_size": weight.effectiveSampleSize,
      "minimum": weight.minimum, "maximum": weight.maximum,
    ]
  }

  private func problem(_ row: Int?, _ column: String?, _ message: String) -> JSONValue {
    ["row": row, "column": column, "message": message]
  }

  private static let mostRows = 60
  private static let mostFindings = 40

  /// One screen for an analyst.
  var text: String {
    let levels = inspection.levels.map { "\($0.count) \($0.level.rawValue)" }
    var lines = [
      "\(file.sources.map(\.path).joined(separator: ", ")): \(file.format.rawValue), "
        + "\(numbers.number(Double(inspection.respondents))) respondents "
        + "(\(numbers.number(Double(inspection.completes))) complete), "
        + "\(inspection.variables.count) variables: \(levels.joined(separator: ", "))"
    ]
    if !file.label.isEmpty { lines.append(file.label) }
    lines += design
    lines.append("")
    let shown = inspection.variables.prefix(Self.mostRows)
    let hasWordings = shown.contains { !$0.label.isEmpty && $0.label != $0.name }
    let names = DistinctParts.told(shown.map(\.name), limit: 28)
    let wordings = DistinctParts.told(shown.map(\.label), limit: 44)
    lines += TextTableLayout.lines(
      header: ["variable", "level", "missing", "distinct", "role"]
        + (hasWordings ? ["wording"] : []) + ["answers"],
      rows: shown.enumerated().map { place, one in
        [
          names[place], one.level.rawValue, String(one.missing), String(one.distinct),
          one.role.role.rawValue,
        ] + (hasWordings ? [wordings[place]] : []) + [answers(one)]
      })
    if inspection.variables.count > Self.mostRows {
      lines.append(
        "... and \(inspection.variables.count - Self.mostRows) more; --codebook writes them all")
    }
    if !drafted.isEmpty {
      lines += ["", "As tessera init would take them:"]
      lines += drafted.prefix(20).map { "  \($0)" }
      if drafted.count > 20 { lines.append("  ... and \(drafted.count - 20) more") }
    }
    lines += questions
    let findings = self.findings
    if !findings.isEmpty {
      lines += ["", "To look at:"] + findings.prefix(Self.mostFindings).map { "  \($0)" }
      if findings.count > Self.mostFindings {
        lines.append("  ... and \(findings.count - Self.mostFindings) more; --json lists them all")
      }
    }
    return lines.map { DisplayText.escaped($0, limit: 400) }.joined(separator: "\n")
  }

  /// The weight, and what may be strata and clusters.
  private var design: [String] {
    var lines: [String] = []
    if let weight = inspection.weight {
      lines.append(
        "weight: \(weight.variable) (\(numbers.number(weight.minimum, decimals: 2)) to "
          + "\(numbers.number(weight.maximum, decimals: 2))), effective number of respondents "
          + numbers.number(weight.effectiveSampleSize))
    }
    for (role, word) in [(RoleGuess.Role.strata, "strata"), (.cluster, "clusters")] {
      let names = inspection.variables.filter { $0.role.role == role }.map(\.name)
      if !names.isEmpty { lines.append("may be \(word): \(names.joined(separator: ", "))") }
    }
    return lines
  }

  /// Questions that take several columns, and columns that take several answers.
  private var questions: [String] {
    var lines: [String] = []
    if !inspection.sets.isEmpty {
      lines += ["", "Multiple-response questions:"]
      lines += inspection.sets.prefix(20).map {
        "  \($0.name): \(Self.listed($0.members))"
      }
      if inspection.sets.count > 20 { lines.append("  ... and \(inspection.sets.count - 20) more") }
    }
    if !inspection.joined.isEmpty {
      lines += ["", "Several answers in one cell:"]
      lines += inspection.joined.prefix(10).map {
        "  \($0.column): \($0.options.count) answers with \"\($0.separator)\" between them"
      }
    }
    if !inspection.blocks.isEmpty {
      lines += ["", "Questions that belong together:"]
      lines += inspection.blocks.prefix(20).map { block in
        let ends = "\(block.members.first ?? "") to \(block.members.last ?? "")"
        return block.kind == .grid
          ? "  grid \(block.name): \(block.members.count) questions on a scale of "
            + "\(block.scale.count), \(ends)"
          : "  loop \(block.name): \(block.rounds.count) rounds "
            + "(\(Self.listed(block.rounds))), \(ends)"
      }
      if inspection.blocks.count > 20 {
        lines.append("  ... and \(inspection.blocks.count - 20) more")
      }
    }
    return lines
  }

  private static func listed(_ names: [String]) -> String {
    names.count <= 8
      ? names.joined(separator: ", ")
      : names.prefix(6).joined(separator: ", ") + ", ... (\(names.count))"
  }

  /// What was found, one line for columns of which the same is said.
  private var findings: [String] {
    let all =
      file.notices.map { (row: $0.row, column: $0.column, message: $0.message) }
      + inspection.problems.map { (row: $0.row, column: $0.column, message: $0.message) }
    var order: [String] = []
    var columns: [String: [String]] = [:]
    var rows: [String: Int] = [:]
    for one in all {
      if columns[one.message] == nil {
        order.append(one.message)
        columns[one.message] = []
        rows[one.message] = one.row
      }
      if let column = one.column { columns[one.message]?.append(column) }
    }
    return order.map { message in
      let names = columns[message] ?? []
      if names.count > 1 { return "\(Self.listed(names)): \(message)" }
      return place(rows[message], names.first) + message
    }
  }

  private func answers(_ one: Inspection.VariableSummary) -> String {
    if let moments = one.moments, one.level == .numeric || one.level == .count {
      return "mean \(numbers.number(moments.mean, decimals: 2)), sd "
        + numbers.number(moments.standardDeviation, decimals: 2)
    }
    let categories = shown(one).filter { one.isNumeric || $0.count > 0 }
    let parts = categories.prefix(4).map {
      "\(DisplayText.escaped($0.label, limit: 18)) \($0.count)"
    }
    return parts.joined(separator: ", ") + (categories.count > 4 ? ", ..." : "")
  }

  private func place(_ row: Int?, _ column: String?) -> String {
    switch (row, column) {
    case (let row?, let column?): "line \(row), \(column): "
    case (let row?, nil): "line \(row): "
    case (nil, let column?): "\(column): "
    case (nil, nil): ""
    }
  }
}
