internal import TesseraSurvey

/// A key of a study file, as documents, help and schema tell it.
public struct StudyKey: Sendable, Equatable {
  /// The keys that lead to it, joined by points; a star stands for a name of the user's own.
  public let path: String
  /// What it takes.
  public let type: String
  /// What holds without it; `required` where it must be there.
  public let standard: String
  /// What could be written.
  public let example: String
  /// What it means.
  public let meaning: String
  /// Where its effect is told.
  public let told: String

  /// The last part of the path.
  public var name: String { path.split(separator: ".").last.map(String.init) ?? path }

  /// Whether it must be there wherever its mapping is.
  public var isRequired: Bool { standard == "required" }
}

/// Every key that a study file may have, from one table that the parser uses too.
public enum StudyReference {
  /// All keys, each behind the key it belongs to.
  public static let keys: [StudyKey] = table.split(separator: "\n").map { line in
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    precondition(cells.count == 6, "\(line)")
    return StudyKey(
      path: cells[0], type: cells[1], standard: cells[2], example: cells[3], meaning: cells[4],
      told: cells[5])
  }

  /// The names of the keys directly under a path.
  ///
  /// - Parameter path: The path of a mapping; empty for the whole study. Names of the user's own
  ///   are stars.
  /// - Returns: Names in the order of the table.
  static func names(under path: String = "") -> [String] {
    names[path] ?? []
  }

  private static let names: [String: [String]] = {
    var names: [String: [String]] = [:]
    for key in keys {
      let parts = key.path.split(separator: ".")
      names[parts.dropLast().joined(separator: "."), default: []].append(key.name)
    }
    return names
  }()

  /// The keys that a user asks for: a key with those under it, by its path or its last part.
  ///
  /// - Parameter asked: Such as `survey.filter`, `filter`, or `needs.suv.importance`.
  /// - Returns: Keys in the order of the table; empty if there is none.
  public static func find(_ asked: String) -> [StudyKey] {
    let parts = asked.split(separator: ".").map(String.init)
    let exact = keys.filter { key in
      let own = key.path.split(separator: ".").map(String.init)
      return own.count >= parts.count && zip(own, parts).allSatisfy { $0 == $1 || $0 == "*" }
    }
    if !exact.isEmpty { return exact }
    let named = keys.filter { $0.name == asked }.map(\.path)
    return keys.filter { key in named.contains { key.path == $0 || key.path.hasPrefix($0 + ".") } }
  }

  /// The nearest key to a word that is none.
  ///
  /// - Parameter asked: The word.
  /// - Returns: A question such as "did you mean 'filter'?", if one is near.
  public static func question(_ asked: String) -> String? {
    NearestName.question(asked, among: keys.map(\.name) + keys.map(\.path))
  }

  /// The reference as Markdown.
  public static var markdown: String {
    var text = """
      # Every key of the study file

      Made from the table that the parser itself uses: `tessera help study KEY` tells the same, and
      `tessera schema` gives it to editors. A star stands for a name of your own. `docs/study-file.md`
      tells how the keys work together.

      """
    var section = ""
    for key in keys {
      let top = key.path.split(separator: ".").first.map(String.init) ?? ""
      if top != section {
        section = top
        text += "\n## \(top)\n\n| key | takes | without it | example | what it means | told in |\n"
        text += "| --- | --- | --- | --- | --- | --- |\n"
      }
      func cell(_ words: String) -> String { words.split(separator: "|").joined(separator: "/") }
      text +=
        "| `\(key.path)` | \(cell(key.type)) | \(cell(key.standard)) | `\(cell(key.example))` "
      text += "| \(cell(key.meaning)) | \(cell(key.told)) |\n"
    }
    return text
  }

  /// The reference as a JSON Schema, for editors.
  public static var schema: JSONValue {
    let head: JSONValue = [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A study of Tessera",
    ]
    return head.adding(mapping(under: "", requiring: ["survey"]))
  }

  /// What a schema says of the mapping under a path.
  private static func mapping(under path: String, requiring: [String] = []) -> JSONValue {
    let names = names(under: path)
    if names == ["*"] || (names.isEmpty && self.names["\(path).*"] != nil) {
      return ["type": "object", "additionalProperties": mapping(under: "\(path).*")]
    }
    let properties = names.map { name -> (String, JSONValue) in
      let full = path.isEmpty ? name : "\(path).\(name)"
      guard let key = keys.first(where: { $0.path == full }) else { return (name, .object([])) }
      var said: JSONValue = [
        "description": key.meaning, "examples": [key.example],
      ]
      let isMapping = self.names[full] != nil || self.names["\(full).*"] != nil
      if isMapping {
        // A mapping may have a short form beside the long one: a file, a column, a list.
        let long = mapping(under: full)
        let short: JSONValue = ["type": ["string", "number", "array"]]
        said.add(["anyOf": [long, short]])
      }
      return (name, said)
    }
    let result: JSONValue = [
      "type": "object", "properties": JSONValue.object(properties), "additionalProperties": false,
    ]
    return requiring.isEmpty ? result : result.adding(["required": requiring])
  }
}
