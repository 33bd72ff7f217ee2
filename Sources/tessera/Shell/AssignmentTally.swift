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
  private var doubtful = 0
  private var answers = AnswerTally()
  private var notes: [String] = []
  private var identifiers: IdentifierCheck
  /// Respondents so far.
  private(set) var respondents = 0
  /// Respondents without a segment.
  private(set) var rejected = 0
  /// Those without a segment, as CSV.
  private(set) var rejects: [UInt8] = []
  /// What was unknown or missing.
  private(set) var found = AssignmentNotes()

  init(_ model: SegmentModel, checksAllIDs: Bool) {
    self.model = model
    sizes = model.segments.map { _ in 0 }
    certainty = model.segments.map { _ in 0 }
    identifiers = IdentifierCheck(limit: checksAllIDs ? .max : IdentifierCheck.usualLimit)
  }

  mutating func add(_ part: AssignmentStream.Part) {
    for (row, label) in part.batch.labels.enumerated() {
      if let label {
        sizes[label] += 1
        let chance = part.batch.posterior[row, label]
        certainty[label] += chance
        if chance < AssignmentDrift.sure { doubtful += 1 }
      } else {
        rejected += 1
      }
    }
    respondents += part.batch.posterior.rows
    found.add(part.batch.notes)
    answers.add(part.batch.answers)
    rejects += part.rejects
    for note in part.notes where !notes.contains(note) { notes.append(note) }
    if let ids = part.ids { identifiers.add(ids) }
  }

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
    let moved = drift.questions.filter { ($0.index ?? 0) > $0.critical }
      .sorted { ($0.index ?? 0) > ($1.index ?? 0) }
    var lines = [
      moved.isEmpty
        ? "No question is answered differently than in the model's survey, beyond chance."
        : "\(moved.count) of \(drift.questions.count) questions are answered differently than in the "
          + "model's survey, beyond chance. Population stability index:"
    ]
    lines += TextTableLayout.lines(
      header: ["question", "index", "by chance", "without answer"],
      rows: moved.prefix(10).map {
        [
          $0.label, numbers.number($0.index, decimals: 3), numbers.number($0.expected, decimals: 4),
          numbers.percent($0.missing),
        ]
      })
    if let doubtful = drift.doubtful {
      lines.append(
        "\(numbers.percent(doubtful)) belong to their segment with a probability under 70%.")
    }
    if let likelihood = drift.logLikelihood {
      lines.append(
        "Log-likelihood per person: \(numbers.number(likelihood.new, decimals: 2)), in the model's "
          + "survey \(numbers.number(likelihood.own, decimals: 2)).")
    }
    return lines
  }

  /// A table for a terminal.
  var lines: [String] {
    let numbers = NumberStyle.english
    let placed = respondents - rejected
    let rows = zip(model.segments, zip(sizes, certainty)).map { segment, sums -> [String] in
      let (size, certainty) = sums
      return [
        segment.display, numbers.number(Double(size)),
        placed > 0 ? numbers.percent(Double(size) / Double(placed)) : "-",
        size > 0 ? numbers.percent(certainty / Double(size)) : "-",
      ]
    }
    return TextTableLayout.lines(
      header: ["segment", "people", "share", "mean probability"], rows: rows)
      + [
        "\(numbers.number(Double(placed))) of \(numbers.number(Double(respondents))) assigned"
          + (rejected > 0 ? ", \(numbers.number(Double(rejected))) without a segment" : "")
      ]
  }

  /// What `--json` prints.
  func json(file: String?) -> JSONValue {
    .object([
      ("schema", .string("tessera.assign/1")), ("file", .optional(file)),
      ("respondents", .integer(respondents)),
      (
        "segments",
        .array(
          zip(model.segments, zip(sizes, certainty)).map { segment, sums in
            .object([
              ("id", .string(segment.id)), ("name", .string(segment.name)),
              ("respondents", .integer(sums.0)),
              ("mean_probability", sums.0 > 0 ? .number(sums.1 / Double(sums.0)) : .null),
            ])
          })
      ),
      ("rejected", .integer(rejected)), ("warnings", .strings(found.sentences)),
    ])
  }
}
