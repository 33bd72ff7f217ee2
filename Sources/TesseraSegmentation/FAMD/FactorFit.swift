public import TesseraMath

/// The dimensions along which respondents differ most.
public struct FactorFit: Sendable, Equatable {
  /// Variances along all components that have any, falling.
  ///
  /// With categories only these are divided by the number of items, as correspondence analysis
  /// has them.
  public let eigenvalues: [Double]
  /// Respondents × components; a respondent without any answer has no place (not-a-number).
  public let coordinates: Matrix
  /// Columns × components: unit vectors, in the order of `columnItems`.
  public let axes: Matrix
  /// The item that each column of the analysis belongs to.
  public let columnItems: [Int]
  /// The category that each column stands for, from 1; 0 for numbers.
  public let columnCategories: [Int]
  private let columns: FactorColumns
  private let scale: Double

  /// Number of components kept.
  public var components: Int { axes.columns }

  /// Share of the whole variance that each component carries; sums to 1 over all.
  public var shares: [Double] {
    let total = eigenvalues.reduce(0, +)
    return eigenvalues.map { $0 / total }
  }

  /// Share of each component that comes from each item; items × components, columns sum to 1.
  public var contributions: Matrix {
    var result = Matrix(rows: (columnItems.max() ?? -1) + 1, columns: components)
    for (column, item) in columnItems.enumerated() {
      for component in 0..<components {
        result[item, component] += axes[column, component] * axes[column, component]
      }
    }
    return result
  }

  init(
    items: EncodedItems, reader: FactorReadKernel, columns: FactorColumns, eigen: SymmetricEigen,
    components: Int, workers: Workers
  ) {
    let whole = max(eigen.values.first ?? 0, 0)
    let kept = eigen.values.prefix { $0 > 1e-10 * whole }
    scale = columns.allCategories ? 1 / Double(columns.informative) : 1
    eigenvalues = kept.map { [scale] in $0 * scale }
    let width = min(components, kept.count)
    var axes = Matrix(rows: columns.count, columns: width)
    for row in 0..<columns.count {
      for component in 0..<width {
        axes[row, component] = eigen.vectors[row, component]
      }
    }
    self.axes = axes
    self.columns = columns
    columnItems = columns.blocks.flatMap { block in
      [Int](repeating: block.item, count: block.width)
    }
    columnCategories = columns.blocks.flatMap { block in
      block.shares.isEmpty ? [0] : Array(1...block.shares.count)
    }
    coordinates = Self.project(
      items, reader, columns: columns, axes: axes, scale: scale, workers: workers)
  }

  /// Coordinates of new respondents.
  ///
  /// - Parameter table: The items of the fit in the same order, with the same categories.
  /// - Returns: Respondents × components; not-a-number without any answer.
  /// - Throws: ``SegmentationError`` if nobody answered.
  public func project(_ table: ItemTable) throws(SegmentationError) -> Matrix {
    let items = try EncodedItems(table)
    precondition(
      items.measurements.count == columns.blocks.count,
      "\(items.measurements.count) items given to an analysis of \(columns.blocks.count)")
    return Self.project(
      items, FactorReadKernel(items.values, layout: columns.layout, hasGaps: true),
      columns: columns, axes: axes, scale: scale, workers: .single)
  }

  private static func project(
    _ items: EncodedItems, _ reader: FactorReadKernel, columns: FactorColumns, axes: Matrix,
    scale: Double, workers: Workers
  ) -> Matrix {
    let kernel = FactorPlaceKernel(
      columns, axes: axes, factor: scale.squareRoot(), packing: reader.packing)
    var result = Matrix(
      rows: items.values.rows, columns: axes.columns,
      values: kernel.coordinates(reader, workers: workers))
    // A respondent without any answer has no place.
    for (row, place) in items.distinct.distinctOf.enumerated()
    where place < 0 && items.values.row(row).allSatisfy(\.isNaN) {
      for component in 0..<axes.columns { result[row, component] = .nan }
    }
    return result
  }
}

extension FactorFit {
  /// Whether two analyses found the same; having no place in both counts as the same.
  ///
  /// - Parameters:
  ///   - left: An analysis.
  ///   - right: Another.
  /// - Returns: True if all numbers agree to the last bit.
  public static func == (left: FactorFit, right: FactorFit) -> Bool {
    left.eigenvalues == right.eigenvalues && left.axes == right.axes
      && left.columns == right.columns && left.scale == right.scale
      && left.coordinates.rows == right.coordinates.rows
      && zip(left.coordinates.values, right.coordinates.values).allSatisfy {
        $0 == $1 || ($0.isNaN && $1.isNaN)
      }
  }
}
