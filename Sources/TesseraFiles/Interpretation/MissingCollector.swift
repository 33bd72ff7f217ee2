internal import TesseraSurvey

/// Collects why answers are missing while a column is read.
struct MissingCollector {
  /// The reasons that occur, in the order met.
  private(set) var reasons: [MissingReason] = []
  /// How many cells have each reason.
  private(set) var counts: [Int] = []
  /// The first row with each reason.
  private(set) var firstRows: [Int] = []
  /// For each row the position of its reason, from 1; empty as long as there is none.
  private(set) var positions: [UInt8] = []
  private let rowCount: Int
  private var places: [AnswerCode: Int] = [:]

  /// Starts without reasons.
  init(rows: Int) { rowCount = rows }

  /// Notes the reason of a row.
  mutating func add(_ row: Int, _ kind: MissingReason.Kind, _ code: AnswerCode, _ label: String) {
    if positions.isEmpty { positions = [UInt8](repeating: 0, count: rowCount) }
    let place: Int
    if let known = places[code] {
      place = known
    } else {
      guard reasons.count < 255 else { return }
      reasons.append(MissingReason(kind: kind, code: code, label: label))
      counts.append(0)
      firstRows.append(row)
      place = reasons.count - 1
      places[code] = place
    }
    counts[place] += 1
    positions[row] = UInt8(place + 1)
  }

  /// Notes declared reasons, one or none for each code, in all rows that hold the code.
  mutating func add(_ codes: RawCodes, _ reasons: [(code: AnswerCode, label: String)?]) {
    guard reasons.contains(where: { $0 != nil }) else { return }
    for row in 0..<codes.count {
      if let reason = reasons[codes[row]] { add(row, .declared, reason.code, reason.label) }
    }
  }
}
