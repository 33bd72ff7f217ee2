import Foundation

extension LatentClassModel {
  /// The model's numbers in the flat order of a layout and in the units of prepared data.
  ///
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  func parameters(
    for data: LatentClassData, layout: LatentLayout
  ) throws(SegmentationError) -> [Double] {
    let table = data.table
    guard items.count == table.items.count else {
      throw .mismatch(
        of: "number of items", expected: "\(items.count)", found: "\(table.items.count)")
    }
    for (item, given) in zip(items, table.items) where item.measurement != given.measurement {
      throw .mismatch(
        of: "measurement of \(item.name)", expected: "\(item.measurement)",
        found: "\(given.measurement)")
    }
    guard classCount == layout.classes else {
      throw .mismatch(
        of: "number of segments", expected: "\(classCount)", found: "\(layout.classes)")
    }
    let covariates = membership.map { $0[0].count - 1 } ?? 0
    guard covariates == data.covariateCount else {
      throw .mismatch(
        of: "number of covariates", expected: "\(covariates)", found: "\(data.covariateCount)")
    }
    var theta = prevalence
    for row in membership ?? [] {
      theta.append(
        row[0] + zip(row.dropFirst(), data.covariateCenters).reduce(0) { $0 + $1.0 * $1.1 })
      theta += zip(row.dropFirst(), data.covariateScales).map { $0 * $1 }
    }
    for factor in layout.factors {
      theta += try numbers(of: factor, data)
    }
    return theta
  }

  private func numbers(
    of factor: LatentFactor, _ data: LatentClassData
  ) throws(SegmentationError) -> [Double] {
    switch (factor.kind, items[factor.items[0]].distribution) {
    case (.categorical, .categories(let rows)):
      return rows.flatMap { $0 }
    case (.adjacent, .adjacentCategories(_, let intercepts, let slopes, _)):
      return intercepts + slopes
    case (.normal, .normal(let means, let variances)):
      let column = data.columns[factor.firstColumn]
      return means.map { ($0 - column.center) / column.scale }
        + variances.map { $0 / (column.scale * column.scale) }
    case (.poisson, .counts(let rates)):
      return rates
    case (.pair, _):
      if let effect = directEffects.first(where: {
        [$0.first, $0.second] == factor.items
      }) {
        return effect.probabilities.flatMap { $0 }
      }
    case (.block(let size, _), _):
      if let block = blocks.first(where: { $0.items == factor.items }) {
        let columns = (0..<size).map { data.columns[factor.firstColumn + $0] }
        return block.means.flatMap { row in
          zip(row, columns).map { ($0 - $1.center) / $1.scale }
        }
          + block.covariances.flatMap { matrix in
            matrix.enumerated().map { position, value in
              value / (columns[position / size].scale * columns[position % size].scale)
            }
          }
      }
    default:
      break
    }
    throw .mismatch(
      of: "form of \(items[factor.items[0]].name)", expected: "\(factor.kind)",
      found: "\(items[factor.items[0]].distribution)")
  }
}
