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
    for (position, factor) in data.factors.enumerated() {
      switch factor.kind {
      case .normal, .poisson:
        numeric.append(
          Numeric(
            factor: position, column: factor.firstColumn, isCount: factor.kind == .poisson,
            table: table, sum: sum))
        table += 3
        sum += 3
      case .block(let size, _):
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
      default:
        break
      }
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

  static func rows(of block: Int, _ patterns: Int) -> Range<Int> {
    block * LatentShape.block..<min(patterns, (block + 1) * LatentShape.block)
  }
}
