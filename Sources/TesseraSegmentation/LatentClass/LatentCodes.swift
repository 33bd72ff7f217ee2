import TesseraMath

/// The packing of short items into groups read together.
extension LatentGroup {
  /// Puts lookup factors into groups of few combinations, as long as the tables stay in the
  /// processor's nearest cache and there are enough respondents to pay for their upkeep.
  static func packing(factors: [LatentFactor], patterns: Int) -> [LatentGroup] {
    let most = min(96, patterns / 16)
    let budget = 360
    var members = factors.indices.filter { factors[$0].isLookup }.map { [$0] }
    var sizes = members.map { factors[$0[0]].cells }
    var total = sizes.reduce(0, +)
    while members.count > 1 {
      // The two smallest groups, the earlier of equals.
      let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
      let (a, b) = (min(order[0], order[1]), max(order[0], order[1]))
      let product = sizes[a] * sizes[b]
      let grown = total - sizes[a] - sizes[b] + product
      guard product <= most, grown <= max(budget, total) else { break }
      members[a] += members[b]
      sizes[a] = product
      members.remove(at: b)
      sizes.remove(at: b)
      total = grown
    }
    var firstCell = 0
    return zip(members, sizes).map { factorsOfGroup, size in
      var strides: [Int] = []
      var stride = 1
      for factor in factorsOfGroup {
        strides.append(stride)
        stride *= factors[factor].cells
      }
      defer { firstCell += size }
      return LatentGroup(
        factors: factorsOfGroup, strides: strides, cells: size, firstCell: firstCell)
    }
  }

  /// The codes of the factors that a code of the group stands for.
  func factorCodes(_ code: Int, _ factors: [LatentFactor]) -> [Int] {
    zip(self.factors, strides).map { factor, stride in code / stride % factors[factor].cells }
  }
}

/// Codes of respondents, as positions among the codes of all groups.
enum LatentCodes {
  /// Rows that are packed together.
  private static let piece = 8_192

  /// Rows x groups.
  static func packed(
    table: ItemTable, factors: [LatentFactor], groups: [LatentGroup], workers: Workers
  ) -> [UInt16] {
    let count = table.respondentCount
    let starts = Array(stride(from: 0, to: count, by: piece))
    let parts = workers.map(starts.count) { place in
      packed(starts[place]..<min(starts[place] + piece, count), table, factors, groups)
    }
    var result: [UInt16] = []
    result.reserveCapacity(count * groups.count)
    for part in parts { result.append(contentsOf: part) }
    return result
  }

  private static func packed(
    _ rows: Range<Int>, _ table: ItemTable, _ factors: [LatentFactor], _ groups: [LatentGroup]
  ) -> [UInt16] {
    let width = groups.count
    var result = [UInt16](repeating: 0, count: rows.count * width)
    for (position, group) in groups.enumerated() {
      for place in 0..<rows.count {
        result[place * width + position] = UInt16(group.firstCell)
      }
      func add(_ answers: Item.Answers, of factor: LatentFactor, times stride: Int) {
        let stride = UInt16(stride)
        switch answers {
        case .codes(let given):
          for (place, row) in rows.enumerated() {
            result[place * width + position] &+= UInt16(given[row]) &* stride
          }
        case .wideCodes(let given):
          for (place, row) in rows.enumerated() {
            result[place * width + position] &+= given[row] &* stride
          }
        case .numbers(let given):
          for (place, row) in rows.enumerated() {
            result[place * width + position] &+=
              UInt16(factor.family.code(of: given[row])) &* stride
          }
        }
      }
      for (factor, stride) in zip(group.factors, group.strides) {
        // The code of a pair is that of its first item in steps, then that of its second.
        var step = stride * factors[factor].cells
        for item in factors[factor].items {
          let answers = table.items[item].answers
          step =
            factors[factor].items.count == 1
            ? stride : step / (table.items[item].measurement.categories + 1)
          add(answers, of: factors[factor], times: step)
        }
      }
    }
    return result
  }
}
