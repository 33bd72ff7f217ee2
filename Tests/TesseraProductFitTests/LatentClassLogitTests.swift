import Foundation
import TesseraMath
import TesseraProductFit
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
}
