import Foundation
import TesseraDesign
import TesseraMath

/// Counts of which some are 0 for good: a share of each class never counts anything, the others have a
/// rate.
///
/// A zero is read by code, as its chance has no simple form in the count; the rest of the density is a
/// Poisson's. Never counting is a class within the class, which the M-step sums over.
///
/// - Reference: Lambert (1992), *Technometrics* 34(1), 1-14, doi:10.2307/1269547.
struct ZeroInflatedFamily: Family {
  /// Missing, none, and some.
  var cells: Int { 3 }
  var columns: Int { 1 }
  var isCount: Bool { true }
  var tables: [ParameterTable.Form] {
    [.init(width: 2, scale: .root), .init(width: 1, scale: .logarithm)]
  }
  func ownFree(latent: Int) -> Int { 2 }
  func code(of number: Double) -> Int { number.isNaN ? 0 : number == 0 ? 1 : 2 }

  private func zero(_ factor: LatentFactor, _ latent: Int) -> Int { factor.table.index(latent) }
  private func rate(_ factor: LatentFactor, _ latent: Int) -> Int {
    factor.tables[1].index(latent)
  }

  /// Log chance of a count, but for -ln y!.
  static func logChance(_ count: Double, zero: Double, rate: Double) -> Double {
    count == 0
      ? log(max(zero + (1 - zero) * exp(-rate), 1e-300))
      : log(max(1 - zero, 1e-300)) - rate + count * log(max(rate, 1e-300))
  }

  /// The chance that a zero stands for never counting anything.
  private func forGood(_ zero: Double, _ rate: Double) -> Double {
    zero / max(zero + (1 - zero) * exp(-rate), 1e-300)
  }

  func fillLogs(_ factor: LatentFactor, _ em: EM, into logs: inout [Double]) {
    let classes = em.layout.classes
    for latent in 0..<classes {
      let (zero, rate) = (em.theta[zero(factor, latent)], em.theta[rate(factor, latent)])
      logs[factor.firstAnswer * classes + latent] = Self.logChance(0, zero: zero, rate: rate)
      logs[(factor.firstAnswer + 1) * classes + latent] = em.safeLog(1 - zero) - rate
    }
  }

  /// What the code has not said: y · ln rate.
  func fillNumbers(_ factor: LatentFactor, _ em: EM, of sweep: any LatentSweeping) {
    let place = em.shape.number(of: factor)
    for latent in 0..<em.layout.classes {
      sweep.setTable(
        place.table + 1, lane: latent, to: em.safeLog(em.theta[rate(factor, latent)]))
    }
  }

  /// Expected zeros, and positive counts with their sum, of a class; those of the prior included.
  private func expected(
    _ factor: LatentFactor, _ em: EM, _ latent: Int
  ) -> (zeros: Double, others: Double, sum: Double) {
    let classes = em.layout.classes
    let imaginary = em.prior.rates / Double(classes)
    let cell = factor.firstAnswer
    return (
      em.counts[cell * classes + latent] + imaginary * em.marginals.shares[cell],
      em.counts[(cell + 1) * classes + latent] + imaginary * em.marginals.shares[cell + 1],
      em.totals(em.shape.number(of: factor).sum + 1, latent)
        + imaginary * em.marginals.means[factor.firstColumn]
    )
  }

  func maximise(_ factor: LatentFactor, _ em: EM) {
    for latent in 0..<em.layout.classes {
      let (zero, rate) = (zero(factor, latent), rate(factor, latent))
      let (zeros, others, sum) = expected(factor, em, latent)
      let never = zeros * forGood(em.theta[zero], em.theta[rate])
      let counting = zeros + others - never
      guard zeros + others > 0, counting > 0 else {
        for index in [zero, zero + 1, rate] { em.image[index] = em.theta[index] }
        continue
      }
      em.image[zero] = never / (zeros + others)
      em.image[zero + 1] = counting / (zeros + others)
      em.image[rate] = max(sum / counting, 1e-12)
    }
  }

  func addLogPrior(_ factor: LatentFactor, _ em: EM, to result: inout Double) {
    guard em.prior.rates > 0 else { return }
    let classes = em.layout.classes
    let share = em.prior.rates / Double(classes)
    for latent in 0..<classes {
      for cell in [factor.firstAnswer, factor.firstAnswer + 1] {
        result += share * em.marginals.shares[cell] * em.logs[cell * classes + latent]
      }
      result +=
        share * em.marginals.means[factor.firstColumn]
        * em.safeLog(em.theta[rate(factor, latent)])
    }
  }

  private func store(
    _ zero: Double, _ rate: Double, _ factor: LatentFactor, _ latent: Int, _ theta: inout [Double]
  ) {
    theta[self.zero(factor, latent)] = zero
    theta[self.zero(factor, latent) + 1] = 1 - zero
    theta[self.rate(factor, latent)] = rate
  }

  /// Half of the zeros are for good.
  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    let mean = max(em.marginals.means[factor.firstColumn], 1e-6)
    for latent in 0..<em.layout.classes {
      let drawn = weights(latent, [factor.firstAnswer, factor.firstAnswer + 1])
      let zero = min(max(0.5 * drawn[0] / (drawn[0] + drawn[1]), 0.01), 0.9)
      let count = max(number(latent, factor.firstColumn), 0.1 * mean)
      store(zero, count / (1 - zero), factor, latent, &em.theta)
    }
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    CategoricalFamily.splitChances(factor.table, em, chosen, added, &stream)
    let move = 0.3 * stream.normal()
    let rate = em.theta[rate(factor, chosen)]
    em.theta[self.rate(factor, added)] = rate * exp(-move)
    em.theta[self.rate(factor, chosen)] = rate * exp(move)
  }

  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    let mean = max(em.marginals.means[factor.firstColumn], 0.5)
    for latent in 0..<em.layout.classes {
      store(
        0.2 + 0.6 * stream.uniform(), mean * (1 + stream.uniform()), factor, latent, &theta)
    }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    let classes = em.layout.classes
    return [
      .zeroInflated(
        zeros: em.theta.column(of: factor.table, classes: classes),
        rates: em.theta.column(of: factor.tables[1], classes: classes))
    ]
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    guard case .zeroInflated(let zeros, let rates) = model.items[factor.items[0]].distribution
    else { return nil }
    return zeros.flatMap { [$0, 1 - $0] } + rates
  }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    let value = at.value(answers)
    guard !value.isNaN else { return 0 }
    return Self.logChance(value, zero: at.number(), rate: at.number(1))
  }

  /// By the log-odds of never counting, and by the log rate.
  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    let value = at.value(answers)
    guard !value.isNaN else { return }
    let (zero, rate) = (at.number(), at.number(1))
    let never = value == 0 ? forGood(zero, rate) : 0
    row[at.start] = never - zero
    row[at.start + 1] = (1 - never) * (value - rate)
  }

  /// What is known of those who never count is less by what their zeros leave open.
  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {
    let (zero, rate) = (at.number(), at.number(1))
    let (zeros, others, _) = expected(at.factor, em, at.latent)
    let never = forGood(zero, rate)
    let open = zeros * never * (1 - never)
    let (a, b) = (at.columns[0], at.columns[1])
    result[a, a] += (zeros + others) * zero * (1 - zero) - open
    result[a, b] -= rate * open
    result[b, a] -= rate * open
    result[b, b] += (others + zeros * (1 - never)) * rate - rate * rate * open
  }

  /// The mean moves with both.
  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    let mean = item.means[at.latent]
    return [
      FamilyGradient(
        value: mean, scale: .logarithm, slopes: Array(zip(at.columns, [-at.number() * mean, mean])))
    ]
  }

  func borders(_ at: FactorInClass) -> [Bool] {
    [at.number() < 1e-5, false]
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    let isNever = stream.uniform() < at.number()
    let count = isNever ? 0 : Double(stream.poisson(mean: at.number(1)))
    answers.numbers[at.factor.firstColumn] = count
    answers.codes[at.factor.position] = code(of: count)
  }
}
