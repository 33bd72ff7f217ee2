import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// Where products fail segments, worst first.
  ///
  /// A mismatch is a mean loss of at least 3 points whose one-sided test against 1 point survives
  /// Benjamini and Hochberg's control at 5% over all segments, products and causes. A loss without a
  /// standard error has no test.
  func mismatches() -> [Mismatch] {
    let freedom = estimator.units.degreesOfFreedom
    guard freedom > 0 else { return [] }
    let student = StudentDistribution(degreesOfFreedom: freedom)
    var places: [(segment: Int, product: Int, loss: Int)] = []
    var tests: [Double?] = []
    for segment in 0..<segments where !suppression.isHidden[segment] {
      for product in model.products.indices {
        for (number, loss) in losses.losses[product].enumerated() {
          let error = loss.errors[segment]
          places.append((segment, product, number))
          tests.append(
            error.isFinite && error > 0
              ? student.survival((loss.means[segment] - 1) / error) : nil)
        }
      }
    }
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(tests)
    var found: [(place: Int, mismatch: Mismatch)] = []
    for (number, place) in places.enumerated() {
      let loss = losses.losses[place.product][place.loss]
      guard let p = adjusted[number], p <= 0.05,
        loss.means[place.segment] >= LossTable.threshold
      else { continue }
      if let mismatch = mismatch(loss, place.segment, place.product, p) {
        found.append((number, mismatch))
      }
    }
    return found.sorted {
      $0.mismatch.points > $1.mismatch.points
        || ($0.mismatch.points == $1.mismatch.points && $0.place < $1.place)
    }.map(\.mismatch)
  }

  /// A loss told as a mismatch; `nil` where the level is unknown, which is no failure.
  private func mismatch(_ loss: Loss, _ segment: Int, _ product: Int, _ p: Double) -> Mismatch? {
    let levels = model.products[product].levels
    let share = loss.affected[segment]
    let points = loss.means[segment]
    let cause: Mismatch.Cause
    let feature: FitFeature?
    let needed: String
    let middle: String
    switch loss.cause {
    case .need(let need, let number):
      if levels[number].isNaN { return nil }
      feature = model.features[number]
      needed = neededLevel(loss, need: need, feature: number, segment, product)
      cause = .need(model.needs[need].name)
      middle =
        "\(model.features[number].sentence(levels[number]))"
        + (needed.isEmpty ? "" : " where \(needed) would do")
        + " (\(model.needs[need].label)); \(percent(share)) lose "
        + "\(Int(LossTable.threshold)) points or more by it."
    case .barrier(let number):
      let barrier = model.barriers[number]
      cause = .barrier(barrier.name)
      if let remedy = barrier.remedy {
        if levels[remedy.feature].isNaN { return nil }
        feature = model.features[remedy.feature]
        needed = remedy.text
        middle =
          "\(model.features[remedy.feature].sentence(levels[remedy.feature])); "
          + "\(percent(share)) need \(needed) (\(barrier.label))."
      } else {
        feature = nil
        needed = ""
        middle = "\(percent(share)) are stopped by \(barrier.label)."
      }
    }
    let level = feature.flatMap { feature in
      model.features.firstIndex(of: feature).map { feature.text(levels[$0]) }
    }
    return Mismatch(
      segment: segmented.segments[segment].id, product: model.products[product].name,
      cause: cause, feature: feature?.name ?? "", level: level ?? "", needed: needed,
      shareAffected: share, points: points, pAdjusted: p,
      sentence: "\(model.products[product].label) for \(segmented.segments[segment].display): "
        + "\(middle) Costs \(Int(points.rounded())) of 100 points.")
  }

  /// The level at which the mean loss of a segment would no longer be told as a mismatch.
  ///
  /// A loss shrinks with what is left of the feature's fulfilment: 1 − u falls to (1 − u) times the
  /// threshold over the loss.
  private func neededLevel(
    _ loss: Loss, need: Int, feature number: Int, _ segment: Int, _ product: Int
  ) -> String {
    let feature = model.features[number]
    let level = model.products[product].levels[number]
    let isHelping = model.relations[need, number] > 0
    let kept = LossTable.threshold / max(loss.means[segment], LossTable.threshold)
    var missing = 1.0
    if feature.isBurden {
      let incomes = model.respondents.incomes[number]
      let worths = incomes.map { $0.isNaN ? 0 : feature.worth(level, income: $0) }
      let mean = estimator.means(worths)[segment]
      missing = isHelping ? 1 - mean : mean
    } else {
      let worth = feature.worth(level)
      missing = isHelping ? 1 - worth : worth
    }
    let levels = model.products.map { $0.levels[number] }
    let ends = feature.range.map { [$0.lowerBound, $0.upperBound] } ?? []
    return feature.needed(
      1 - missing * kept, isHelping: isHelping, from: level,
      isWhole: (levels + ends).allSatisfy { $0.isNaN || $0 == $0.rounded() })
  }
}

/// A share as a whole percentage.
func percent(_ share: Double) -> String { "\(Int((100 * share).rounded()))%" }
