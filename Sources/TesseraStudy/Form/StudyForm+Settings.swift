internal import TesseraFiles
internal import TesseraSurvey

extension StudyForm {
  /// Words that a drop-down offers for a key of the sheet Settings.
  private static let words: [String: [String]] = [
    "segments.method": SegmentationMethod.allCases.map(\.rawValue),
    "segments.scale_use": ["raw", "center", "rank", "intercept"],
    "segments.prior": ["default", "none"], "segments.correction": ["bch", "ml"],
    "segments.flags": ["true", "false"], "segments.choose": ["true", "false"],
    "survey.salvage": ["true", "false"], "survey.header": ["true", "false"],
    "market.outside": ["true", "false"],
    "market.counted_by": ["first_choice", "share_of_preference"],
    "price_questions.range": ["original", "narrower"],
    "privacy": ["standard", "strict", "none"],
  ]

  /// What has no sheet of its own: keys by their path, with what else could be said as remarks.
  func settings() -> FormSheet {
    var form = FormSheet(name: FormLayout.Sheet.settings.rawValue)
    form.widths = [34, 50, 70]
    form.textColumns = [0, 1]
    form.frozenRows = 2
    form.rows = [
      FormCell.row(["key", "value", "# meaning"], .heading),
      FormCell.row(
        ["# keys joined by points", "[a, b] is a list, { a: 1, b: 2 } goes by name"], .remark),
    ]
    var said: Set<String> = []
    let leaves = tree.leaves()
    let first = ["title", "survey"]
    let ordered =
      leaves.filter { first.contains($0.path[0]) } + leaves.filter { !first.contains($0.path[0]) }
    for leaf in ordered {
      let isPlain = leaf.path.count == 1 && FormLayout.plain.contains(leaf.path[0])
      if case .map(let entries) = leaf.node.content, entries.isEmpty { continue }
      let key = StudyReference.find(leaf.path.joined(separator: ".")).first
      form.rows.append([
        .text(FormText.written(path: leaf.path)), FormText.cell(leaf.node, isPlain: isPlain),
        .text(key?.meaning ?? "", .remark),
      ])
      for length in 1...leaf.path.count {
        said.insert(leaf.path.prefix(length).joined(separator: "."))
      }
      choose(leaf.path.joined(separator: "."), &form)
    }
    for (place, filter) in filters.enumerated() {
      let name = place == 0 ? "complete" : "complete_\(place + 1)"
      form.rows.append(
        FormCell.row(["# survey.filter.\(name)", filter.condition, filter.reason], .remark))
      said.insert("survey.filter")
    }
    form.rows.append([
      .text("# What else could be said: take the # away and write your own value", .title)
    ])
    for key in StudyReference.keys where !said.contains(key.path) {
      let parts = key.path.split(separator: ".").map(String.init)
      let isNear =
        parts.count == 1 || (parts.count == 2 && ["survey", "segments"].contains(parts[0]))
      guard isNear, FormLayout.place(of: key.path).hasPrefix("Settings"),
        !["survey", "segments", "needs", "features", "barriers"].contains(key.path),
        !key.path.contains("*"), key.path != "survey.sets"
      else { continue }
      form.rows.append(
        FormCell.row(["# " + key.path, key.example, key.meaning], .remark))
      choose(key.path, &form)
    }
    return form
  }

  private func choose(_ key: String, _ form: inout FormSheet) {
    guard let words = Self.words[key] else { return }
    let row = form.rows.count - 1
    form.choices.append(FormChoice(rows: row...row, column: 1, source: .words(words)))
  }

  /// What to do with the workbook.
  static var readMe: FormSheet {
    var form = FormSheet(name: "Read me")
    form.widths = [24, 100]
    let lines = [
      ("A study for Tessera", ""),
      ("Run it", "tessera run study.xlsx (with the name of this file)"),
      ("Guesses", "What the survey tells is filled in; the column \"why\" says how it is known."),
      ("Remarks", "Rows and columns that begin with # are not read. Examples stand behind a #."),
      (
        "Settings",
        "The title, the survey file and every key that has no sheet of its own. Take a # away to use a "
          + "key."
      ),
      (
        "Variables",
        "One row per column: active makes the segments, passive describes them. Change what is wrong."
      ),
      ("Sets", "Questions with several answers that the file does not declare as such."),
      ("Needs", "What people want, and the column that says how much it matters."),
      (
        "Features, Products",
        "What products have, what a level is worth, and which levels they have."
      ),
      ("Relations", "How much a feature does for a need: strong, medium, weak, x (strong), harms."),
      ("Barriers, Edits", "What stops people from buying; changes to try."),
      (
        "Keys", "Where every key of a study stands, with an example. tessera help study tells more."
      ),
      ("Mistakes", "tessera names the sheet and the cell of everything that it cannot read."),
    ]
    form.rows = lines.enumerated().map { place, line in
      [.text(line.0, place == 0 ? .title : .heading), .text(line.1)]
    }
    return form
  }

  /// Every key with its place.
  static var keys: FormSheet {
    var form = FormSheet(name: "Keys")
    form.widths = [32, 34, 26, 20, 40, 60]
    form.frozenRows = 1
    form.rows = [
      FormCell.row(["key", "place", "takes", "without it", "example", "meaning"], .heading)
    ]
    for key in StudyReference.keys {
      form.rows.append(
        FormCell.row(
          [
            key.path, FormLayout.place(of: key.path), key.type, key.standard, key.example,
            key.meaning,
          ], .plain))
    }
    return form
  }
}
