import Foundation
public import TesseraMath

/// Places respondents in the few dimensions along which they differ most.
///
/// Numbers alone make this principal component analysis of the correlation matrix; categories alone
/// multiple correspondence analysis; both together factor analysis of mixed data (FAMD). The cross
/// products of the columns are summed block by block, so memory grows with the columns only, and
/// taken apart by LAPACK. Gaps stand at the mean of their item.
///
/// - Reference: Pagès (2004), *Revue de Statistique Appliquée* 52(4), 93–111.
public struct FactorAnalysis: Sendable, Equatable {
  /// Components kept, 1 or more; fewer come back if there are fewer.
  public var components: Int

  /// Chooses how many components to keep.
  ///
  /// - Parameter components: 1 or more.
  public init(components: Int = 5) {
    self.components = components
  }

  /// Finds the components.
  ///
  /// - Parameters:
  ///   - table: Items with weights; ordinal items count as categories, counts as numbers.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Returns: Eigenvalues, axes and the coordinates of all respondents.
  /// - Throws: ``SegmentationError`` if nobody answered, nothing varies, or LAPACK gives up.
  /// - Complexity: O(*n* · *p*² + *p*³) for *p* columns.
  public func fit(
    _ table: ItemTable, workers: Workers = .single
  ) throws(SegmentationError) -> FactorFit {
    try fit(EncodedItems(table), workers: workers)
  }

  func fit(
    _ items: EncodedItems, workers: Workers
  ) throws(SegmentationError) -> FactorFit {
    guard components >= 1 else {
      throw .badSetting(
        name: "the number of components", value: Double(components), remedy: "Keep 1 or more.")
    }
    let columns = FactorColumns(items)
    guard columns.informative > 0 else {
      throw .decomposition("every item has the same answer from everybody")
    }
    let rows = items.distinct.first
    let total = items.distinct.weights.reduce(0, +)
    let roots = items.distinct.weights.map { ($0 / total).squareRoot() }
    let size = max(512, (rows.count + 63) / 64)
    let starts = Array(stride(from: 0, to: rows.count, by: size))
    let parts = workers.map(starts.count) { piece in
      var sum = Matrix(rows: columns.count, columns: columns.count)
      let end = min(starts[piece] + size, rows.count)
      for start in stride(from: starts[piece], to: end, by: 512) {
        let range = start..<min(start + 512, end)
        let block = columns.block(rows[range], of: items.values, factors: roots[range])
        sum.store(block, .transposed, times: block, keeping: 1)
      }
      return sum
    }
    var products = Matrix(rows: columns.count, columns: columns.count)
    for part in parts {
      for index in products.values.indices {
        products.values[index] += part.values[index]
      }
    }
    let eigen: SymmetricEigen
    do throws(LinearAlgebraError) {
      eigen = try SymmetricEigen(products)
    } catch {
      throw .decomposition("\(error)")
    }
    return FactorFit(
      items: items, columns: columns, eigen: eigen, components: components, workers: workers)
  }
}
