import Foundation
import TesseraDesign
import TesseraMath

/// Numbers with a mean and a variance in each class, in standardised units.
struct NormalFamily: Family {
  let variance: Item.VarianceForm

  var columns: Int { 1 }
  var isBounded: Bool { variance == .equal }
  var tables: [ParameterTable.Form] {
    [.init(width: 1, scale: .plain), .init(width: 1, scale: .logarithm)]
  }
  func ownFree(latent: Int) -> Int { variance == .perClass ? 2 : 1 }
  var sharedFree: Int { variance == .equal ? 1 : 0 }

  private func mean(_ factor: LatentFactor, _ latent: Int) -> Int { factor.table.index(latent) }
  private func spread(_ factor: LatentFactor, _ latent: Int) -> Int {
    factor.tables[1].index(latent)
  }

  /// The density is a - c · (y - b)², with b the mean and c half the precision.
  func fillNumbers(_ factor: LatentFactor, _ em: EM, of sweep: any LatentSweeping) {
    let place = em.shape.number(of: factor)
    for latent in 0..<em.layout.classes {
      let variance = em.theta[spread(factor, latent)]
      sweep.setTable(place.table, lane: latent, to: -0.5 * log(2 * Double.pi * variance))
      sweep.setTable(place.table + 1, lane: latent, to: em.theta[mean(factor, latent)])
      sweep.setTable(place.table + 2, lane: latent, to: 0.5 / variance)
    }
  }

  func maximise(_ factor: LatentFactor, _ em: EM) {
    let classes = em.layout.classes
    let sum = em.shape.number(of: factor).sum
    let overall = em.marginals.variances[factor.firstColumn]
    let floor = em.data.columns[factor.firstColumn].floor
    var commonSquares = 0.0
    var commonWeight = 0.0
    for latent in 0..<classes {
      let (mean, spread) = (mean(factor, latent), spread(factor, latent))
      let weight = em.totals(sum, latent)
      guard weight > 1e-12 else {
        em.image[mean] = em.theta[mean]
        em.image[spread] = em.theta[spread]
        continue
      }
      // The sums are about the present mean.
      let shift = em.totals(sum + 1, latent) / weight
      let squares = em.totals(sum + 2, latent) - weight * shift * shift
      em.image[mean] = em.theta[mean] + shift
      let imaginary = em.prior.variances / Double(classes)
      em.image[spread] = max(floor, (squares + imaginary * overall) / (weight + imaginary))
      commonSquares += squares
      commonWeight += weight
    }
    if variance == .equal {
      let common = max(
        floor,
        (commonSquares + em.prior.variances * overall) / (commonWeight + em.prior.variances))
      for latent in 0..<classes { em.image[spread(factor, latent)] = common }
    }
  }

  func addLogPrior(_ factor: LatentFactor, _ em: EM, to result: inout Double) {
    guard em.prior.variances > 0 else { return }
    let share = 1 / Double(em.layout.classes)
    let overall = em.marginals.variances[factor.firstColumn]
    for latent in 0..<em.layout.classes {
      let variance = em.theta[spread(factor, latent)]
      result -= 0.5 * em.prior.variances * share * (log(variance) + overall / variance)
    }
  }

  func keepAboveFloors(_ factor: LatentFactor, _ em: EM) {
    for latent in 0..<em.layout.classes {
      let index = spread(factor, latent)
      em.theta[index] = max(em.theta[index], em.data.columns[factor.firstColumn].floor)
    }
  }

  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    for latent in 0..<em.layout.classes {
      em.theta[mean(factor, latent)] = number(latent, factor.firstColumn)
      em.theta[spread(factor, latent)] = em.marginals.variances[factor.firstColumn]
    }
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    let variance = em.theta[spread(factor, chosen)]
    let move = 0.7 * variance.squareRoot() * stream.normal()
    em.theta[mean(factor, added)] = em.theta[mean(factor, chosen)] - move
    em.theta[mean(factor, chosen)] += move
    em.theta[spread(factor, added)] = variance
  }

  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    for latent in 0..<em.layout.classes { theta[mean(factor, latent)] = stream.normal() }
    for latent in 0..<em.layout.classes {
      let drawn = 0.5 + stream.uniform()
      theta[spread(factor, latent)] =
        variance == .equal && latent > 0 ? theta[spread(factor, 0)] : drawn
    }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    let column = em.data.columns[factor.firstColumn]
    let classes = em.layout.classes
    return [
      .normal(
        means: em.theta.column(of: factor.table, classes: classes).map {
          column.center + column.scale * $0
        },
        variances: em.theta.column(of: factor.tables[1], classes: classes).map {
          column.scale * column.scale * $0
        })
    ]
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    guard case .normal(let means, let variances) = model.items[factor.items[0]].distribution
    else { return nil }
    let column = columns[factor.firstColumn]
    return means.map { ($0 - column.center) / column.scale }
      + variances.map { $0 / (column.scale * column.scale) }
  }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    let value = at.value(answers)
    guard !value.isNaN else { return 0 }
    let variance = at.number(1)
    let distance = value - at.number()
    return -0.5 * (log(2 * Double.pi * variance) + distance * distance / variance)
  }

  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    let value = at.value(answers)
    guard !value.isNaN else { return }
    let variance = at.number(1)
    let distance = value - at.number()
    row[at.start] = distance / variance
    row[at.start + 1] = 0.5 * (distance * distance / variance - 1)
  }

  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {
    let sum = em.shape.number(of: at.factor).sum
    let share = 1 / Double(em.layout.classes)
    let variance = at.number(1)
    let overall = em.marginals.variances[at.factor.firstColumn]
    let (mean, spread) = (at.columns[0], at.columns[1])
    let cross = em.totals(sum + 1, at.latent) / variance
    let squares = em.totals(sum + 2, at.latent) + em.prior.variances * share * overall
    result[mean, mean] += em.totals(sum, at.latent) / variance
    result[mean, spread] += cross
    result[spread, mean] += cross
    result[spread, spread] += 0.5 * squares / variance
  }

  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    [
      FamilyGradient(
        value: item.means[at.latent], scale: .plain,
        slopes: [(at.columns[0], data.columns[at.factor.firstColumn].scale)])
    ]
  }

  func classesAtFloor(_ factor: LatentFactor, _ em: EM) -> [Int] {
    let floor = em.data.columns[factor.firstColumn].floor
    return (0..<(variance == .equal ? 1 : em.layout.classes)).filter {
      em.theta[spread(factor, $0)] <= floor * 1.000_001
    }
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    answers.numbers[at.factor.firstColumn] =
      at.number() + at.number(1).squareRoot() * stream.normal()
  }
}
