import Foundation
import TesseraDesign
import TesseraMath

/// Categories with free chances in each class.
struct CategoricalFamily: Family {
  let categories: Int

  var cells: Int { categories + 1 }
  var tables: [ParameterTable.Form] { [.init(width: categories, scale: .root)] }
  func ownFree(latent: Int) -> Int { categories - 1 }

  func fillLogs(_ factor: LatentFactor, _ em: EM, into logs: inout [Double]) {
    let classes = em.layout.classes
    let theta = em.theta
    for latent in 0..<classes {
      for (category, index) in factor.table.row(latent).enumerated() {
        logs[(factor.firstAnswer + category) * classes + latent] = em.safeLog(theta[index])
      }
    }
  }

  func maximise(_ factor: LatentFactor, _ em: EM) {
    let classes = em.layout.classes
    let imaginary = em.prior.categories / Double(classes)
    let (counts, theta, shares) = (em.counts, em.theta, em.marginals.shares)
    var image = em.image
    em.image = []
    for latent in 0..<classes {
      var sum = imaginary
      for category in 0..<categories {
        sum += counts[(factor.firstAnswer + category) * classes + latent]
      }
      for (category, index) in factor.table.row(latent).enumerated() {
        let cell = factor.firstAnswer + category
        // Nobody in this class answered: nothing to learn.
        image[index] =
          sum > 0
          ? (counts[cell * classes + latent] + imaginary * shares[cell]) / sum : theta[index]
      }
    }
    em.image = image
  }

  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    for latent in 0..<em.layout.classes {
      let drawn = weights(latent, (0..<categories).map { factor.firstAnswer + $0 })
      let sum = drawn.reduce(0, +)
      for (index, weight) in zip(factor.table.row(latent), drawn) {
        em.theta[index] = weight / sum
      }
    }
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    Self.splitChances(factor.table, em, chosen, added, &stream)
  }

  /// Splits a row of chances in two, one moved as far up as the other down.
  static func splitChances(
    _ table: ParameterTable, _ em: EM, _ chosen: Int, _ added: Int, _ stream: inout RandomStream
  ) {
    let (from, to) = (table.row(chosen), table.row(added))
    var sums = (from: 0.0, to: 0.0)
    for (own, other) in zip(from, to) {
      let move = exp(0.8 * stream.normal())
      let chance = em.theta[own] + 1e-4
      em.theta[own] = chance * move
      em.theta[other] = chance / move
      sums.from += chance * move
      sums.to += chance / move
    }
    for (own, other) in zip(from, to) {
      em.theta[own] /= sums.from
      em.theta[other] /= sums.to
    }
  }

  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    for latent in 0..<em.layout.classes {
      theta.replaceSubrange(
        factor.table.row(latent), with: Self.interiorChances(categories, &stream))
    }
  }

  /// Random chances well inside: two answers have .2 to .8.
  static func interiorChances(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    if count == 2 {
      let first = 0.2 + 0.6 * stream.uniform()
      return [first, 1 - first]
    }
    let drawn = (0..<count).map { _ in 0.2 + 0.6 * stream.uniform() }
    let sum = drawn.reduce(0, +)
    return drawn.map { $0 / sum }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    [.categories(em.theta.rows(of: factor.table, classes: em.layout.classes))]
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    guard case .categories(let rows) = model.items[factor.items[0]].distribution else { return nil }
    return rows.flatMap { $0 }
  }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    let code = at.code(answers)
    return code > 0 ? log(max(at.theta[at.factor.table.index(at.latent, code - 1)], 1e-300)) : 0
  }

  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    let code = at.code(answers)
    guard code > 0 else { return }
    var column = at.start
    for (category, index) in at.factor.table.row(at.latent).enumerated()
    where category != at.likeliest {
      row[column] = (category + 1 == code ? 1 : 0) - at.theta[index]
      column += 1
    }
  }

  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {
    Self.addMultinomial(
      chances(at), em.answered(at.factor, at.latent), at.columns, to: &result)
  }

  /// Adds the information of so many answers about log-ratios of chances.
  static func addMultinomial(
    _ chances: [Double], _ count: Double, _ columns: some Sequence<Int>, to result: inout Matrix
  ) {
    for (first, a) in zip(chances, columns) {
      for (second, b) in zip(chances, columns) {
        let own = a == b ? first : 0
        result[a, b] += count * (own - first * second)
      }
    }
  }

  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    let chances = item.probabilities?[at.latent] ?? []
    let others = others(at)
    return chances.enumerated().map { category, chance in
      FamilyGradient(
        value: chance, scale: .logit,
        slopes: zip(at.columns, others).map { column, other in
          (column, chance * ((other == category ? 1 : 0) - chances[other]))
        })
    }
  }

  /// All categories but the reference.
  private func others(_ at: FactorInClass) -> [Int] {
    (0..<categories).filter { $0 != at.likeliest }
  }

  func chances(_ at: FactorInClass) -> [Double] {
    let row = at.row()
    return others(at).map { row[$0] }
  }

  func borders(_ at: FactorInClass) -> [Bool] {
    chances(at).map { $0 < 1e-5 }
  }

  func boundaryCount(_ factor: LatentFactor, _ em: EM) -> Int {
    (0..<em.layout.classes).reduce(0) { sum, latent in
      sum
        + factor.table.row(latent).enumerated().count { category, index in
          em.marginals.shares[factor.firstAnswer + category] > 0
            && (em.theta[index] < 1e-5 || em.theta[index] > 1 - 1e-5)
        }
    }
  }

  func drawingChances(_ at: FactorInClass) -> [Double] {
    at.row()
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    answers.codes[at.factor.position] = 1 + stream.categorical(chances)
  }
}
