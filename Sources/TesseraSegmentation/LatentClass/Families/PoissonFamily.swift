import Foundation
import TesseraDesign
import TesseraMath

/// Counts with a rate in each class.
struct PoissonFamily: Family {
  var columns: Int { 1 }
  var isCount: Bool { true }
  var tables: [ParameterTable.Form] { [.init(width: 1, scale: .logarithm)] }
  func ownFree(latent: Int) -> Int { 1 }

  /// The density is a + y · b, with a = -rate and b = ln rate.
  func fillNumbers(_ factor: LatentFactor, _ em: EM, of sweep: any LatentSweeping) {
    let place = em.shape.number(of: factor)
    for latent in 0..<em.layout.classes {
      let rate = em.theta[factor.table.index(latent)]
      sweep.setTable(place.table, lane: latent, to: -rate)
      sweep.setTable(place.table + 1, lane: latent, to: em.safeLog(rate))
    }
  }

  func maximise(_ factor: LatentFactor, _ em: EM) {
    let place = em.shape.number(of: factor)
    let imaginary = em.prior.rates / Double(em.layout.classes)
    for latent in 0..<em.layout.classes {
      let index = factor.table.index(latent)
      let weight = em.totals(place.sum, latent) + imaginary
      let sum =
        em.totals(place.sum + 1, latent) + imaginary * em.marginals.means[factor.firstColumn]
      em.image[index] = weight > 0 ? max(sum / weight, 1e-12) : em.theta[index]
    }
  }

  func addLogPrior(_ factor: LatentFactor, _ em: EM, to result: inout Double) {
    let share = 1 / Double(em.layout.classes)
    let mean = em.marginals.means[factor.firstColumn]
    guard em.prior.rates > 0 else { return }
    for latent in 0..<em.layout.classes {
      let rate = em.theta[factor.table.index(latent)]
      result += em.prior.rates * share * (mean * em.safeLog(rate) - rate)
    }
  }

  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    let mean = max(em.marginals.means[factor.firstColumn], 1e-6)
    for latent in 0..<em.layout.classes {
      em.theta[factor.table.index(latent)] = max(number(latent, factor.firstColumn), 0.1 * mean)
    }
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    let move = 0.3 * stream.normal()
    let rate = em.theta[factor.table.index(chosen)]
    em.theta[factor.table.index(added)] = rate * exp(-move)
    em.theta[factor.table.index(chosen)] = rate * exp(move)
  }

  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    let mean = max(em.marginals.means[factor.firstColumn], 0.5)
    for latent in 0..<em.layout.classes {
      theta[factor.table.index(latent)] = mean * (0.5 + stream.uniform())
    }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    [.counts(rates: em.theta.column(of: factor.table, classes: em.layout.classes))]
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    guard case .counts(let rates) = model.items[factor.items[0]].distribution else { return nil }
    return rates
  }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    let value = at.value(answers)
    guard !value.isNaN else { return 0 }
    let rate = max(at.number(), 1e-300)
    return value * log(rate) - rate
  }

  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    let value = at.value(answers)
    guard !value.isNaN else { return }
    row[at.start] = value - at.number()
  }

  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {
    let weight = em.totals(em.shape.number(of: at.factor).sum, at.latent)
    let share = 1 / Double(em.layout.classes)
    let own = at.columns[0]
    result[own, own] += (weight + em.prior.rates * share) * at.number()
  }

  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    let rate = item.means[at.latent]
    return [
      FamilyGradient(
        value: rate, scale: .logarithm, slopes: [(at.columns[0], rate)])
    ]
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    answers.numbers[at.factor.firstColumn] = Double(stream.poisson(mean: at.number()))
  }
}
