import TesseraDesign

/// The answers to a question, as tables count them.
enum TableAnswers: Sendable {
  /// Positions from 1, 0 without an answer.
  case codes([Int], count: Int)
  /// Numbers; NaN without an answer.
  case numbers([Double])

  /// How many sums a column has: one for each answer, or of 1, y and y².
  var width: Int {
    switch self {
    case .codes(_, let count): count
    case .numbers: 3
    }
  }

  /// Whether a respondent answered.
  func isAnswered(_ row: Int) -> Bool {
    switch self {
    case .codes(let positions, _): positions[row] > 0
    case .numbers(let numbers): !numbers[row].isNaN
    }
  }
}

/// Weighted sums of a question by the columns of a banner, from which figures and errors follow.
struct TableSums {
  /// Columns of the banner.
  let columns: Int
  /// Sums of a column: one for each answer, or of 1, y and y².
  let width: Int
  /// Whether answers are numbers.
  let isNumeric: Bool
  /// Weight of a column: columns.
  let masses: [Double]
  /// Weight of a column that gave an answer: columns × width.
  let sums: [Double]
  private let products: [Double]
  private let blocks: [Double]
  private let blockStrata: [Int]
  private let answers: TableAnswers
  private let members: BannerMembers
  private let design: TableDesign

  /// Counts a question.
  ///
  /// - Complexity: O(rows · pairs of columns that a respondent is in).
  init(_ answers: TableAnswers, _ members: BannerMembers, _ design: TableDesign) {
    let width = answers.width
    let columns = members.columns
    self.columns = columns
    self.width = width
    self.answers = answers
    self.members = members
    self.design = design
    var masses = [Double](repeating: 0, count: columns)
    var sums = [Double](repeating: 0, count: columns * width)
    var products = [Double](repeating: 0, count: design.isByRow ? columns * columns * width : 0)
    // Sums of clusters, or of strata where there are several.
    let units = design.units
    let isBlocked = design.isClustered || (design.isByRow && units.strata > 1)
    let count = isBlocked ? (design.isClustered ? units.copies.count : units.strata) : 0
    var blocks = [Double](repeating: 0, count: count * columns * width)
    // Rows of no weight add nothing wherever they stand.
    let unitOf = units.unitOfRow.map { max($0, 0) }
    let blockOf = design.isClustered ? unitOf : unitOf.map { units.stratumOfUnit[$0] }
    blockStrata = design.isClustered ? units.stratumOfUnit : Array(0..<count)
    switch answers {
    case .codes(let positions, _):
      isNumeric = false
      for (row, position) in positions.enumerated() where position > 0 {
        let block = isBlocked ? blockOf[row] * columns * width : 0
        for entry in members.starts[row]..<members.starts[row + 1] {
          let place = members.places[entry]
          let mass = members.masses[entry]
          masses[place] += mass
          sums[place * width + position - 1] += mass
          if isBlocked { blocks[block + place * width + position - 1] += mass }
        }
        guard design.isByRow else { continue }
        for pair in members.pairStarts[row]..<members.pairStarts[row + 1] {
          products[members.pairs[pair] * width + position - 1] += members.products[pair]
        }
      }
    case .numbers(let numbers):
      isNumeric = true
      for (row, y) in numbers.enumerated() where !y.isNaN {
        let block = isBlocked ? blockOf[row] * columns * width : 0
        for entry in members.starts[row]..<members.starts[row + 1] {
          let place = members.places[entry] * width
          let mass = members.masses[entry]
          masses[members.places[entry]] += mass
          sums[place] += mass
          sums[place + 1] += mass * y
          sums[place + 2] += mass * y * y
          if isBlocked {
            blocks[block + place] += mass
            blocks[block + place + 1] += mass * y
          }
        }
        guard design.isByRow else { continue }
        for pair in members.pairStarts[row]..<members.pairStarts[row + 1] {
          let place = members.pairs[pair] * width
          products[place] += members.products[pair]
          products[place + 1] += members.products[pair] * y
          products[place + 2] += members.products[pair] * y * y
        }
      }
    }
    self.masses = masses
    self.sums = sums
    self.products = products
    self.blocks = blocks
  }

  /// The mean of a column, each answer standing for a value.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - values: What each answer counts as; empty for numbers.
  /// - Returns: A share where values are 0 and 1; `nil` where nobody answered.
  func mean(_ column: Int, _ values: [Double]) -> Double? {
    guard masses[column] > 1e-12 else { return nil }
    return total(sums, column * width, values) / masses[column]
  }

  private func total(_ sums: [Double], _ start: Int, _ values: [Double]) -> Double {
    if isNumeric { return sums[start + 1] }
    var total = 0.0
    for answer in 0..<width { total += sums[start + answer] * values[answer] }
    return total
  }

  /// The variance, by design, of the sum of scores.
  ///
  /// - Parameters:
  ///   - terms: What the score is made of.
  ///   - values: What each answer counts as; empty for numbers.
  /// - Returns: The linearised variance.
  func variance(_ terms: [ScoreTerm], _ values: [Double]) -> Double {
    if design.isRaked { return design.units.variance(of: scores(terms, values)) }
    let blockSums = blockStrata.indices.map { blockSum($0, terms, values) }
    if design.isClustered { return design.units.variance(ofUnits: blockSums) }
    var variance = 0.0
    for one in terms {
      for other in terms {
        variance += one.factor * other.factor * product(one, other, values)
      }
    }
    return variance - design.units.centring(blockSums)
  }

  private func product(_ one: ScoreTerm, _ other: ScoreTerm, _ values: [Double]) -> Double {
    let start = (min(one.column, other.column) * columns + max(one.column, other.column)) * width
    if isNumeric {
      return products[start + 2] - (one.centre + other.centre) * products[start + 1]
        + one.centre * other.centre * products[start]
    }
    var sum = 0.0
    for answer in 0..<width {
      sum +=
        products[start + answer] * (values[answer] - one.centre) * (values[answer] - other.centre)
    }
    return sum
  }

  /// The sum of scores over a cluster or a stratum.
  private func blockSum(_ block: Int, _ terms: [ScoreTerm], _ values: [Double]) -> Double {
    var sum = 0.0
    for term in terms {
      let start = (block * columns + term.column) * width
      if isNumeric {
        sum += term.factor * (blocks[start + 1] - term.centre * blocks[start])
      } else {
        var part = 0.0
        for answer in 0..<width { part += blocks[start + answer] * (values[answer] - term.centre) }
        sum += term.factor * part
      }
    }
    return sum
  }

  /// One score for each row, for designs that need them one by one.
  private func scores(_ terms: [ScoreTerm], _ values: [Double]) -> [Double] {
    var factors = [Double](repeating: 0, count: columns)
    var offsets = factors
    for term in terms {
      factors[term.column] += term.factor
      offsets[term.column] += term.factor * term.centre
    }
    return (0..<members.starts.count - 1).map { row in
      let y: Double
      switch answers {
      case .codes(let positions, _):
        guard positions[row] > 0 else { return 0 }
        y = values[positions[row] - 1]
      case .numbers(let numbers):
        guard !numbers[row].isNaN else { return 0 }
        y = numbers[row]
      }
      var score = 0.0
      for entry in members.starts[row]..<members.starts[row + 1] {
        let place = members.places[entry]
        score += members.masses[entry] * (factors[place] * y - offsets[place])
      }
      return score
    }
  }

  /// Degrees of freedom of a comparison: sampling units with a part in it, less strata, less one.
  ///
  /// - Parameters:
  ///   - respondents: Respondents compared, where each was drawn by itself.
  ///   - taking: Columns compared.
  /// - Returns: Below 1 where there is nothing to test by.
  func freedom(respondents: Double, taking: [Int]) -> Double {
    guard !blocks.isEmpty else { return respondents - Double(design.units.strata) - 1 }
    var strata = Set<Int>()
    var units = 0.0
    for (block, stratum) in blockStrata.enumerated() {
      let isPart = taking.contains { column in
        (0..<width).contains { blocks[(block * columns + column) * width + $0] != 0 }
      }
      guard isPart else { continue }
      strata.insert(stratum)
      units += 1
    }
    return (design.isClustered ? units : respondents) - Double(strata.count) - 1
  }
}
