import TesseraMath

extension LatentClass {
  /// Bivariate residuals with p-values: how often sets drawn from the model itself show as much.
  ///
  /// Residuals follow no tabled distribution, since the same answers made the classes. Each
  /// simulated set keeps weights, covariates and gaps, and the model is fitted again to it. Pairs with
  /// numbers are score tests already and have their p-values from the chi-square distribution.
  ///
  /// - Parameters:
  ///   - fit: The fit.
  ///   - data: The table it was fitted to, made ready.
  ///   - sets: Simulated sets; 0 for statistics without p-values of categorical pairs.
  /// - Returns: A residual for each pair, by positions among the items of `data.table`.
  /// - Throws: ``SegmentationError`` if the fit and the data do not go together.
  /// - Complexity: O(sets · patterns · items² · classes).
  /// - Reference: Oberski, van Kollenburg & Vermunt (2013), *ADAC* 7, 267-279,
  ///   doi:10.1007/s11634-013-0146-2.
  public func bivariateTest(
    _ fit: LatentClassFit, on data: LatentClassData, sets: Int = 99
  ) throws(SegmentationError) -> [BivariateResidual] {
    guard sets >= 0 else {
      throw .badSetting(name: "bootstrap sets", value: Double(sets), remedy: "Ask for 0 or more.")
    }
    let observed = try fit.model.bivariateResiduals(on: data, workers: workers)
    let root = stream.split(78)
    let simulated = try workers.tryMap(sets) { set throws(SegmentationError) in
      var chance = root.split(set)
      let drawn = try fit.model.simulate(like: data, stream: &chance).table
      let prepared = try LatentClassData(imitating: data, drawn)
      let fitted = try fit.model.refit(on: prepared, prior: prior)
      let residuals = try fitted.model.categoricalResiduals(on: prepared)
      progress.report("residuals", set + 1, sets)
      return residuals
    }
    let tallies = simulated.map { residuals in
      Dictionary(
        residuals.map { (ItemPair($0.first, $0.second), $0.statistic) },
        uniquingKeysWith: { one, _ in one })
    }
    let scores = try fit.model.scoreResiduals(on: data, workers: workers)
    let tested = observed.map { residual -> BivariateResidual in
      guard residual.pValue == nil, sets > 0 else { return residual }
      let pair = ItemPair(residual.first, residual.second)
      let asLarge = tallies.count { ($0[pair] ?? 0) >= residual.statistic }
      return BivariateResidual(
        first: residual.first, second: residual.second, statistic: residual.statistic,
        published: residual.published, pValue: Double(1 + asLarge) / Double(sets + 1))
    }
    return (tested + scores).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
