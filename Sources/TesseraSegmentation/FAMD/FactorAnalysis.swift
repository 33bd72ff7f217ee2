import Foundation
public import TesseraMath

/// Places respondents in the few dimensions along which they differ most.
///
/// Numbers alone make this principal component analysis of the correlation matrix; categories alone
/// multiple correspondence analysis; both together factor analysis of mixed data (FAMD). The cross
/// products of the columns follow from counts of answers given together, so no indicator matrix is
/// ever made, and are taken apart by LAPACK. Gaps stand at the mean of their item.
///
/// - Reference: Pagès (2004), *Revue de Statistique Appliquée* 52(4), 93–111.
public struct FactorAnalysis: Sendable, Equatable {
  /// Components kept, 1 or more; fewer come back if there are fewer.
  public var components: Int

  /// Chooses how many components to keep.
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
  /// - Complexity: O(*n* · *m*² + *p*³) for *m* items and *p* columns.
  public func fit(
    _ table: ItemTable, workers: Workers = .single
  ) throws(SegmentationError) -> FactorFit {
    try fit(EncodedItems(table, workers: workers), workers: workers)
  }

  func fit(
    _ items: EncodedItems, workers: Workers
  ) throws(SegmentationError) -> FactorFit {
    guard components >= 1 else {
      throw .badSetting(
        name: "the number of components", value: Double(components), remedy: "Keep 1 or more.")
    }
    let layout = FactorLayout(items)
    // A row that takes no part may still have gaps, and is placed in the end.
    let hasGaps = items.distinct.hasGaps || items.distinct.distinctOf.contains { $0 < 0 }
    let reader = FactorReadKernel(items.values, layout: layout, hasGaps: hasGaps)
    let rows = FactorRows(items.distinct.first, reader, workers: workers)
    let columns = FactorColumns(rows, weights: items.distinct.weights, layout: layout)
    guard columns.informative > 0 else {
      throw .decomposition("every item has the same answer from everybody")
    }
    let eigen: SymmetricEigen
    do throws(LinearAlgebraError) {
      eigen = try SymmetricEigen(
        columns.products(rows, weights: items.distinct.weights, workers: workers))
    } catch {
      throw .decomposition("\(error)")
    }
    return FactorFit(
      items: items, reader: reader, columns: columns, eigen: eigen, components: components,
      workers: workers)
  }
}
