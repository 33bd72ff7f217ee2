public import TesseraFiles
internal import TesseraMath

/// Writes assignments as `id, segment, name, probability, p_S1 ... p_SK`, part after part.
public struct AssignmentWriter: Sendable {
  /// The text so far.
  public private(set) var assignments: CSVWriter
  /// Those without a segment: `id, reason`; only the header if there are none.
  public private(set) var rejects: CSVWriter
  /// How many respondents have no segment.
  public private(set) var rejectCount = 0
  private var written: Int
  private let flags: [String]?
  private let advice: AssignmentAdvice?
  private let hasReasons: Bool

  /// Starts with the header.
  ///
  /// - Parameters:
  ///   - segments: The segments of the model.
  ///   - flags: What a last column `flags` says of each respondent, in the order they are added.
  ///   - hasReasons: Whether a last column `reason` says why somebody has no segment.
  ///   - isRaw: Whether texts keep their bytes even if a spreadsheet would take them for formulas.
  ///   - start: Respondents written before, where this is a later part; it has no header then.
  ///   - advice: What else is told of each person, in columns of its own.
  ///   - idName: What the column of identifiers is called.
  public init(
    segments: [Segment], flags: [String]? = nil, hasReasons: Bool = false, isRaw: Bool = false,
    start: Int = 0, advice: AssignmentAdvice? = nil, idName: String = "id"
  ) {
    self.flags = flags
    self.advice = advice
    self.hasReasons = hasReasons
    written = start
    assignments = CSVWriter(isRaw: isRaw)
    rejects = CSVWriter(isRaw: isRaw)
    guard start == 0 else { return }
    assignments.append(
      texts: [idName, "segment", "name", "probability"] + segments.map { "p_\($0.id)" }
        + (advice?.names ?? []) + (flags == nil ? [] : ["flags"]) + (hasReasons ? ["reason"] : []))
    rejects.append(texts: [idName, "reason"])
  }

  /// Hands out both texts and forgets them.
  ///
  /// - Returns: Those with a segment and without, and those without.
  mutating func take() -> (assignments: [UInt8], rejects: [UInt8]) {
    (assignments.takeBytes(), rejects.takeBytes())
  }

  /// Adds respondents.
  ///
  /// - Parameters:
  ///   - batch: Their segments.
  ///   - ids: Their identifiers, written as they are; `nil` to number them from 1.
  /// - Complexity: O(respondents · segments).
  public mutating func append(_ batch: AssignmentBatch, ids: [String]?) {
    precondition(ids == nil || ids?.count == batch.posterior.rows, "an identifier for each row")
    let known = batch.segments.map { segment in
      assignments.prepared([.text(segment.id), .text(segment.name)])
    }
    let unknown = assignments.prepared([.empty, .empty])
    let nothing = assignments.prepared(
      [CSVWriter.Cell](
        repeating: .empty, count: batch.segments.count + 3 + (advice?.names.count ?? 0)))
    for (row, label) in batch.labels.enumerated() {
      written += 1
      let id: CSVWriter.Cell = ids.map { .identifier($0[row]) } ?? .integer(written)
      assignments.add(id)
      if label != nil || batch.isDoubtful(row) {
        assignments.add(label.map { known[$0] } ?? unknown)
        let chances = batch.posterior.row(row)
        assignments.add(.chance(chances.max() ?? .nan))
        assignments.add(chances: chances)
        for value in advice?.values(chances) ?? [] { assignments.add(value.cell) }
      } else {
        assignments.add(nothing)
      }
      if let flags {
        assignments.add(flags.indices.contains(written - 1) ? .text(flags[written - 1]) : .empty)
      }
      guard label == nil else {
        if hasReasons { assignments.add(.empty) }
        assignments.endRow()
        continue
      }
      let reason = batch.reasons[row] ?? ""
      if hasReasons { assignments.add(.text(reason)) }
      assignments.endRow()
      rejectCount += 1
      rejects.append([id, .text(reason)])
    }
  }
}
