/// Where a sweep finds its tables and puts its sums; positions count vectors of one lane a class.
struct LatentShape: Sendable {
  /// Patterns in a block, whose sums are added in order.
  static let block = 4096
  /// Patterns worked on together while their chances stay in the cache.
  static let chunk = 512

  let classes: Int
  /// Sums and tables 0 ..< groupCells belong to codes; the class totals follow.
  let groupCells: Int
  let numeric: [Numeric]
  let blocks: [LatentBlockShape]
  /// Covariates with the intercept; 0 without any.
  let designWidth: Int
  /// For each group code in turn, the factor codes it stands for.
  let decode: [Int32]
  let tableCount: Int
  let sumCount: Int

  /// A numeric factor's column, first table entry and first sum (3 of each).
  struct Numeric: Sendable {
    let factor: Int
    let column: Int
    let isCount: Bool
    let table: Int
    let sum: Int
  }

  var classTable: Int { groupCells }
  var classSum: Int { groupCells }
  /// First of `designWidth` tables of coefficients, and sums of the gradient.
  let membershipTable: Int
  let gradientSum: Int
  /// First of classes x (width · (width + 1) / 2) sums of the curvature.
  let curvatureSum: Int
  /// Sum of the log chances of each class given the covariates; only with covariates.
  let logPriorSum: Int

  init(data: LatentClassData, classes: Int) {
    self.classes = classes
    groupCells = data.groupCells
    var table = data.groupCells + 1
    var sum = data.groupCells + 1
    var numeric: [Numeric] = []
    var blocks: [LatentBlockShape] = []
    for (position, factor) in data.factors.enumerated() where factor.columns > 0 {
      guard factor.columns > 1 else {
        numeric.append(
          Numeric(
            factor: position, column: factor.firstColumn, isCount: factor.family.isCount,
            table: table, sum: sum))
        table += 3
        sum += 3
        continue
      }
      let size = factor.columns
      let means = table
      table += size
      let masks = data.masks.sets[blocks.count].map { bits in
        let answered = (0..<size).filter { bits >> UInt64($0) & 1 == 1 }
        let missing = (0..<size).filter { bits >> UInt64($0) & 1 == 0 }
        let mask = LatentBlockShape.Mask(answered: answered, missing: missing, table: table)
        table = mask.end
        return mask
      }
      let block = LatentBlockShape(
        factor: position, column: factor.firstColumn, size: size, means: means, masks: masks,
        sum: sum)
      sum += block.sumCount
      blocks.append(block)
    }
    self.numeric = numeric
    self.blocks = blocks
    designWidth = data.covariateCount > 0 ? data.covariateCount + 1 : 0
    membershipTable = table
    gradientSum = sum
    curvatureSum = sum + designWidth
    tableCount = table + designWidth
    logPriorSum = curvatureSum + classes * designWidth * (designWidth + 1) / 2
    sumCount = logPriorSum + (designWidth > 0 ? 1 : 0)
    decode = data.groups.flatMap { group in
      (0..<group.cells).flatMap { code in
        zip(group.factors, group.factorCodes(code, data.factors)).map { factor, factorCode in
          Int32(data.factors[factor].firstCell + factorCode)
        }
      }
    }
  }

  /// Tables and sums of a factor's numbers.
  func number(of factor: LatentFactor) -> Numeric {
    guard let found = numeric.first(where: { $0.factor == factor.position }) else {
      preconditionFailure("the factor has no numbers")
    }
    return found
  }

  /// Tables and sums of a factor's block.
  func block(of factor: LatentFactor) -> LatentBlockShape {
    guard let found = blocks.first(where: { $0.factor == factor.position }) else {
      preconditionFailure("the factor is no block")
    }
    return found
  }

  static func rows(of block: Int, _ patterns: Int) -> Range<Int> {
    block * LatentShape.block..<min(patterns, (block + 1) * LatentShape.block)
  }
}
