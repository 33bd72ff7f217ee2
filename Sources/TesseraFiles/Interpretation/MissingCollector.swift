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
    guard let place = place(of: (kind, code, label), row) else { return }
    counts[place] += 1
    positions[row] = UInt8(place + 1)
  }

  /// Why the cells with a code are missing.
  typealias Reason = (kind: MissingReason.Kind, code: AnswerCode, label: String)

  /// Notes declared reasons, one or none for each code, in all rows that hold the code.
  mutating func add(_ codes: RawCodes, _ reasons: [(code: AnswerCode, label: String)?]) {
    add(codes, reasons.map { reason in reason.map { (.declared, $0.code, $0.label) } })
  }

  /// Notes reasons, one or none for each code, in all rows that hold the code.
  mutating func add(_ codes: RawCodes, _ reasons: [Reason?]) {
    guard reasons.contains(where: { $0 != nil }) else { return }
    let times = codes.counts(reasons.count - 1)
    let firsts = codes.firsts(reasons.count - 1)
    var table = [UInt8](repeating: 0, count: reasons.count)
    let met = reasons.indices.filter { reasons[$0] != nil && times[$0] > 0 }
    for code in met.sorted(by: { firsts[$0] < firsts[$1] }) {
      guard let reason = reasons[code], let place = place(of: reason, firsts[code]) else {
        continue
      }
      counts[place] += times[code]
      table[code] = UInt8(place + 1)
    }
    guard table.contains(where: { $0 != 0 }) else { return }
    let found = codes.mapped(by: table)
    if positions.isEmpty {
      positions = found
    } else {
      for (row, place) in found.enumerated() where place != 0 { positions[row] = place }
    }
  }

  /// The position of a reason, which is added if it is new; `nil` if there are too many.
  private mutating func place(of reason: Reason, _ row: Int) -> Int? {
    if let known = places[reason.code] { return known }
    guard reasons.count < 255 else { return nil }
    reasons.append(MissingReason(kind: reason.kind, code: reason.code, label: reason.label))
    counts.append(0)
    firstRows.append(row)
    places[reason.code] = reasons.count - 1
    return reasons.count - 1
  }
}
