public import TesseraFiles
public import TesseraMath

/// Respondents with their segments, or with the reason why they have none.
public struct AssignmentBatch: Sendable, Equatable {
  /// The segments of the model, in the order of the columns of ``posterior``.
  public let segments: [Segment]
  /// Chance of each segment: respondents × segments.
  public let posterior: Matrix
  /// For each respondent why there is no segment; `nil` where there is one.
  public let reasons: [String?]
  /// What was unknown or missing, in sentences with counts.
  public let warnings: [String]

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - segments: The segments of the model.
  ///   - posterior: Respondents × segments.
  ///   - reasons: Why a respondent has no segment; empty if all have one.
  ///   - warnings: What was unknown or missing.
  public init(
    segments: [Segment], posterior: Matrix, reasons: [String?] = [], warnings: [String] = []
  ) {
    self.segments = segments
    self.posterior = posterior
    self.reasons = reasons.isEmpty ? [String?](repeating: nil, count: posterior.rows) : reasons
    self.warnings = warnings
  }

  /// The likeliest segment of each respondent, from 0; `nil` where there is a reason for none.
  public var labels: [Int?] {
    zip(posterior.likeliest, reasons).map { $1 == nil ? $0 : nil }
  }

  /// Respondents in each segment.
  public var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: segments.count)
    for case let label? in labels { sizes[label] += 1 }
    return sizes
  }
}

/// Writes assignments as `id, segment, probability, p_S1 ... p_SK`, part after part.
public struct AssignmentWriter: Sendable {
  /// The text so far.
  public private(set) var assignments: CSVWriter
  /// Those without a segment: `id, reason`; only the header if there are none.
  public private(set) var rejects: CSVWriter
  /// How many respondents have no segment.
  public private(set) var rejectCount = 0
  private var written = 0
  private let flags: [String]?
  private let hasReasons: Bool

  /// Starts with the header.
  ///
  /// - Parameters:
  ///   - segments: The segments of the model.
  ///   - flags: What a last column `flags` says of each respondent, in the order they are added.
  ///   - hasReasons: Whether a last column `reason` says why somebody has no segment.
  ///   - isRaw: Whether texts keep their bytes even if a spreadsheet would take them for formulas.
  public init(
    segments: [Segment], flags: [String]? = nil, hasReasons: Bool = false, isRaw: Bool = false
  ) {
    self.flags = flags
    self.hasReasons = hasReasons
    assignments = CSVWriter(isRaw: isRaw)
    rejects = CSVWriter(isRaw: isRaw)
    assignments.append(
      texts: ["id", "segment", "probability"] + segments.map { "p_\($0.id)" }
        + (flags == nil ? [] : ["flags"]) + (hasReasons ? ["reason"] : []))
    rejects.append(texts: ["id", "reason"])
  }

  /// Adds respondents.
  ///
  /// - Parameters:
  ///   - batch: Their segments.
  ///   - ids: Their identifiers, written as they are; `nil` to number them from 1.
  public mutating func append(_ batch: AssignmentBatch, ids: [String]?) {
    precondition(ids == nil || ids?.count == batch.posterior.rows, "an identifier for each row")
    for (row, label) in batch.labels.enumerated() {
      let flag: [CSVWriter.Cell] =
        flags.map { [$0.indices.contains(written) ? .text($0[written]) : .empty] } ?? []
      written += 1
      let id: CSVWriter.Cell = ids.map { .identifier($0[row]) } ?? .integer(written)
      guard let label else {
        rejectCount += 1
        rejects.append([id, .text(batch.reasons[row] ?? "")])
        assignments.append(
          [id] + [CSVWriter.Cell](repeating: .empty, count: batch.segments.count + 2)
            + flag + (hasReasons ? [.text(batch.reasons[row] ?? "")] : []))
        continue
      }
      assignments.append(
        [id, .text(batch.segments[label].id), .number(batch.posterior[row, label])]
          + batch.posterior.row(row).map { .number($0) } + flag + (hasReasons ? [.empty] : []))
    }
  }
}

/// What was unknown or missing in a survey that was assigned.
struct AssignmentNotes {
  /// Columns with answers the model does not know, and for how many respondents.
  var unseen: [(column: String, count: Int)] = []
  /// Columns of the model that the survey lacks.
  var missing: [String] = []

  var sentences: [String] {
    var sentences: [String] = []
    if !missing.isEmpty {
      sentences.append(
        "The survey lacks \(missing.joined(separator: ", ")); respondents are placed by their "
          + "other answers, less surely.")
    }
    for (column, count) in unseen {
      sentences.append(
        "\(column): \(count) answers are not known to the model and count as missing.")
    }
    return sentences
  }
}
