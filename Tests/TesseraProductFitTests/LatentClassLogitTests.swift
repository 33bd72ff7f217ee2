import Foundation
import TesseraMath
import TesseraProductFit
import TesseraSegmentation
import Testing

/// Mixtures of logits on planted tastes.
@Suite struct LatentClassLogitTests {
  /// 150 people with eight menus each; two thirds like the first attribute and not the second.
  static func planted(weights: Double = 1) -> ChoiceTable {
    var stream = RandomStream(seed: 11)
    let tastes = [[1.5, -1.0], [-0.5, 1.5]]
    var rows: [[Double]] = []
    var (chosen, persons) = ([Int](), [Int]())
    for person in 0..<150 {
      let taste = tastes[person % 3 == 0 ? 1 : 0]
      for _ in 0..<8 {
        let menu = (0..<3).map { _ in stream.normals(2) }
        chosen.append(stream.categorical(menu.map { exp(dot($0, taste)) }))
        persons.append(person)
        rows += menu
      }
    }
    return ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 3, count: chosen.count), chosen: chosen,
      weights: [Double](repeating: weights, count: chosen.count), persons: persons)
  }

  static func settings(_ classes: Int) -> LatentClassLogitSettings {
    var settings = LatentClassLogitSettings(classes: classes)
    settings.starts = 4
    settings.tolerance = 1e-11
    return settings
  }

  @Test func `planted tastes and shares come back`() throws {
    let table = Self.planted()
    let one = try LatentClassLogit(table, Self.settings(1))
    let two = try LatentClassLogit(table, Self.settings(2))
    #expect(two.isConverged && two.startsAtBest >= 1)
    #expect(isNear(two.shares[0], 2.0 / 3, 0.08))
    for (kind, taste) in [[1.5, -1.0], [-0.5, 1.5]].enumerated() {
      for column in 0..<2 {
        let error = two.standardErrors[kind, column]
        #expect(error > 0.02 && error < 0.3)
        #expect(abs(two.coefficients[kind, column] - taste[column]) < 3.5 * error)
      }
    }
    var right = 0
    for person in 0..<150 where (two.posterior[person, 0] > 0.5) == (person % 3 != 0) { right += 1 }
    #expect(right > 135)
    #expect(two.bic < one.bic - 50 && two.entropyR2 > 0.7)
    #expect(two.parameters == 5 && one.parameters == 2)
  }

  @Test func `the log-likelihood is that of the formula, and no step raises it`() throws {
    let table = Self.planted()
    let fit = try LatentClassLogit(table, Self.settings(2))
    func value(_ share: Double, _ betas: [[Double]]) -> Double {
      var logs = Matrix(rows: 150, columns: 2)
      for person in 0..<150 {
        logs[person, 0] = log(share)
        logs[person, 1] = log(1 - share)
      }
      for menu in 0..<table.count {
        for kind in 0..<2 {
          let utilities = (0..<3).map {
            dot(Array(table.attributes.row(3 * menu + $0)), betas[kind])
          }
          logs[table.persons[menu], kind] +=
            utilities[table.chosen[menu] - 3 * menu] - logSumExp(utilities)
        }
      }
      return (0..<150).reduce(0) { $0 + logSumExp(logs.row($1)) }
    }
    let betas = (0..<2).map { Array(fit.coefficients.row($0)) }
    let best = value(fit.shares[0], betas)
    #expect(isNear(best, fit.logLikelihood, 1e-7))
    for step in [-2e-3, 2e-3] {
      #expect(value(fit.shares[0] + step, betas) < best)
      for kind in 0..<2 {
        for column in 0..<2 {
          var moved = betas
          moved[kind][column] += step
          #expect(value(fit.shares[0], moved) < best)
        }
      }
    }
  }

  @Test func `one class is the plain logit`() throws {
    let table = Self.planted()
    let mixture = try LatentClassLogit(table, Self.settings(1))
    let plain = try ConditionalLogit(table)
    #expect(isNear(mixture.logLikelihood, plain.logLikelihood, 1e-5))
    #expect(isNear(mixture.coefficients[0, 0], plain.coefficients[0], 1e-5))
  }

  @Test func `one seed gives the same classes, on one thread and on two, and weights count`() throws
  {
    let table = Self.planted()
    let one = try LatentClassLogit(table, Self.settings(2))
    let two = try LatentClassLogit(table, Self.settings(2), workers: Workers(2))
    #expect(one == two)
    let heavy = try LatentClassLogit(Self.planted(weights: 2), Self.settings(2))
    #expect(isNear(heavy.logLikelihood, 2 * one.logLikelihood, 1e-3))
    #expect(isNear(heavy.people, 300))
    #expect(isNear(heavy.coefficients[0, 0], one.coefficients[0, 0], 1e-4))
  }

  @Test func `from any seed the same best classes, all of them inhabited`() throws {
    var stream = RandomStream(seed: 21)
    let tastes = [[1.8, -0.4, 0.2, 0.9], [-0.6, 1.4, -0.9, 0.1], [0.3, 0.2, 1.6, -1.5]]
    var rows: [[Double]] = []
    var (chosen, persons) = ([Int](), [Int]())
    for person in 0..<90 {
      let taste = tastes[person % 9 == 0 ? 2 : person % 2]
      for _ in 0..<6 {
        let menu = (0..<3).map { _ in stream.normals(4) }
        chosen.append(stream.categorical(menu.map { exp(dot($0, taste)) }))
        persons.append(person)
        rows += menu
      }
    }
    let table = ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 3, count: chosen.count), chosen: chosen,
      persons: persons)
    let fits = try (1...3 as ClosedRange<UInt64>).map { seed -> LatentClassLogit in
      var settings = LatentClassLogitSettings(classes: 3)
      settings.seed = seed
      return try LatentClassLogit(table, settings)
    }
    let best = try #require(fits.map(\.logLikelihood).max())
    for fit in fits {
      #expect(fit.logLikelihood > best - 1e-3)
      #expect(fit.starts > 20 && fit.startsAtBest <= fit.starts)
      #expect((fit.shares.min() ?? 0) > 0.02)
    }
  }

  // numpy and scipy's BFGS on the same choices: tools/latent-class-logit-facts.py 200.
  @Test func `real choices give what direct maximisation of the likelihood gives`() throws {
    let file = try TableFile.dataset("bank-cards/bank_choice.csv")
    let names = file.header.dropFirst(2)
    let columns = names.map { file.numbers($0) }
    let ids = file.text("\"id\"")
    var persons: [Int] = []
    for (row, id) in ids.enumerated() {
      persons.append(row == 0 ? 0 : persons[row - 1] + (id == ids[row - 1] ? 0 : 1))
    }
    let taken = file.text("\"choice\"")
    let pairs = persons.prefix { $0 < 200 }.count
    var rows: [[Double]] = []
    for row in 0..<pairs { rows += [columns.map { $0[row] }, columns.map { _ in 0 }] }
    let table = ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 2, count: pairs),
      chosen: (0..<pairs).map { taken[$0] == "1" ? 0 : 1 }, persons: Array(persons.prefix(pairs)))
    #expect(isNear(try ConditionalLogit(table).logLikelihood, -1665.157915, 1e-4))
    var settings = LatentClassLogitSettings(classes: 2)
    settings.starts = 6
    settings.tolerance = 1e-10
    let fit = try LatentClassLogit(table, settings, workers: Workers(2))
    // A weak pull on the coefficients, against classes of a few people, costs some hundredths.
    #expect(isNear(fit.logLikelihood, -1566.131218, 0.05) && fit.logLikelihood < -1566.131)
    #expect(isNear(fit.shares[0], 0.583249, 2e-3))
    let facts = [
      [
        0.73315, 1.34808, 0.41434, -0.12215, -0.71398, -0.62889, 1.45365, 2.66479, -0.39269,
        -2.74843, 0.48104, 0.57406, 0.24920, 1.60208,
      ],
      [
        3.45096, 7.24190, 5.65272, -0.25031, -0.70995, -0.85446, 2.03033, 4.51112, 0.30122,
        -0.69792, 2.30693, 4.13928, 1.08808, 4.33662,
      ],
    ]
    for (kind, values) in facts.enumerated() {
      for (column, value) in values.enumerated() {
        #expect(isNear(fit.coefficients[kind, column], value, 0.02 * max(1, abs(value))))
      }
    }
  }
}
