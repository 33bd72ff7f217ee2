import TesseraDesign
import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// What costs a product most in a segment, worst first.
  ///
  /// A loss is told if its mean is at least 3 points and its one-sided test against 1 point survives
  /// Benjamini and Hochberg's control at 5% over all segments, products and causes. A loss that is the
  /// same for everybody has no error and is certain. It is a mismatch only where the product also fits clearly worse
  /// than another there, which contrasts decide.
  func largeLosses() -> [Mismatch] {
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
          let excess = loss.means[segment] - 1
          tests.append(
            !error.isFinite
              ? nil : error > 0 ? student.survival(excess / error) : excess > 0 ? 0 : 1)
        }
      }
    }
    let adjusted = MultipleTesting.benjaminiHochberg.adjusted(tests)
    let trials = RemedyTrials(self)
    var found: [(place: Int, mismatch: Mismatch)] = []
    for (number, place) in places.enumerated() {
      let loss = losses.losses[place.product][place.loss]
      guard let p = adjusted[number], p <= 0.05,
        LossTable.isTold(loss.means[place.segment])
      else { continue }
      if let mismatch = mismatch(loss, place.segment, place.product, p, trials) {
        found.append((number, mismatch))
      }
    }
    return found.sorted {
      $0.mismatch.points > $1.mismatch.points
        || ($0.mismatch.points == $1.mismatch.points && $0.place < $1.place)
    }.map(\.mismatch)
  }

  /// A loss in words; `nil` where the level is unknown, which is no failure.
  private func mismatch(
    _ loss: Loss, _ segment: Int, _ product: Int, _ p: Double, _ trials: RemedyTrials
  ) -> Mismatch? {
    let told =
      switch loss.cause {
      case .need(let need, let feature): needful(loss, need, feature, segment, product, trials)
      case .barrier(let barrier): self.barrier(loss, barrier, segment, product, trials)
      }
    guard let told else { return nil }
    let points = self.told(points: loss, of: product, in: segment)
    guard points >= LossTable.threshold - 0.5 else { return nil }
    let level = told.feature.map {
      model.features[$0].text(model.products[product].levels[$0])
    }
    return Mismatch(
      segment: segmented.segments[segment].id, product: model.products[product].name,
      cause: told.cause, feature: told.feature.map { model.features[$0].name } ?? "",
      level: level ?? "", needed: told.needed,
      shareAffected: self.told(share: loss.affected[segment], of: loss, in: segment),
      points: points, pAdjusted: p,
      sentence: "\(model.products[product].label) for \(segmented.segments[segment].title): "
        + "\(told.middle). Costs \(Int(points.rounded())) of 100 points.")
  }

  /// A loss in parts of its sentence.
  private struct Told {
    let cause: Mismatch.Cause
    let feature: Int?
    let needed: String
    let middle: String
  }

  private func needful(
    _ loss: Loss, _ need: Int, _ number: Int, _ segment: Int, _ product: Int,
    _ trials: RemedyTrials
  ) -> Told? {
    let level = model.products[product].levels[number]
    if level.isNaN { return nil }
    let feature = model.features[number]
    let needed = neededLevel(loss, need: need, feature: number, segment, product, trials)
    let affected =
      "\(affected(loss, segment)) lose \(Int(LossTable.threshold)) points or more by it"
    let opening =
      feature.isBurden && model.relations[need, number] > 0
      ? "at \(feature.text(level)) it is too expensive" : feature.sentence(level)
    return Told(
      cause: .need(model.needs[need].name), feature: number, needed: needed,
      middle: "\(opening) (\(model.needs[need].label)): \(affected)"
        + (needed.isEmpty
          ? ""
          : "; \(needed) would bring this loss under \(Int(LossTable.threshold)) points"))
  }

  /// The share of a segment whom a loss hits, as it may be told.
  private func affected(_ loss: Loss, _ segment: Int) -> String {
    percentOrWords(
      told(share: loss.affected[segment], of: loss, in: segment), isSmall: isSmall(segment))
  }

  private func barrier(
    _ loss: Loss, _ number: Int, _ segment: Int, _ product: Int, _ trials: RemedyTrials
  ) -> Told? {
    let barrier = model.barriers[number]
    let levels = model.products[product].levels
    guard loss.range.most[segment] - loss.range.least[segment] < 0.005 else { return nil }
    let remedy = model.remedy(barrier, levels: levels).flatMap { remedy in
      remedy.changed.map { trials.harms(product, $0, segment) } ?? false ? nil : remedy
    }
    let verb = BarrierSummary(name: "", label: "", strength: barrier.strength).verb(isPlural: false)
    let share = affected(loss, segment)
    let cause = Mismatch.Cause.barrier(barrier.name)
    guard let remedy, let first = remedy.statements.first else {
      return Told(
        cause: cause, feature: nil, needed: "", middle: "\(barrier.label) \(verb) \(share)")
    }
    let features = remedy.statements.map(\.feature)
    let now = Set(features).sorted().map { model.features[$0].sentence(levels[$0]) }
      .joined(separator: " and ")
    let needed = remedy.text(model.features)
    let middle =
      remedy.statements.count == 1 && first.isPersonal
      ? "\(now) \(verb) \(share): it is \(first.standing) \(first.limit)"
        + (Self.repeats(barrier.label, first.bound) ? "" : " (\(barrier.label))")
      : "\(now) \(verb) \(share) (\(barrier.label)); \(needed) would lift that"
    // What several features bring about together is the doing of none of them.
    let isOne = Set(features).count == 1
    return Told(
      cause: cause, feature: isOne ? first.feature : nil, needed: needed, middle: middle)
  }

  /// Whether a barrier's label ends with the words of its bound, such as "costs more than they would pay"
  /// with "what they would pay".
  private static func repeats(_ label: String, _ bound: String) -> Bool {
    func words(_ text: String) -> [Substring] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
    let (own, other) = (words(label), words(bound))
    return other.count >= 2 && own.suffix(2) == other.suffix(2)
  }

  /// The level at which the mean loss of a segment would no longer be told; empty where no level of
  /// this feature alone closes the gap.
  ///
  /// A loss shrinks with what is left of the feature's fulfilment: 1 − u falls to (1 − u) times the
  /// threshold over the loss. Where several features bind one need the gap may stay open all the
  /// same, so that the level is tried before it is told.
  private func neededLevel(
    _ loss: Loss, need: Int, feature number: Int, _ segment: Int, _ product: Int,
    _ trials: RemedyTrials
  ) -> String {
    let feature = model.features[number]
    var levels = model.products[product].levels
    let level = levels[number]
    // Where an unknown level serves one need and harms another, which of its levels are the worst
    // and the best may change with the level in question.
    guard levels.indices.allSatisfy({ !levels[$0].isNaN || model.isOneWay($0) }) else { return "" }
    let isHelping = model.relations[need, number] > 0
    func closes(_ model: FitModel, _ levels: [Double]) -> Bool {
      let before = needLoss(self.model, need, number, self.model.products[product].levels, segment)
      let after = needLoss(model, need, number, levels, segment)
      return after.own <= LossTable.threshold + 1e-9
        && before.whole - after.whole >= before.own - LossTable.threshold - 1e-9
    }
    if case .burden(_, let fullAt, let zeroAt) = feature.value {
      // The largest whole share of income at which the loss is closed, or the smallest.
      var shares = Array(Int((100 * fullAt).rounded(.up))...Int((100 * zeroAt).rounded(.down)))
      if isHelping { shares.reverse() }
      let found = shares.partitioningIndex { share in
        let part = Double(share) / 100
        guard part > 0 else { return isHelping }
        return closes(
          model.replacing(incomes: number) {
            isHelping ? max($0, level / part) : min($0, level / part)
          }, levels)
      }
      guard found < shares.count else { return "" }
      return "\(isHelping ? "at most" : "at least") \(shares[found])% of \(feature.incomeLabel)"
    }
    let worth = feature.worth(level)
    let missing = isHelping ? 1 - worth : worth
    let kept = LossTable.threshold / max(loss.means[segment], LossTable.threshold)
    let others = model.products.map { $0.levels[number] }
    let ends = feature.range.map { [$0.lowerBound, $0.upperBound] } ?? []
    guard
      let needed = feature.needed(
        1 - missing * kept, isHelping: isHelping, from: level,
        isWhole: (others + ends).allSatisfy { $0.isNaN || $0 == $0.rounded() })
    else { return "" }
    levels[number] = needed.level
    // What closes one gap may open another.
    return closes(model, levels) && !trials.harms(product, levels, segment) ? needed.text : ""
  }

  /// The mean points that a need loses in a segment, and one feature's part of them.
  private func needLoss(
    _ model: FitModel, _ need: Int, _ feature: Int, _ levels: [Double], _ segment: Int
  ) -> (own: Double, whole: Double) {
    let scenarios: [Scenario] = model.hasUnknowns(levels: levels) ? [.worst, .best] : [.worst]
    let fulfilments = scenarios.map { model.fulfilment(of: need, levels: levels, $0) }
    let weights = model.respondents.needWeights.column(need)
    func mean(_ column: Fulfilment.Column) -> Double {
      switch column {
      case .same(let value): 100 * value * estimator.means(weights)[segment]
      case .each(let values): 100 * estimator.means(zip(weights, values).map { $0 * $1 })[segment]
      }
    }
    guard let part = fulfilments[0].features.firstIndex(of: feature) else { return (0, 0) }
    let own = mean(LossTable.average(fulfilments.map { $0.losses[part] }))
    let met = mean(LossTable.average(fulfilments.map(\.value)))
    return (own, mean(.same(1)) - met)
  }
}

/// Changed products, scored once each, to see whether a remedy for one loss costs more elsewhere.
private final class RemedyTrials {
  private let analysis: FitAnalysis
  private var fits: [[Double]: [Double]] = [:]

  init(_ analysis: FitAnalysis) { self.analysis = analysis }

  /// Whether a product with other levels fits a segment less than as it is.
  func harms(_ product: Int, _ levels: [Double], _ segment: Int) -> Bool {
    func fit(_ levels: [Double]) -> Double {
      // NaN is not equal to itself, and would be looked for in vain.
      let key = levels.map { $0.isNaN ? -Double.infinity : $0 }
      if let known = fits[key] { return known[segment] }
      let scored = analysis.estimator.means(
        Array(analysis.scorer.scores([levels]).fit.row(0)))
      fits[key] = scored
      return scored[segment]
    }
    return fit(levels) < fit(analysis.model.products[product].levels) - 1e-9
  }
}

extension Array {
  /// The first position from which on a condition holds, found by halving.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// A share as a whole percentage.
func percent(_ share: Double) -> String {
  // 55.5% may be stored as a little less: a reader rounds what is meant.
  "\(Int((100 * share + 1e-9).rounded()))%"
}

/// A share as a whole percentage, or words for one that may not be shown.
///
/// - Parameters:
///   - share: 0 to 1, as it is shown; `nil` if it is not.
///   - isSmall: Whether it rests on so few people that none of them and all of them are not told.
/// - Returns: Such as "42%", "under 10%" or "some people".
func percentOrWords(_ share: Double?, isSmall: Bool = false) -> String {
  guard let share else { return "some people" }
  if isSmall, share <= 0 { return "under 10%" }
  return isSmall && share >= 1 ? "over 90%" : percent(share)
}
