import Foundation
package import TesseraMath

/// Randomised first choice: everybody takes the product of the largest utility, many times over, each
/// time with other errors.
///
/// The errors of features are shared by all products that have the level, so that a look-alike takes
/// mostly from its twin; a number shares the errors of the two ends of its value, mixed as its value
/// lies between them. Each barrier is drawn once a person and holds for all products that meet it; who
/// accepts nothing takes none. What is left is an error of each product by itself.
///
/// - Reference: Orme & Baker (2000), Sawtooth Software Conference; Huber, Orme & Miller (2001).
package struct RandomisedFirstChoice: Sendable {
  /// How large errors are, in points of fit, and how often they are drawn.
  package struct Settings: Sendable {
    /// Standard deviation of the error of one feature's level.
    package var feature: Double
    /// Scale of the extreme-value error of one product.
    package var product: Double
    /// Draws a person.
    package var draws: Int
    /// Seed of the draws.
    package var seed: UInt64

    package init(feature: Double, product: Double, draws: Int = 500, seed: UInt64 = 1) {
      self.feature = feature
      self.product = product
      self.draws = draws
      self.seed = seed
    }

    /// Errors that together vary as one extreme-value error of a scale, nearly all of it shared.
    package init(scale: Double, features: Int, draws: Int = 500, seed: UInt64 = 1) {
      let own = scale / 4
      let variance = Double.pi * Double.pi / 6 * (scale * scale - own * own)
      self.init(
        feature: (variance / Double(max(1, features))).squareRoot(), product: own, draws: draws,
        seed: seed)
    }
  }

  /// What a feature of a product is.
  package enum Level: Sendable {
    /// A named level, by its position.
    case named(Int)
    /// A number, by what it is worth.
    case worth(Double)
    /// A number that is worth another amount to each person.
    case worths([Double])
    /// Not known: an error of its own.
    case unknown
  }

  /// The compensatory part of the fit, 0 to 1, products × people; twice where something is unknown,
  /// for the worst and for the best.
  package let quality: [Matrix]
  /// The barriers that products meet, for as many cases: by product and person, empty for none.
  package let hits: [[[UInt64]]]
  /// Share of acceptance that each barrier takes.
  package let strengths: [Double]
  /// Products × features.
  package let levels: [[Level]]
  /// Named levels of each feature; 0 for numbers.
  package let names: [Int]

  private static let table = 1 << 16

  /// What each person would take.
  ///
  /// - Parameters:
  ///   - settings: The errors.
  ///   - workers: Threads.
  /// - Returns: Products and none × people; columns sum to 1; the same for any number of threads.
  /// - Complexity: O(people × draws × products × features).
  package func chances(_ settings: Settings, workers: Workers = .single) -> Matrix {
    let (products, people) = (quality[0].rows, quality[0].columns)
    let mask = Self.table - 1
    var source = RandomStream(seed: settings.seed).split(0x0F1C)
    let normals = (0..<Self.table).map { _ in source.normal() }
    let gumbels = (0..<Self.table).map { _ in -log(-log(max(source.uniform(), 1e-300))) }
    let uniforms = (0..<Self.table).map { _ in source.uniform() }
    let root = RandomStream(seed: settings.seed).split(0x0F1D)
    // Where the errors of each feature's levels begin; behind them those of unknown levels.
    let widths = names.map { max(2, $0) }
    let starts = widths.indices.map { widths[..<$0].reduce(0, +) }
    let width = widths.reduce(0, +)
    let columns = workers.map(people) { person -> [Double] in
      var stream = root.split(person)
      var taken = [Double](repeating: 0, count: products + 1)
      var utilities = [Double](repeating: 0, count: products)
      let terms = levels.indices.map { product in
        settings.feature > 0 ? errors(of: product, person, starts, width) : []
      }
      for draw in 0..<settings.draws {
        let scenario = draw % quality.count
        let (first, own, chance) = (
          stream.below(Self.table), stream.below(Self.table), stream.below(Self.table)
        )
        var best = -Double.infinity
        for product in 0..<products {
          utilities[product] = -.infinity
          let worth = quality[scenario][product, person]
          guard worth > 0 else { continue }
          if !hits[scenario][product].isEmpty {
            let met = hits[scenario][product][person]
            let isRefused = strengths.indices.contains {
              met >> UInt64($0) & 1 == 1 && uniforms[(chance + $0) & mask] < strengths[$0]
            }
            if isRefused { continue }
          }
          var error = 0.0
          for term in terms[product] {
            let place = first + term.place
            error +=
              term.isMixed
              ? (1 - term.value) * normals[place & mask] + term.value * normals[(place + 1) & mask]
              : normals[place & mask]
          }
          utilities[product] =
            100 * worth + settings.feature * error
            + settings.product * gumbels[(own + product) & mask]
          best = max(best, utilities[product])
        }
        guard best > -.infinity else {
          taken[products] += 1
          continue
        }
        var winners = 0.0
        for utility in utilities where utility >= best - 1e-9 { winners += 1 }
        for product in 0..<products where utilities[product] >= best - 1e-9 {
          taken[product] += 1 / winners
        }
      }
      return taken.map { $0 / Double(settings.draws) }
    }
    var result = Matrix(rows: products + 1, columns: people)
    for (person, column) in columns.enumerated() {
      for (row, value) in column.enumerated() { result[row, person] = value }
    }
    return result
  }

  /// The error that a level of a feature brings: one draw, or two mixed by what a number is worth.
  private struct Term {
    let place: Int
    var value = 0.0
    var isMixed = false
  }

  /// The errors of a product for a person, in the order of the features.
  private func errors(
    of product: Int, _ person: Int, _ starts: [Int], _ width: Int
  ) -> [Term] {
    levels[product].enumerated().map { feature, level in
      switch level {
      case .named(let position): Term(place: starts[feature] + position)
      case .worth(let value): Term(place: starts[feature], value: value, isMixed: true)
      case .worths(let values):
        Term(place: starts[feature], value: values[person], isMixed: true)
      case .unknown: Term(place: width + product * names.count + feature)
      }
    }
  }
}
