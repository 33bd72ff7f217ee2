import TesseraMath

/// The order in which respondents are worked through: equal ones once.
///
/// Patterns are put in the order of a hash of their answers, so that neither the order of rows nor
/// repeated rows change any sum, and the first so many patterns are a random sample of them.
struct LatentPatterns {
  let patternOf: [Int32]
  let representatives: [Int32]
  /// Patterns with positive weight; they come first.
  let live: Int

  init(
    table: ItemTable, codes: [UInt16], width: Int, weights: [Double], gathered: Bool,
    workers: Workers
  ) {
    let count = table.respondentCount
    guard gathered else {
      patternOf = (0..<Int32(count)).map { $0 }
      representatives = patternOf
      live = count
      return
    }
    let content = RowContent(table: table, codes: codes, width: width)
    // The low bits of each key hold the row, the highest bit sends rows of weight 0 to the end.
    let rowBits = Int.bitWidth - count.leadingZeroBitCount
    let rowMask = (UInt64(1) << UInt64(rowBits)) - 1
    let starts = Array(stride(from: 0, to: count, by: 8_192))
    let hashed = workers.map(starts.count) { place in
      (starts[place]..<min(starts[place] + 8_192, count)).map { row in
        let hash = (content.hash(of: row) >> 1) & ~rowMask
        return hash | UInt64(row) | (weights[row] > 0 ? 0 : 1 << 63)
      }
    }
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    for part in hashed { keys.append(contentsOf: part) }
    keys = RowHashKernel.order(keys).map { keys[$0] }
    var patternOf = [Int32](repeating: 0, count: count)
    var representatives: [Int32] = []
    var live = 0
    var previous: UInt64?
    for key in keys {
      let row = Int(key & rowMask)
      let isRepeated =
        previous.map {
          $0 & ~rowMask == key & ~rowMask && content.areEqual(Int($0 & rowMask), row)
        } ?? false
      if !isRepeated {
        representatives.append(Int32(row))
        if weights[row] > 0 {
          live += 1
        }
      }
      previous = key
      patternOf[row] = Int32(representatives.count - 1)
    }
    self.patternOf = patternOf
    self.representatives = representatives
    self.live = live
  }
}

/// All that tells one respondent's answers from another's.
private struct RowContent {
  let codes: [UInt16]
  let width: Int
  let numbers: [[Double]]
  let covariates: [Double]
  let covariateCount: Int

  init(table: ItemTable, codes: [UInt16], width: Int) {
    self.codes = codes
    self.width = width
    numbers = table.items.compactMap { item in
      if case .numbers(let numbers) = item.answers { numbers } else { nil }
    }
    covariates = table.covariates?.values ?? []
    covariateCount = table.covariates?.columns ?? 0
  }

  func hash(of row: Int) -> UInt64 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for position in row * width..<(row + 1) * width {
      state = RowContent.mix(state ^ UInt64(codes[position]))
    }
    for column in numbers {
      state = RowContent.mix(state ^ RowContent.bits(column[row]))
    }
    for position in row * covariateCount..<(row + 1) * covariateCount {
      state = RowContent.mix(state ^ RowContent.bits(covariates[position]))
    }
    return RowContent.mix(state)
  }

  func areEqual(_ a: Int, _ b: Int) -> Bool {
    for offset in 0..<width where codes[a * width + offset] != codes[b * width + offset] {
      return false
    }
    for column in numbers where RowContent.bits(column[a]) != RowContent.bits(column[b]) {
      return false
    }
    for offset in 0..<covariateCount {
      let a = RowContent.bits(covariates[a * covariateCount + offset])
      guard a == RowContent.bits(covariates[b * covariateCount + offset]) else { return false }
    }
    return true
  }

  /// Equal numbers have equal bits: one zero, one missing.
  private static func bits(_ number: Double) -> UInt64 {
    number.isNaN ? Double.nan.bitPattern : (number + 0).bitPattern
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value &* 0x9E37_79B9_7F4A_7C15)
    return (product ^ (product >> 29)) &* 0xBF58_476D_1CE4_E5B9
  }
}
