import Foundation
import TesseraMath
import TesseraSegmentation

/// Three models of the same segments in several waves: everything equal over waves (M0), sizes free
/// (M1), sizes and profiles free (M2).
struct WaveModels {
  /// M0.
  let equal: RefittedModel
  /// M1.
  let sizesFree: SizesFree
  /// M2: a model for each wave.
  let free: [RefittedModel]

  /// 2(LL1 - LL0): what free sizes gain.
  var sizeStatistic: Double { 2 * (sizesFree.logLikelihood - equal.logLikelihood) }
  /// 2(LL2 - LL1): what free profiles gain beyond free sizes.
  var profileStatistic: Double {
    2 * (free.reduce(0) { $0 + $1.logLikelihood } - sizesFree.logLikelihood)
  }
}

/// One set of profiles with sizes of its own for each wave (M1).
struct SizesFree {
  /// Profiles, with the sizes of all waves together.
  let model: LatentClassModel
  /// Chances of the segments for each row.
  let posterior: Matrix
  /// Log-likelihood of the answers, given the waves, in nats.
  let logLikelihood: Double
  /// For each wave the sizes.
  let sizes: [[Double]]
}

/// Fits the models of waves, each from the one before, so that segments keep their order.
struct WaveFitter: Sendable {
  let answers: WaveAnswers
  let prior: LatentClassPrior
  /// Rows of each wave.
  let rows: [[Int]]

  init(_ answers: WaveAnswers, prior: LatentClassPrior) {
    self.answers = answers
    self.prior = prior
    rows = answers.rowsOfWaves
  }

  /// M0 from a model of the same form.
  func equal(
    _ table: ItemTable, from start: LatentClassModel
  ) throws(SegmentationError) -> RefittedModel {
    try start.refit(on: try data(table, start), prior: prior)
  }

  /// M1 from M0.
  ///
  /// Without covariates the wave is one more item: P(segment | wave) is then free, and the likelihood
  /// of the waves themselves is taken off again. With covariates the waves are covariates too.
  func sizesFree(
    _ table: ItemTable, from start: LatentClassModel
  ) throws(SegmentationError) -> SizesFree {
    let isItem = table.covariates == nil
    let wide = isItem ? try withWaveItem(table) : try withWaves(table)
    let model =
      isItem
      ? withWaveItem(start) : withWaves(start, covariates: table.covariates?.columns ?? 0)
    let found = try model.refit(on: try data(wide, start), prior: prior)
    let weights = answers.weights
    var logLikelihood = found.logLikelihood
    if isItem {
      for share in shares { logLikelihood -= share.mass * log(share.mass / total) }
    }
    let sizes = rows.map { members in
      var sums = [Double](repeating: 0, count: start.classCount)
      var total = 0.0
      for row in members {
        total += weights[row]
        for latent in sums.indices { sums[latent] += weights[row] * found.posterior[row, latent] }
      }
      return sums.map { $0 / total }
    }
    return SizesFree(
      model: isItem ? found.model.withoutGaps(items: table.items.count) : found.model,
      posterior: found.posterior, logLikelihood: logLikelihood, sizes: sizes)
  }

  /// Sum of the weights of each wave, and of all.
  private var shares: [(wave: Int, mass: Double)] {
    let weights = answers.weights
    return rows.enumerated().map { wave, members in
      (wave, members.reduce(0) { $0 + weights[$1] })
    }
  }
  private var total: Double { shares.reduce(0) { $0 + $1.mass } }

  /// The table with the wave as its last item.
  private func withWaveItem(_ table: ItemTable) throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: table.respondentCount,
      items: table.items + [
        Item(
          name: Self.wave, measurement: .nominal(categories: answers.waveCount),
          answers: .codes(answers.waves.map { UInt8($0 + 1) }))
      ], weights: table.weights)
  }

  /// The model in which every segment has the same share of each wave.
  private func withWaveItem(_ model: LatentClassModel) -> LatentClassModel {
    let chances = shares.map { $0.mass / total }
    return LatentClassModel(
      prevalence: model.prevalence,
      items: model.items + [
        ItemModel(
          name: Self.wave, measurement: .nominal(categories: answers.waveCount),
          distribution: .categories(model.prevalence.map { _ in chances }))
      ], blocks: model.blocks, directEffects: model.directEffects)
  }

  /// A name that no column can have.
  private static let wave = "\u{0}wave"

  /// M2 from M1.
  func free(
    _ table: ItemTable, from start: SizesFree
  ) throws(SegmentationError) -> [RefittedModel] {
    var found: [RefittedModel] = []
    for wave in rows.indices {
      let own = try table.selecting(rows[wave])
      let model = start.model.ofWave(
        wave, sizes: start.sizes[wave], covariates: table.covariates?.columns ?? 0)
      found.append(try model.refit(on: try data(own, model), prior: prior))
    }
    return found
  }

  /// All three.
  func fit(from frozen: LatentClassModel) throws(SegmentationError) -> WaveModels {
    try fit(equal: try equal(answers.table, from: frozen))
  }

  /// All three, M0 being known.
  func fit(equal: RefittedModel) throws(SegmentationError) -> WaveModels {
    let sizes = try sizesFree(answers.table, from: equal.model)
    return WaveModels(
      equal: equal, sizesFree: sizes, free: try free(answers.table, from: sizes))
  }

  private func data(
    _ table: ItemTable, _ model: LatentClassModel
  ) throws(SegmentationError) -> LatentClassData {
    try LatentClassData(
      table,
      blocks: model.blocks.map { block in
        let isShared = block.covariances.allSatisfy { $0 == block.covariances[0] }
        return .init(items: block.items, variance: isShared ? .equal : .perClass)
      }, directEffects: model.directEffects.map { ItemPair($0.first, $0.second) })
  }

  /// The table with a column for each wave but the first, on which sizes may depend.
  private func withWaves(_ table: ItemTable) throws(SegmentationError) -> ItemTable {
    let own = table.covariates?.columns ?? 0
    var wide = Matrix(rows: table.respondentCount, columns: own + answers.waveCount - 1)
    for row in 0..<table.respondentCount {
      for column in 0..<own { wide[row, column] = table.covariates?[row, column] ?? 0 }
      if answers.waves[row] > 0 { wide[row, own + answers.waves[row] - 1] = 1 }
    }
    return try ItemTable(
      respondentCount: table.respondentCount, items: table.items, weights: table.weights,
      covariates: wide)
  }

  /// The model with log-odds for the waves, 0 where it has none.
  private func withWaves(_ model: LatentClassModel, covariates: Int) -> LatentClassModel {
    let width = 1 + covariates + answers.waveCount - 1
    let rows =
      model.membership
      ?? model.prevalence.map { [log(max($0, 1e-9) / max(model.prevalence[0], 1e-9))] }
    return LatentClassModel(
      prevalence: model.prevalence, items: model.items, blocks: model.blocks,
      directEffects: model.directEffects,
      membership: rows.map { $0 + [Double](repeating: 0, count: width - $0.count) })
  }
}

extension LatentClassModel {
  /// The model without the items that tell which answers are missing.
  func withoutGaps(items count: Int) -> LatentClassModel {
    LatentClassModel(
      prevalence: prevalence, items: Array(items.prefix(count)), blocks: blocks,
      directEffects: directEffects, membership: membership)
  }

  /// The model of one wave, of a model whose sizes depend on the wave.
  fileprivate func ofWave(_ wave: Int, sizes: [Double], covariates: Int) -> LatentClassModel {
    let own = membership.map { rows in
      rows.map { row in
        [row[0] + (wave > 0 ? row[covariates + wave] : 0)] + row[1..<1 + covariates]
      }
    }
    return LatentClassModel(
      prevalence: sizes, items: items, blocks: blocks, directEffects: directEffects,
      membership: covariates > 0 ? own : nil)
  }
}
