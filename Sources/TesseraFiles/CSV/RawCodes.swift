internal import TesseraSurvey

/// For each row the position of its text, as narrow as their number allows.
enum RawCodes: Sendable {
  /// Positions of up to 255 texts.
  case narrow([UInt8])
  /// Positions of more.
  case wide([UInt32])
  /// Positions in stretches, each with its own order of texts.
  case stretched(StretchedCodes)

  /// Packs positions.
  init(_ codes: [UInt32], limit: Int) {
    self = limit <= 255 ? .narrow(codes.map { UInt8($0) }) : .wide(codes)
  }

  /// Number of rows.
  var count: Int {
    switch self {
    case .narrow(let codes): codes.count
    case .wide(let codes): codes.count
    case .stretched(let codes): codes.count
    }
  }

  /// What a table gives for each row's position.
  func mapped<Value: BitwiseCopyable>(by table: [Value]) -> [Value] {
    switch self {
    case .narrow(let codes): Self.map(codes, by: table)
    case .wide(let codes): Self.map(codes, by: table)
    case .stretched(let codes): codes.mapped(by: table)
    }
  }

  /// Positions lie inside the table, since the table was made for them; that is checked once.
  private static func map<Code: FixedWidthInteger, Value: BitwiseCopyable>(
    _ codes: [Code], by table: [Value]
  ) -> [Value] {
    precondition(Int(codes.max() ?? 0) < table.count)
    return unsafe [Value](unsafeUninitializedCapacity: codes.count) { result, count in
      unsafe table.withUnsafeBufferPointer { table in
        for row in codes.indices { unsafe result[row] = table[Int(codes[row])] }
      }
      count = codes.count
    }
  }

  /// How often each position occurs, of so many texts; that of no text stands first.
  func counts(_ limit: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: limit + 1)
    switch self {
    case .narrow(let codes):
      unsafe codes.withUnsafeBufferPointer { codes in unsafe CodeTally.count(codes, &counts) }
    case .wide(let codes): for code in codes { counts[Int(code)] += 1 }
    case .stretched(let codes): codes.tally(&counts)
    }
    return counts
  }

  /// In which row each position occurs first; -1 if it does not occur.
  func firsts(_ limit: Int) -> [Int] {
    var firsts = [Int](repeating: -1, count: limit + 1)
    switch self {
    case .narrow(let codes): Self.findFirsts(codes, &firsts)
    case .wide(let codes): Self.findFirsts(codes, &firsts)
    case .stretched(let codes): codes.findFirsts(&firsts)
    }
    return firsts
  }

  private static func findFirsts<Code: FixedWidthInteger>(_ codes: [Code], _ firsts: inout [Int]) {
    var open = firsts.count
    for (row, code) in codes.enumerated() where firsts[Int(code)] < 0 {
      firsts[Int(code)] = row
      open -= 1
      if open == 0 { return }
    }
  }

  /// Answers, where each position stands for a category, or for none.
  func answers(_ positions: [Int], categoryCount: Int) -> AnswerColumn {
    if categoryCount <= 0xFF { return .codes8(mapped(by: positions.map { UInt8($0) })) }
    if categoryCount <= 0xFFFF { return .codes16(mapped(by: positions.map { UInt16($0) })) }
    return .codes32(mapped(by: positions.map { UInt32($0) }))
  }
}
