import Foundation
import TesseraDesign
import TesseraMath

/// Two categorical items with a tie that is common to the classes.
struct PairFamily: Family {
  /// Categories of the first item and of the second.
  let first: Int
  let second: Int

  var cells: Int { (first + 1) * (second + 1) }
  private var pairs: Int { first * second }
  var answeredCodes: [Int] { (0..<pairs).map { code($0 / second + 1, $0 % second + 1) } }
  var tables: [ParameterTable.Form] { [.init(width: pairs, scale: .follow)] }
  func ownFree(latent: Int) -> Int { first - 1 + second - 1 }
  var sharedFree: Int { (first - 1) * (second - 1) }

  /// The code of two categories, 0 for one that is missing.
  private func code(_ a: Int, _ b: Int) -> Int { a * (second + 1) + b }
  func category(_ code: Int, member: Int) -> Int {
    member == 0 ? code / (second + 1) : code % (second + 1)
  }

  /// Pairs answered in full, and the margins that partly answered ones have.
  func fillLogs(_ factor: LatentFactor, _ em: EM, into logs: inout [Double]) {
    let classes = em.layout.classes
    for latent in 0..<classes {
      let chances = factor.table.index(latent)
      func store(_ a: Int, _ b: Int, _ chance: Double) {
        logs[(factor.firstCell + code(a, b)) * classes + latent] = em.safeLog(chance)
      }
      for a in 0..<first {
        var sum = 0.0
        for b in 0..<second {
          let chance = em.theta[chances + a * second + b]
          sum += chance
          store(a + 1, b + 1, chance)
        }
        store(a + 1, 0, sum)
      }
      for b in 0..<second {
        store(0, b + 1, (0..<first).reduce(0) { $0 + em.theta[chances + $1 * second + b] })
      }
    }
  }

  /// Iterative proportional fitting of class x first, class x second and first x second.
  func maximise(_ factor: LatentFactor, _ em: EM) {
    let classes = em.layout.classes
    let imaginary = em.prior.categories / Double(classes)
    let start = factor.table.first
    var expected = [Double](repeating: 0, count: classes * pairs)
    for latent in 0..<classes {
      func place(_ a: Int, _ b: Int) -> Int { (factor.firstCell + code(a, b)) * classes + latent }
      for (cell, index) in factor.table.row(latent).enumerated() {
        let (a, b) = (cell / second + 1, cell % second + 1)
        let chance = em.theta[index]
        let firstOnly = em.counts[place(a, 0)]
        let secondOnly = em.counts[place(0, b)]
        var count =
          em.counts[place(a, b)] + imaginary * em.marginals.shares[factor.firstCell + code(a, b)]
        if firstOnly > 0 {
          count += firstOnly * chance / exp(em.logs[place(a, 0)])
        }
        if secondOnly > 0 {
          count += secondOnly * chance / exp(em.logs[place(0, b)])
        }
        expected[latent * pairs + cell] = count
        em.image[index] = chance
      }
    }
    for latent in 0..<classes {
      let weight = (0..<pairs).reduce(0) { $0 + expected[latent * pairs + $1] }
      for index in factor.table.row(latent) { em.image[index] *= weight }
    }
    /// Scales the fitted cells of one margin to the expected sum.
    func fit(_ cells: [Int]) {
      let wanted = cells.reduce(0) { $0 + expected[$1] }
      let found = cells.reduce(0) { $0 + em.image[start + $1] }
      guard found > 0 else { return }
      for cell in cells { em.image[start + cell] *= wanted / found }
    }
    for _ in 0..<3 {
      for latent in 0..<classes {
        for a in 0..<first { fit((0..<second).map { latent * pairs + a * second + $0 }) }
        for b in 0..<second { fit((0..<first).map { latent * pairs + $0 * second + b }) }
      }
      for cell in 0..<pairs { fit((0..<classes).map { $0 * pairs + cell }) }
    }
    for latent in 0..<classes {
      let row = factor.table.row(latent)
      let weight = row.reduce(0) { $0 + em.image[$1] }
      for index in row {
        em.image[index] = weight > 0 ? em.image[index] / weight : em.theta[index]
      }
    }
  }

  /// A pair starts without a tie: the product of its drawn margins.
  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    let cells = answeredCodes.map { factor.firstCell + $0 }
    for latent in 0..<em.layout.classes {
      let drawn = weights(latent, cells)
      let sum = drawn.reduce(0, +)
      let (rows, columns) = margins(drawn)
      for (cell, index) in factor.table.row(latent).enumerated() {
        em.theta[index] = rows[cell / second] / sum * (columns[cell % second] / sum)
      }
    }
  }

  /// Sums over the second item, and over the first.
  private func margins(_ table: [Double]) -> ([Double], [Double]) {
    (
      (0..<first).map { a in (0..<second).reduce(0) { $0 + table[a * second + $1] } },
      (0..<second).map { b in (0..<first).reduce(0) { $0 + table[$1 * second + b] } }
    )
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    CategoricalFamily.splitChances(factor.table, em, chosen, added, &stream)
  }

  /// Margins by class, the tie common to the classes.
  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    let tie = (0..<pairs).map { _ in exp(0.6 * (stream.uniform() - 0.5)) }
    for latent in 0..<em.layout.classes {
      let rows = (0..<first).map { _ in 0.2 + 0.6 * stream.uniform() }
      let columns = (0..<second).map { _ in 0.2 + 0.6 * stream.uniform() }
      let cells = tie.indices.map { tie[$0] * rows[$0 / second] * columns[$0 % second] }
      let sum = cells.reduce(0, +)
      theta.replaceSubrange(factor.table.row(latent), with: cells.map { $0 / sum })
    }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    let margins = em.theta.rows(of: factor.table, classes: em.layout.classes).map(margins)
    return [.categories(margins.map(\.0)), .categories(margins.map(\.1))]
  }

  /// The tie that a model holds.
  func effect(_ factor: LatentFactor, _ em: EM) -> DirectEffect {
    DirectEffect(
      first: factor.items[0], second: factor.items[1],
      probabilities: em.theta.rows(of: factor.table, classes: em.layout.classes))
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    model.directEffects.first { [$0.first, $0.second] == factor.items }?
      .probabilities.flatMap { $0 }
  }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    let code = at.code(answers)
    guard code > 0 else { return 0 }
    var sum = 0.0
    for (cell, chance) in at.row().enumerated() where fits(cell, code) {
      sum += chance
    }
    return log(max(sum, 1e-300))
  }

  /// Whether a pair of categories has what was answered of it.
  private func fits(_ cell: Int, _ code: Int) -> Bool {
    let (a, b) = (category(code, member: 0), category(code, member: 1))
    return (a == 0 || cell / second + 1 == a) && (b == 0 || cell % second + 1 == b)
  }

  /// Chances of the pairs given what was answered.
  private func shares(_ table: [Double], _ code: Int) -> [Double] {
    let result = table.indices.map { fits($0, code) ? table[$0] : 0 }
    let sum = result.reduce(0, +)
    return result.map { sum > 0 ? $0 / sum : 0 }
  }

  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    let code = at.code(answers)
    guard code > 0 else { return }
    let table = at.row()
    let given = shares(table, code)
    for cell in table.indices {
      let gap = given[cell] - table[cell]
      for parameter in parameters(of: cell) { row[at.start + parameter] += gap }
    }
  }

  /// The log-ratios and the log-odds ratio that a pair of categories moves with.
  private func parameters(of cell: Int) -> [Int] {
    let (a, b) = (cell / second, cell % second)
    var result: [Int] = []
    if a > 0 { result.append(a - 1) }
    if b > 0 { result.append(first - 1 + b - 1) }
    if a > 0, b > 0 { result.append(first - 1 + second - 1 + (a - 1) * (second - 1) + b - 1) }
    return result
  }

  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {
    let classes = em.layout.classes
    let table = at.row()
    let imaginary = em.prior.categories / Double(classes)
    let model = spread(table)
    func add(_ amount: (Int, Int) -> Double) {
      for (i, a) in at.columns.enumerated() {
        for (j, b) in at.columns.enumerated() { result[a, b] += amount(i, j) }
      }
    }
    for code in 1..<cells {
      let count = em.counts[(at.factor.firstCell + code) * classes + at.latent]
      guard count > 0 else { continue }
      let left = spread(shares(table, code))
      add { count * (model[$0, $1] - left[$0, $1]) }
    }
    add { imaginary * model[$0, $1] }
  }

  /// Which cells move with which parameter: cells x parameters.
  private var indicators: Matrix {
    var result = Matrix(rows: pairs, columns: ownFree(latent: 0) + sharedFree)
    for cell in 0..<pairs {
      for parameter in parameters(of: cell) { result[cell, parameter] = 1 }
    }
    return result
  }

  /// Covariance of a pair's indicators: first item, second item, both.
  private func spread(_ table: [Double]) -> Matrix {
    let means = indicators.transposedMultiplied(by: table)
    var result = indicators.crossProduct(weights: table)
    for i in means.indices {
      for j in means.indices {
        result[i, j] -= means[i] * means[j]
      }
    }
    return result
  }

  /// Margins of a pair: each cell's chance moves with all log-ratios of the pair.
  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    let table = at.row()
    let indicators = indicators
    let means = at.columns.indices.map { parameter in
      table.indices.reduce(0) { $0 + table[$1] * indicators[$1, parameter] }
    }
    return (item.probabilities?[at.latent] ?? []).enumerated().map { category, chance in
      let slopes = at.columns.enumerated().map { parameter, column -> (Int, Double) in
        var slope = 0.0
        for cell in table.indices
        where (member == 0 ? cell / second : cell % second) == category {
          slope += table[cell] * (indicators[cell, parameter] - means[parameter])
        }
        return (column, slope)
      }
      return FamilyGradient(value: chance, scale: .logit, slopes: slopes)
    }
  }

  func drawingChances(_ at: FactorInClass) -> [Double] {
    at.row()
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    let cell = stream.categorical(chances)
    answers.codes[at.factor.position] = code(cell / second + 1, cell % second + 1)
  }
}
