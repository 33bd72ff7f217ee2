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
    /// The rows in the form asked for; of CSV with the header before the first.
    public let text: [UInt8]
    /// Those without a segment, as CSV.
    public let rejects: [UInt8]
    /// Damaged rows that were set aside before.
    public let setAside: [RejectedRow]

    init(
      batch: AssignmentBatch, ids: [String]?, notes: [String], text: [UInt8], rejects: [UInt8],
      setAside: [RejectedRow]
    ) {
      self.batch = batch
      self.ids = ids
      self.notes = notes
      self.text = text
      self.rejects = rejects
      self.setAside = setAside
    }

    /// Respondents whose rows are not written here.
    ///
    /// - Parameters:
    ///   - batch: Segments or reasons.
    ///   - ids: Identifiers; `nil` if the study names no column for them.
    ///   - notes: What was found while reading.
    ///   - start: Respondents before them.
    ///   - setAside: Damaged rows that were set aside.
    public init(
      _ batch: AssignmentBatch, ids: [String]?, notes: [String], start: Int,
      setAside: [RejectedRow]
    ) {
      var writer = AssignmentWriter(segments: batch.segments, start: start)
      writer.append(batch, ids: ids)
      self.init(
        batch: batch, ids: ids, notes: notes, text: [], rejects: writer.rejects.bytes,
        setAside: setAside)
    }
  }

  /// What is made ready of the rows.
  public enum Form: Sendable {
    /// CSV, with a header.
    case csv
    /// JSON lines.
    case lines
    /// Nothing.
    case none
  }

  /// Respondents of a long block that are scored at a time.
  private static let portion = 65_536

  private let assigner: Assigner
  private var blocks: SurveyBlocks
  private let workers: Workers
  private let isRaw: Bool
  private let form: Form
  private let advice: AssignmentAdvice?
  private let idName: String
  private var written = 0

  /// Makes ready to assign.
  ///
  /// - Parameters:
  ///   - blocks: The survey.
  ///   - assigner: The model.
  ///   - workers: Threads, and blocks that are in memory at a time; the result does not depend on it.
  ///   - isRaw: Whether texts keep their bytes even if a spreadsheet would take them for formulas.
  ///   - form: What is made ready of the rows.
  ///   - advice: What else is told of each person.
  ///   - idName: What the column of identifiers is called.
  public init(
    _ blocks: SurveyBlocks, by assigner: Assigner, workers: Workers, isRaw: Bool = false,
    form: Form = .csv, advice: AssignmentAdvice? = nil, idName: String = "id"
  ) {
    self.form = form
    self.advice = advice
    self.idName = idName
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
    let (form, advice, idName) = (form, advice, idName)
    return workers.map(placed.count) { place in
      let one = placed[place]
      var writer = AssignmentWriter(
        segments: segments, isRaw: isRaw, start: offsets[place], advice: advice,
        idName: idName)
      if form == .csv || one.batch.reasons.contains(where: { $0 != nil }) {
        writer.append(one.batch, ids: one.ids)
      }
      let made = writer.take()
      let text =
        switch form {
        case .csv: made.assignments
        case .lines:
          AssignmentLines.bytes(
            one.batch, ids: one.ids, start: offsets[place], advice: advice, idName: idName)
        case .none: [UInt8]()
        }
      return Part(
        batch: one.batch, ids: one.ids, notes: one.notes, text: text,
        rejects: made.rejects, setAside: one.setAside)
    }
  }

  /// Respondents with their segments, before they are written.
  private struct Placed: Sendable {
    let batch: AssignmentBatch
    let ids: [String]?
    let notes: [String]
    let setAside: [RejectedRow]
  }

  private static func place(
    _ block: SurveyBlocks.Block, _ assigner: Assigner, _ workers: Workers
  ) throws -> [Placed] {
    guard let survey = try block.survey() else { return [] }
    let data = try assigner.prepare(survey)
    let count = data.survey.respondentCount
    guard count > portion + portion / 2, workers.count > 1 || count > 4 * portion else {
      let batch = try assigner.assign(data.survey, workers: workers).located(in: survey, data)
      return [
        Placed(batch: batch, ids: data.ids, notes: data.notes, setAside: survey.rejected)
      ]
    }
    var result: [Placed] = []
    for start in stride(from: 0, to: count, by: portion) {
      let rows = start..<min(start + portion, count)
      result.append(
        Placed(
          batch: try assigner.assign(data.survey, rows: rows, workers: workers)
            .located(in: survey, data, from: start),
          ids: data.ids.map { Array($0[rows]) }, notes: start == 0 ? data.notes : [],
          setAside: start == 0 ? survey.rejected : []))
    }
    return result
  }
}
