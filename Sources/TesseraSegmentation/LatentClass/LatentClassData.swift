import Foundation
public import TesseraMath

/// A table made ready for latent class models: codes packed, equal respondents gathered.
///
/// Making it is the only part of a fit that reads the table. It serves any number of classes and
/// any weights, so that bootstrap replicates need no second encoding.
public struct LatentClassData: Sendable {
  /// The table as given, with an item for each modelled gap behind its items.
  public let table: ItemTable
  /// Items whose gaps have an item of their own behind the table's items.
  let modelledGaps: [Int]
  let factors: [LatentFactor]
  let groups: [LatentGroup]
  /// Codes of all factors put end to end, and of all groups.
  let factorCells: Int
  let groupCells: Int
  /// Packed codes, patterns x groups.
  let codes: [UInt16]
  /// Numeric columns, and their numbers column after column; NaN is missing.
  let columns: [LatentColumn]
  let numbers: [Double]
  /// Which items of each covariance block each pattern answered.
  let masks: LatentBlockMasks
  /// Patterns x (1 + covariates), intercept first, covariates standardised; empty without any.
  let design: [Double]
  let covariateCenters: [Double]
  let covariateScales: [Double]
  /// The pattern of each respondent.
  let patternOf: [Int32]
  /// The first respondent with each pattern.
  let representatives: [Int32]
  /// Patterns that stand for someone under the table's own weights; they come first.
  let livePatterns: Int

  var patternCount: Int { representatives.count }
  var covariateCount: Int { covariateCenters.count }

  /// Prepares a table.
  ///
  /// - Parameters:
  ///   - table: What respondents answered.
  ///   - blocks: Groups of numeric items that vary together within a class.
  ///   - directEffects: Pairs of categorical items tied within every class.
  ///   - missing: Whether not answering may itself tell the classes apart.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Throws: ``SegmentationError`` if a block or a pair names unfit items.
  /// - Complexity: O(respondents · items), and a sort of the respondents.
  public init(
    _ table: ItemTable, blocks: [LatentClass.Block] = [], directEffects: [ItemPair] = [],
    missing: MissingAnswers = .atRandom, workers: Workers = .single
  ) throws(SegmentationError) {
    let gaps = missing == .modelled ? table.itemsWithGaps : []
    let full = gaps.isEmpty ? table : try table.withGapItems(gaps)
    let built = try LatentFactors(table: full, blocks: blocks, directEffects: directEffects)
    self.init(
      table: full, modelledGaps: gaps, built: built, gathered: true, workers: workers)
  }

  /// Prepares a table of the same items as one prepared before, gap items included.
  init(imitating other: LatentClassData, _ table: ItemTable) throws(SegmentationError) {
    let built = LatentFactors(copying: other.factors, cells: other.factorCells)
    self.init(table: table, modelledGaps: other.modelledGaps, built: built, gathered: true)
  }

  /// Prepares a table for a model that exists; respondents are not gathered.
  init(scoring table: ItemTable, with model: LatentClassModel) throws(SegmentationError) {
    let full = model.modelledGaps.isEmpty ? table : try table.withGapItems(model.modelledGaps)
    let blocks = model.blocks.map { LatentClass.Block(items: $0.items) }
    let pairs = model.directEffects.map { ItemPair($0.first, $0.second) }
    let built = try LatentFactors(table: full, blocks: blocks, directEffects: pairs)
    self.init(table: full, modelledGaps: model.modelledGaps, built: built, gathered: false)
  }

  private init(
    table: ItemTable, modelledGaps: [Int], built: LatentFactors, gathered: Bool,
    workers: Workers = .single
  ) {
    self.table = table
    self.modelledGaps = modelledGaps
    factors = built.factors
    factorCells = built.cells
    let weights = table.weights.effective(count: table.respondentCount)
    let groups = LatentGroup.packing(
      factors: built.factors, patterns: table.respondentCount)
    self.groups = groups
    groupCells = groups.reduce(0) { $0 + $1.cells }
    let rowCodes = LatentCodes.packed(
      table: table, factors: built.factors, groups: groups, workers: workers)
    let order = LatentPatterns(
      table: table, codes: rowCodes, width: groups.count, weights: weights, gathered: gathered,
      workers: workers)
    patternOf = order.patternOf
    representatives = order.representatives
    livePatterns = order.live
    let gathered = PatternSpreadKernel.rows(
      of: rowCodes, width: groups.count, at: order.representatives, workers: workers)
    codes = gathered.isEmpty ? [0] : gathered
    var numbers: [Double] = []
    columns = built.factors.flatMap { factor in
      factor.items.prefix(factor.columns).map { item in
        LatentColumn(
          item: table.items[item], rows: order.representatives, weights: weights,
          isCount: factor.family.isCount, appendingTo: &numbers)
      }
    }
    self.numbers = numbers
    masks = LatentBlockMasks(
      factors: built.factors, numbers: numbers, patterns: order.representatives.count)
    let covariates = StandardisedDesign(
      table.covariates, rows: order.representatives, weights: weights)
    design = covariates.values
    covariateCenters = covariates.centers
    covariateScales = covariates.scales
  }

  /// The same questions of some of the respondents, as if no others had been asked.
  ///
  /// - Parameter people: Which rows, in which order.
  /// - Returns: Data of that many rows.
  /// - Throws: ``SegmentationError`` if the rows make no table, such as none at all.
  public func of(_ people: [Int]) throws(SegmentationError) -> LatentClassData {
    try LatentClassData(imitating: self, try table.selecting(rows: people))
  }

  /// Some of the patterns, with everything else as it is; they stand for no respondents.
  ///
  /// - Parameter chosen: Which patterns, in their order.
  /// - Returns: Data that EM can work through.
  func selecting(_ chosen: [Int]) -> LatentClassData {
    LatentClassData(selecting: chosen, from: self)
  }

  private init(selecting chosen: [Int], from all: LatentClassData) {
    table = all.table
    modelledGaps = all.modelledGaps
    factors = all.factors
    groups = all.groups
    factorCells = all.factorCells
    groupCells = all.groupCells
    let rows = chosen.map(Int32.init)
    let gathered = PatternSpreadKernel.rows(
      of: all.codes, width: all.groups.count, at: rows, workers: .single)
    codes = gathered.isEmpty ? [0] : gathered
    columns = all.columns
    let patterns = all.patternCount
    numbers = all.columns.indices.flatMap { column in
      chosen.map { all.numbers[column * patterns + $0] }
    }
    masks = all.masks.selecting(chosen, of: patterns)
    let width = all.covariateCount > 0 ? all.covariateCount + 1 : 0
    design = chosen.flatMap { all.design[$0 * width..<($0 + 1) * width] }
    covariateCenters = all.covariateCenters
    covariateScales = all.covariateScales
    patternOf = []
    representatives = chosen.map { all.representatives[$0] }
    livePatterns = chosen.count
  }

  /// Sums of weights by pattern.
  ///
  /// - Parameter rowWeights: One weight a respondent.
  /// - Returns: One weight a pattern.
  func gather(_ rowWeights: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: patternCount)
    for (row, pattern) in patternOf.enumerated() {
      result[Int(pattern)] += rowWeights[row]
    }
    return result
  }
}

/// How a numeric column was standardised: (answer - center) / scale; counts are left as they are.
struct LatentColumn: Sendable {
  let center: Double
  let scale: Double
  /// Least variance allowed within a class, in standardised units.
  let floor: Double

  init(
    item: Item, rows: [Int32], weights: [Double], isCount: Bool,
    appendingTo standardised: inout [Double]
  ) {
    var numbers: [Double] = []
    if case .numbers(let given) = item.answers {
      numbers = given
    }
    var total = 0.0
    var sum = 0.0
    for (row, number) in numbers.enumerated() where !number.isNaN && weights[row] > 0 {
      total += weights[row]
      sum += weights[row] * number
    }
    let mean = total > 0 ? sum / total : 0
    var squares = 0.0
    for (row, number) in numbers.enumerated() where !number.isNaN && weights[row] > 0 {
      squares += weights[row] * (number - mean) * (number - mean)
    }
    let variance = total > 0 ? squares / total : 0
    let isConstant = variance <= 1e-24 * max(1e-300, mean * mean)
    let deviation = isConstant ? 1 : variance.squareRoot()
    center = isCount ? 0 : mean
    scale = isCount ? 1 : deviation
    let unit = LatentColumn.roundingUnit(numbers)
    let least = max(unit / 12.0.squareRoot(), 0.05 * deviation)
    floor = isCount ? 0 : min(1, (least / deviation) * (least / deviation))
    for row in rows {
      standardised.append((numbers[Int(row)] - center) / scale)
    }
  }

  /// The largest power of ten from 1 down to 10⁻⁶ in which all the numbers are whole; 0 if none is.
  private static func roundingUnit(_ numbers: [Double]) -> Double {
    for step in [1.0, 10, 100, 1_000, 1e4, 1e5, 1e6] {
      let isWhole = numbers.allSatisfy { number in
        let scaled = number * step
        return number.isNaN
          || (scaled - scaled.rounded()).magnitude < 1e-9 * max(1, scaled.magnitude)
      }
      if isWhole {
        return 1 / step
      }
    }
    return 0
  }
}

/// Covariates with mean 0 and variance 1, behind an intercept.
struct StandardisedDesign {
  let values: [Double]
  let centers: [Double]
  let scales: [Double]

  init(_ covariates: Matrix?, rows: [Int32], weights: [Double]) {
    guard let covariates, covariates.columns > 0 else {
      values = []
      centers = []
      scales = []
      return
    }
    let total = weights.reduce(0, +)
    var means: [Double] = []
    var deviations: [Double] = []
    for column in 0..<covariates.columns {
      var sum = 0.0
      for row in 0..<covariates.rows {
        sum += weights[row] * covariates[row, column]
      }
      let mean = sum / total
      var squares = 0.0
      for row in 0..<covariates.rows {
        let distance = covariates[row, column] - mean
        squares += weights[row] * distance * distance
      }
      let deviation = (squares / total).squareRoot()
      means.append(mean)
      deviations.append(deviation > 1e-12 * max(1e-300, mean.magnitude) ? deviation : 1)
    }
    var values: [Double] = []
    values.reserveCapacity(rows.count * (covariates.columns + 1))
    for row in rows {
      values.append(1)
      for column in 0..<covariates.columns {
        values.append((covariates[Int(row), column] - means[column]) / deviations[column])
      }
    }
    self.values = values
    centers = means
    scales = deviations
  }
}

extension LatentClassData {
  /// What no parameter changes in a pattern's log-likelihood: -Σ ln y! and -Σ ln scale.
  func constant(of pattern: Int) -> Double {
    guard !numbers.isEmpty else { return 0 }
    var result = 0.0
    for factor in factors where factor.columns > 0 {
      for column in factor.firstColumn..<factor.firstColumn + factor.columns {
        let value = numbers[column * patternCount + pattern]
        guard !value.isNaN else { continue }
        result -= factor.family.isCount ? lgamma(value + 1) : log(columns[column].scale)
      }
    }
    return result
  }
}
