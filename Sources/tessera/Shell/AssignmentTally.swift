import TesseraFiles
import TesseraMath
import TesseraReport
import TesseraStudy

/// What an assignment came to, summed over its parts.
struct AssignmentTally {
  private let model: SegmentModel
  private var sizes: [Int]
  /// For each segment the sum of its members' probabilities.
  private var certainty: [Double]
  /// Those placed with a probability under ``AssignmentDrift/sure``.
  private(set) var doubtful = 0
  private var answers = AnswerTally()
  private var notes: [String] = []
  private var identifiers: IdentifierCheck
  /// Respondents so far.
  private(set) var respondents = 0
  /// Respondents without a segment.
  private(set) var rejected = 0
  /// Those of them whose segment is too doubtful to be told.
  private(set) var undecided = 0
  /// For each segment the sum of everybody's probabilities, those undecided included.
  private var expected: [Double]
  /// Those without a segment, as CSV.
  private var silent: [UInt8] = []
  /// Damaged rows that were set aside, and the reasons of the first of them.
  private(set) var setAside = 0
  private var firstSetAside: [String] = []
  private var damaged = CSVWriter(isRaw: false)
  /// What was unknown or missing.
  private(set) var found = AssignmentNotes()

  init(_ model: SegmentModel, checksAllIDs: Bool) {
    self.model = model
    sizes = model.segments.map { _ in 0 }
    certainty = model.segments.map { _ in 0 }
    expected = model.segments.map { _ in 0 }
    identifiers = IdentifierCheck(limit: checksAllIDs ? .max : IdentifierCheck.usualLimit)
  }

  mutating func add(_ part: AssignmentStream.Part) {
    let chances = part.batch.posterior.values
    for (row, label) in part.batch.labels.enumerated() {
      let start = row * expected.count
      if let label {
        sizes[label] += 1
        let chance = chances[start + label]
        certainty[label] += chance
        if chance < AssignmentDrift.sure { doubtful += 1 }
      } else {
        rejected += 1
      }
      let isUndecided = label == nil && part.batch.isDoubtful(row)
      if isUndecided { undecided += 1 }
      guard label != nil || isUndecided else { continue }
      for segment in expected.indices { expected[segment] += chances[start + segment] }
    }
    respondents += part.batch.posterior.rows
    found.add(part.batch.notes)
    answers.add(part.batch.answers)
    silent += part.rejects
    setAside += part.setAside.count
    for row in part.setAside {
      let reason = "line \(row.row) of \(row.file): \(row.reason)"
      if firstSetAside.count < 3 { firstSetAside.append(reason) }
      damaged.append([.empty, .text("set aside, " + reason)])
    }
    for note in part.notes where !notes.contains(note) { notes.append(note) }
    if let ids = part.ids { identifiers.add(ids) }
  }

  /// Who has no segment, and which rows were damaged, with the reasons, as CSV.
  var rejects: [UInt8] { silent + damaged.bytes }

  /// Whether there is anything to list.
  var hasRejects: Bool { rejected > 0 || setAside > 0 }

  /// What reading found, and what the identifiers are like.
  var allNotes: [String] {
    notes + (model.survey?.id.map { identifiers.notes(column: $0) } ?? [])
  }

  /// How far these respondents differ from those of the model.
  var drift: AssignmentDrift {
    AssignmentDrift(model, answers, sizes: sizes, doubtful: doubtful)
  }

  /// The drift in a few lines.
  var driftLines: [String] {
    let numbers = NumberStyle.english
    let drift = drift
    let (moved, silent) = (drift.moved, drift.silent)
    guard silent.count < drift.questions.count || silent.isEmpty else {
      return ["None of the model's questions is answered here: nothing can be said of drift."]
    }
    let answered = drift.questions.count - silent.count
    var lines = [
      moved.isEmpty
        ? silent.isEmpty
          ? "No question is answered differently than in the model's survey, beyond chance."
          : "None of the \(answered) questions that are answered here is answered differently than in "
            + "the model's survey, beyond chance."
        : "\(moved.count) of \(answered) questions \(moved.count == 1 ? "is" : "are") answered "
          + "differently than in the model's survey, beyond chance. Population stability index:"
    ]
    if !moved.isEmpty {
      lines += TextTableLayout.lines(
        header: ["question", "index", "by chance", "without answer"],
        rows: moved.prefix(10).map {
          [
            $0.label, numbers.number($0.index, decimals: 3),
            numbers.number($0.expected, decimals: 4), numbers.percent($0.missing),
          ]
        })
    }
    if !silent.isEmpty {
      let more = silent.count - 8
      lines.append(
        "Not answered here, so that nothing can be said of them: "
          + silent.prefix(8).map(\.label).joined(separator: ", ")
          + (more > 0 ? " and \(more) more" : "") + ".")
    }
    if let doubtful = drift.doubtful {
      lines.append(
        "\(numbers.percent(doubtful)) belong to their segment with a probability under 70%.")
    }
    if let likelihood = drift.logLikelihood {
      lines.append(
        "Log-likelihood per person"
          + (drift.complete < drift.respondents
            ? " (\(numbers.number(Double(drift.complete))) who answered every question)" : "")
          + ": \(numbers.number(likelihood.new, decimals: 2)), in the model's survey "
          + "\(numbers.number(likelihood.own, decimals: 2)).")
    }
    return lines
  }

  /// How many have no segment, and why.
  var rejectedSentence: String {
    let numbers = NumberStyle.english
    let silent = rejected - undecided
    let parts = [
      undecided > 0
        ? "\(numbers.number(Double(undecided))) people stand between segments (cannot tell)" : nil,
      silent > 0
        ? silent == 1
          ? "1 respondent has no segment"
          : "\(numbers.number(Double(silent))) respondents have no segment" : nil,
      setAside > 0
        ? (setAside == 1
          ? "1 damaged row was" : "\(numbers.number(Double(setAside))) damaged rows were")
          + " set aside (\(firstSetAside.joined(separator: "; "))\(setAside > firstSetAside.count ? "; ..." : ""))"
        : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  /// Shares that the probabilities of everybody add up to.
  private var expectedShares: [Double] {
    let total = expected.reduce(0, +)
    return expected.map { total > 0 ? $0 / total : .nan }
  }

  /// Whether the model places customers by columns that they share with the survey.
  private var isBridge: Bool { model.evidence["bridge"] != nil }

  /// A table for a terminal.
  var lines: [String] {
    let numbers = NumberStyle.english
    let placed = respondents - rejected
    let shares = expectedShares
    let rows = model.segments.enumerated().map { place, segment -> [String] in
      let (size, certainty) = (sizes[place], certainty[place])
      return [
        segment.display, numbers.number(Double(size)),
        placed > 0 ? numbers.percent(Double(size) / Double(placed)) : "-",
        size > 0 ? numbers.percent(certainty / Double(size)) : "-",
      ] + (isBridge ? [numbers.percent(shares[place]), numbers.percent(segment.share)] : [])
    }
    return TextTableLayout.lines(
      header: ["segment", "people", "share", "mean probability"]
        + (isBridge ? ["predicted share", "share in the survey"] : []), rows: rows)
      + [
        "\(numbers.number(Double(placed))) of \(numbers.number(Double(respondents))) assigned"
          + (undecided > 0 ? ", \(numbers.number(Double(undecided))) cannot tell" : "")
          + (rejected > undecided
            ? ", \(numbers.number(Double(rejected - undecided))) without a segment" : "")
          + (setAside > 0
            ? ", \(numbers.number(Double(setAside))) damaged \(setAside == 1 ? "row" : "rows") set aside"
            : "")
      ] + findingLines
  }

  /// Answers that count as missing or are far off, by column.
  private var findingLines: [String] {
    let isLost = { (one: AssignmentNotes.Finding) in one.kind != .implausible }
    return [
      Self.line("Answers that count as missing", found.findings.filter(isLost)),
      Self.line("Numbers far outside the study's", found.findings.filter { !isLost($0) }),
    ].compactMap { $0 }
  }

  private static func line(_ title: String, _ findings: [AssignmentNotes.Finding]) -> String? {
    guard !findings.isEmpty else { return nil }
    let shown = findings.prefix(8).map {
      "\($0.column) \(NumberStyle.english.number(Double($0.count)))"
    }
    let more = findings.count - shown.count
    return "\(title): \(shown.joined(separator: ", "))"
      + (more > 0 ? " and \(more) more columns" : "")
  }

  /// What `--json` prints.
  func json(file: String?) -> JSONValue {
    [
      "schema": "tessera.assign/1", "file": file, "respondents": respondents,
      "segments": JSONValue.array(
        model.segments.enumerated().map { place, segment in
          let size = sizes[place]
          return [
            "id": segment.id, "name": segment.name, "respondents": size,
            "mean_probability": size > 0
              ? JSONValue.number(certainty[place] / Double(size)) : .null,
            "predicted_share": expectedShares[place], "share_in_model": segment.share,
          ]
        }), "cannot_tell": undecided, "rejected": rejected,
      "set_aside": setAside,
      "answers": found.findings.map { one in
        [
          "column": one.column, "kind": one.kind.rawValue, "count": one.count,
          "file": one.place?.file, "row": one.place?.row,
        ] as JSONValue
      }, "warnings": found.sentences,
    ]
  }
}
