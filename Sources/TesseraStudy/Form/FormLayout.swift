/// Where each key of a study stands in a workbook.
///
/// Rows and columns that begin with `#` are remarks. The first row that does not is the heading.
enum FormLayout {
  /// A sheet of the workbook that is read.
  enum Sheet: String, CaseIterable {
    case settings = "Settings"
    case variables = "Variables"
    case sets = "Sets"
    case needs = "Needs"
    case features = "Features"
    case products = "Products"
    case relations = "Relations"
    case barriers = "Barriers"
    case edits = "Edits"
  }

  /// Sheets that are only for people.
  static let remarks = ["Read me", "Keys"]

  /// A sheet with a row for each name: what a row is, and the key it belongs under.
  static let tables: [(sheet: Sheet, noun: String, path: [String])] = [
    (.sets, "set", ["survey", "sets"]), (.needs, "need", ["needs"]),
    (.features, "feature", ["features"]), (.barriers, "barrier", ["barriers"]),
  ]

  /// What a column of the survey is used for, by the words of the sheet Variables.
  static let uses: [(word: String, path: [String], isList: Bool)] = [
    ("active", ["segments", "active"], true), ("passive", ["segments", "passive"], true),
    ("covariate", ["segments", "covariates"], true), ("outcome", ["segments", "outcomes"], true),
    ("id", ["survey", "id"], false), ("weight", ["survey", "weight"], false),
    ("frequency", ["survey", "frequency"], false), ("strata", ["survey", "strata"], false),
    ("cluster", ["survey", "cluster"], false), ("wave", ["survey", "wave"], false),
    ("given", ["segments", "given"], false),
  ]

  /// Columns of the sheet Variables that take a tick, or a number where the order matters.
  static let ticks = ["values", "channels", "funnel", "sensitive", "allow_personal"]

  /// The columns of the sheet Variables.
  static let variableColumns = ["variable", "use", "level", "label", "missing"] + ticks

  /// The columns of the sheet Edits: a row for each level that changes.
  static let editColumns = ["edit", "label", "product", "feature", "level", "cost"]

  /// Keys whose cells are taken as they stand, whatever sign they begin with.
  static let plain: Set<String> = [
    "label", "importance", "satisfaction", "top2", "rank", "points", "ticked", "violated_when",
    "held_by", "must_be", "unit", "column", "title",
  ]

  /// The sheet and the heading under which a key stands.
  ///
  /// - Parameter key: A path of the table of keys, with stars.
  /// - Returns: Such as `Needs, column importance`; the sheet Settings for what has no other place.
  static func place(of key: String) -> String {
    let parts = key.split(separator: ".").map(String.init)
    for (sheet, noun, path) in tables where parts.starts(with: path) {
      let rest = parts.dropFirst(path.count + 1)
      return "\(sheet.rawValue), column \(rest.first ?? noun)"
    }
    if let use = uses.first(where: { $0.path == parts }) {
      return "Variables, column use: \(use.word)"
    }
    if ticks.contains(key) { return "Variables, column \(key)" }
    switch key {
    case "survey.levels": return "Variables, column level"
    case "survey.labels": return "Variables, column label"
    case "survey.missing": return "Variables, column missing"
    case "products": return Sheet.products.rawValue
    case "relations": return Sheet.relations.rawValue
    case "edits": return Sheet.edits.rawValue
    case "edits.*.set": return "Edits, columns feature and level"
    default: break
    }
    return parts.first == "edits"
      ? "Edits, column \(parts.last ?? "edit")" : "Settings, key \(key)"
  }
}
