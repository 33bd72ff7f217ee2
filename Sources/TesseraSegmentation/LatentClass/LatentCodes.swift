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
  /// Rows x groups.
  static func packed(
    table: ItemTable, factors: [LatentFactor], groups: [LatentGroup]
  ) -> [UInt16] {
    let width = groups.count
    let count = table.respondentCount
    var result = [UInt16](repeating: 0, count: count * width)
    for (position, group) in groups.enumerated() {
      for row in 0..<count {
        result[row * width + position] = UInt16(group.firstCell)
      }
      for (factor, stride) in zip(group.factors, group.strides) {
        let items = factors[factor].items.map { table.items[$0] }
        var step = stride
        if case .pair(_, let b) = factors[factor].kind {
          add(items[0].answers, times: stride * (b + 1), to: &result, at: position, width: width)
          add(items[1].answers, times: stride, to: &result, at: position, width: width)
          step = 0
        }
        if step > 0 {
          add(items[0].answers, times: stride, to: &result, at: position, width: width)
        }
      }
    }
    return result
  }

  private static func add(
    _ answers: Item.Answers, times stride: Int, to codes: inout [UInt16], at position: Int,
    width: Int
  ) {
    switch answers {
    case .codes(let given):
      for (row, code) in given.enumerated() {
        codes[row * width + position] &+= UInt16(code) &* UInt16(stride)
      }
    case .wideCodes(let given):
      for (row, code) in given.enumerated() {
        codes[row * width + position] &+= code &* UInt16(stride)
      }
    case .numbers:
      break
    }
  }

  /// The codes of some rows, in their order.
  static func gather(_ codes: [UInt16], width: Int, rows: [Int32]) -> [UInt16] {
    var result: [UInt16] = []
    result.reserveCapacity(rows.count * width)
    for row in rows {
      result.append(contentsOf: codes[Int(row) * width..<(Int(row) + 1) * width])
    }
    return result
  }
}
