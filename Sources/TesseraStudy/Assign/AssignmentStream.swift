public import TesseraFiles
public import TesseraMath
internal import TesseraSurvey

/// Assigns a survey block after block, several at a time, in memory that does not grow with it.
public struct AssignmentStream {
  /// Respondents with their segments, as they stand in the survey.
  public struct Part: Sendable {
    /// Segments or reasons.
    public let batch: AssignmentBatch
    /// Identifiers; `nil` if the study names no column for them.
    public let ids: [String]?
    /// What was found while reading, in sentences.
    public let notes: [String]
    /// The rows as CSV, with the header before the first; empty where no text is asked for.
    public let text: [UInt8]
    /// Those without a segment, as CSV.
    public let rejects: [UInt8]
  }

  /// Respondents of a long block that are scored at a time.
  private static let portion = 65_536

  private let assigner: Assigner
  private var blocks: SurveyBlocks
  private let workers: Workers
  private let isRaw: Bool
  private let writesText: Bool
  private var written = 0

  /// Makes ready to assign.
  ///
  /// - Parameters:
  ///   - blocks: The survey.
  ///   - assigner: The model.
  ///   - workers: Threads, and blocks that are in memory at a time; the result does not depend on it.
  ///   - isRaw: Whether texts keep their bytes even if a spreadsheet would take them for formulas.
  ///   - writesText: Whether rows are made ready as CSV.
  public init(
    _ blocks: SurveyBlocks, by assigner: Assigner, workers: Workers, isRaw: Bool = false,
    writesText: Bool = true
  ) {
    self.writesText = writesText
    self.blocks = blocks
    self.assigner = assigner
    self.workers = workers
    self.isRaw = isRaw
  }

  /// The next respondents.
  ///
  /// - Returns: Parts in the order of the survey; `nil` at the end.
  /// - Throws: `SurveyFileError` or ``StudyError`` at the first fault.
  public mutating func next() throws -> [Part]? {
    var wave: [SurveyBlocks.Block] = []
    while wave.count < max(1, workers.count), let block = try blocks.next() { wave.append(block) }
    guard !wave.isEmpty else { return nil }
    let read = wave
    let (assigner, inner) = (assigner, read.count == 1 ? workers : .single)
    let placed = try workers.map(read.count) { place in
      Result { try Self.place(read[place], assigner, inner) }
    }.flatMap { try $0.get() }
    var starts: [Int] = []
    for one in placed {
      starts.append(written)
      written += one.batch.posterior.rows
    }
    let (segments, isRaw, offsets) = (assigner.model.segments, isRaw, starts)
    guard writesText else {
      return placed.map {
        Part(batch: $0.batch, ids: $0.ids, notes: $0.notes, text: [], rejects: [])
      }
    }
    return workers.map(placed.count) { place in
      let one = placed[place]
      var writer = AssignmentWriter(segments: segments, isRaw: isRaw, start: offsets[place])
      writer.append(one.batch, ids: one.ids)
      return Part(
        batch: one.batch, ids: one.ids, notes: one.notes, text: writer.assignments.bytes,
        rejects: writer.rejects.bytes)
    }
  }

  /// Respondents with their segments, before they are written.
  private struct Placed: Sendable {
    let batch: AssignmentBatch
    let ids: [String]?
    let notes: [String]
  }

  private static func place(
    _ block: SurveyBlocks.Block, _ assigner: Assigner, _ workers: Workers
  ) throws -> [Placed] {
    guard let survey = try block.survey() else { return [] }
    let data = try assigner.prepare(survey)
    let count = data.survey.respondentCount
    guard count > portion + portion / 2, workers.count > 1 || count > 4 * portion else {
      let batch = try assigner.assign(data.survey, workers: workers)
      return [Placed(batch: batch, ids: data.ids, notes: data.notes)]
    }
    var result: [Placed] = []
    for start in stride(from: 0, to: count, by: portion) {
      let rows = start..<min(start + portion, count)
      result.append(
        Placed(
          batch: try assigner.assign(data.survey, rows: rows, workers: workers),
          ids: data.ids.map { Array($0[rows]) }, notes: start == 0 ? data.notes : []))
    }
    return result
  }
}
