import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// Everything a survey's file says of its variables, without open answers and identifiers.
struct Codebook {
  private let file: SurveyFile
  private let inspection: Inspection
  private let document: InspectionDocument

  /// Takes what was read and what was seen in it.
  init(_ file: SurveyFile, _ inspection: Inspection) {
    self.file = file
    self.inspection = inspection
    document = InspectionDocument(file, inspection)
  }

  private var title: String {
    file.sources.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path }
      .joined(separator: ", ")
  }

  /// The codebook as JSON.
  var json: JSONValue {
    [
      "schema": "tessera.codebook/1", "file": title, "label": file.label,
      "respondents": inspection.respondents,
      "variables": JSONValue.array(inspection.variables.map(document.variable)),
      "multiple_response": JSONValue.list(inspection.sets) { set in
        ["name": set.name, "label": set.label, "members": set.members]
      },
    ]
  }

  /// The codebook as Markdown.
  var markdown: String {
    var lines = ["# Codebook of \(Self.escaped(title))", ""]
    if !file.label.isEmpty { lines += [Self.escaped(file.label), ""] }
    lines.append(
      "\(inspection.respondents) respondents, \(inspection.variables.count) variables; counts are "
        + "unweighted.")
    if let weight = inspection.weight {
      lines.append("Weights stand in `\(Self.code(weight.variable))`.")
    }
    for one in inspection.variables { lines += section(one) }
    if !inspection.sets.isEmpty {
      lines += ["", "## Multiple-response questions", ""]
      lines += inspection.sets.map { set in
        let members = set.members.map { "`\(Self.code($0))`" }.joined(separator: ", ")
        return "- **\(Self.escaped(set.name))** \(Self.escaped(set.label)): \(members)"
      }
    }
    if !inspection.blocks.isEmpty {
      lines += ["", "## Grids and loops", ""]
      lines += inspection.blocks.map { block in
        let members = block.members.map { "`\(Self.code($0))`" }.joined(separator: ", ")
        return "- \(block.kind.rawValue) **\(Self.escaped(block.name))** "
          + "\(Self.escaped(block.label)): \(members)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ one: Inspection.VariableSummary) -> [String] {
    var lines = ["", "## `\(Self.code(one.name))`", ""]
    if !one.label.isEmpty { lines += [Self.escaped(one.label), ""] }
    lines.append(
      "- level: \(one.level.rawValue) (\(one.isNumeric ? "numbers" : "texts"))")
    lines.append("- role: \(one.role.role.rawValue), since \(Self.escaped(one.role.reason))")
    lines.append("- answers: \(inspection.respondents - one.missing), \(one.distinct) different")
    if one.missing > 0 {
      let reasons = one.missingReasons.map { "\(Self.escaped($0.label)) \($0.count)" }
      lines.append("- missing: \(one.missing) (\(reasons.joined(separator: ", ")))")
    }
    if let moments = one.moments {
      lines.append(
        "- mean \(Self.number(moments.mean)), standard deviation "
          + Self.number(moments.standardDeviation))
    }
    let categories = document.shown(one)
    if !categories.isEmpty {
      lines += ["", "| code | label | respondents |", "|---|---|--:|"]
      lines += categories.map {
        "| \(Self.escaped($0.code.text)) | \(Self.escaped($0.label)) | \($0.count) |"
      }
    } else if one.level == .text || one.level == .date {
      lines.append("- its answers are not shown")
    }
    return lines
  }

  private static func number(_ value: Double) -> String { String(format: "%.4g", value) }

  /// A text that Markdown shows as it is.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in DisplayText.escaped(text, limit: 400) {
      if "\\`*_{}[]<>#|".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// A text between backquotes.
  private static func code(_ text: String) -> String {
    DisplayText.escaped(text, limit: 200).replacingOccurrences(of: "`", with: "'")
  }
}
