import TesseraDesign
import TesseraMath
import TesseraStudy

/// Between which means a product's fit lies in each segment, whatever its unknown levels and the
/// respondents' unknown incomes turn out to be.
struct UnknownBounds: Sendable {
  /// Least mean of each segment.
  let low: [Double]
  /// Greatest mean of each segment.
  let high: [Double]
  /// Whether they are outer bounds only, because there are too many levels to try.
  let isOuter: Bool
  /// For each segment the levels at which it is least, and greatest; empty for outer bounds.
  var ends: [(low: [Double], high: [Double])] = []
  /// Of a change, between which means the fit itself lies afterwards, in each segment; empty otherwise.
  var after: (low: [Double], high: [Double]) = ([], [])

  /// Midway between the bounds.
  func middle(_ segment: Int) -> Double { (low[segment] + high[segment]) / 2 }
}

extension FitAnalysis {
  /// Most times respondents are scored for the bounds of one product.
  static let mostScores = 400_000_000

  /// The bounds of every product; `nil` for those of which all is known.
  ///
  /// A level may serve one need and harm another, so that what is best for each need by itself need
  /// not be had at once. Every mean is piecewise linear in what the unknown levels are worth: its
  /// extremes lie where a value bends, a barrier begins, or one feature of a need becomes the one
  /// that binds. All joint choices of those are tried.
  func unknownBounds() -> [UnknownBounds?] {
    model.products.indices.map { product in
      let levels = model.products[product].levels
      guard let given = scores.bounds[product] else { return nil }
      let unknown = levels.indices.filter { levels[$0].isNaN }
      let outer = UnknownBounds(
        low: estimator.means(given.low), high: estimator.means(given.high),
        isOuter: !unknown.isEmpty || hasMixedBurden)
      guard !unknown.isEmpty,
        let sets = model.jointLevels(unknown, of: [levels], atMost: mostSets)
      else { return outer }
      return tried(
        sets.map { set in
          var row = levels
          for (feature, level) in zip(unknown, set) { row[feature] = level }
          return row
        })
    }
  }

  /// Between which gains a change to a product lies, over everybody (first) and in each segment,
  /// with the same unknown levels and incomes before and after; `nil` where all is known.
  func gainBounds(_ edit: FitEdit, atMost scores: Int = Self.mostScores) -> UnknownBounds? {
    let before = model.products[edit.product].levels
    guard model.hasUnknowns(levels: before) else { return nil }
    let after = model.levels(of: edit.product, with: edit.changes)
    let unknown = before.indices.filter { before[$0].isNaN }
    let sets =
      model.jointLevels(
        unknown, of: [before, after],
        atMost: min(mostSets, scores / max(1, 2 * model.respondents.count)))
    let single = Scorer(model)
    let places = sets ?? [unknown.map { _ in Double.nan }]
    let found = settings.workers.map(places.count) { place -> [[Double]] in
      var rows = [before, after]
      for (feature, level) in zip(unknown, places[place]) {
        rows[0][feature] = level
        if after[feature].isNaN { rows[1][feature] = level }
      }
      let scored = single.scores(rows)
      func ends(_ row: Int) -> [[Double]] {
        scored.bounds[row].map { [$0.low, $0.high] } ?? [Array(scored.fit.row(row))]
      }
      let (old, new) = (ends(0), ends(1))
      let gains = (0..<max(old.count, new.count)).map { side -> [Double] in
        let gain = zip(new[min(side, new.count - 1)], old[min(side, old.count - 1)]).map { $0 - $1 }
        return population.means(gain) + estimator.means(gain)
      }
      return [
        gains[0].indices.map { column in gains.map { $0[column] }.min() ?? .nan },
        gains[0].indices.map { column in gains.map { $0[column] }.max() ?? .nan },
        estimator.means(new[0]), estimator.means(new[new.count - 1]),
      ]
    }
    func least(_ row: Int) -> [Double] {
      found[0][row].indices.map { column in found.map { $0[row][column] }.min() ?? .nan }
    }
    func most(_ row: Int) -> [Double] {
      found[0][row].indices.map { column in found.map { $0[row][column] }.max() ?? .nan }
    }
    return UnknownBounds(
      low: least(0), high: most(1), isOuter: sets == nil || hasMixedBurden,
      after: (least(2), most(3)))
  }

  private var mostSets: Int {
    min(FitModel.mostJointLevels, Self.mostScores / max(1, model.respondents.count))
  }

  /// Whether an unknown income may serve one need and harm another at once.
  private var hasMixedBurden: Bool {
    model.features.indices.contains { feature in
      guard model.features[feature].isBurden else { return false }
      let column = model.relations.column(feature)
      return column.contains { $0 > 0 } && column.contains { $0 < 0 }
    }
  }

  private func tried(_ rows: [[Double]]) -> UnknownBounds {
    let block = max(1, min(256, 4_000_000 / max(1, model.respondents.count)))
    let starts = Array(stride(from: 0, to: rows.count, by: block))
    let single = Scorer(model)
    let found = settings.workers.map(starts.count) { place in
      let block = Array(rows[starts[place]..<min(rows.count, starts[place] + block)])
      let scored = single.scores(block)
      return block.indices.map { row -> (low: [Double], high: [Double]) in
        let least = estimator.means(scored.bounds[row]?.low ?? Array(scored.fit.row(row)))
        return (least, scored.bounds[row].map { estimator.means($0.high) } ?? least)
      }
    }.flatMap { $0 }
    var bounds = (low: [Double](), high: [Double]())
    var ends: [(low: [Double], high: [Double])] = []
    for segment in 0..<segments {
      let least = found.indices.min { found[$0].low[segment] < found[$1].low[segment] } ?? 0
      let most = found.indices.max { found[$0].high[segment] < found[$1].high[segment] } ?? 0
      bounds.low.append(found[least].low[segment])
      bounds.high.append(found[most].high[segment])
      ends.append((rows[least], rows[most]))
    }
    return UnknownBounds(
      low: bounds.low, high: bounds.high, isOuter: hasMixedBurden, ends: ends)
  }
}
