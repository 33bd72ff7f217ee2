extension LatentClassModel {
  /// The model's numbers in the flat order of a layout and in the units of prepared data.
  ///
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  func parameters(
    for data: LatentClassData, layout: ParameterLayout
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
      guard let numbers = factor.family.numbers(factor, in: self, data.columns) else {
        let item = items[factor.items[0]]
        throw .mismatch(
          of: "form of \(item.name)", expected: "\(item.measurement)",
          found: "\(item.distribution)")
      }
      theta += numbers
    }
    return theta
  }
}
