import Foundation
import TesseraMath

/// A way to predict choices: a logit on some columns, learned anew in every fold.
struct ChoicePredictor: Sendable {
  /// Its key in `validate.json`.
  let id: String
  /// What a reader sees.
  let label: String
  /// All menus with the columns the predictor looks at.
  let table: ChoiceTable
  /// Made-up menus that keep constants finite where an option was never taken.
  var prior: ChoiceTable?
  /// A column whose coefficient must not be below 0.
  var risingColumn: Int?

  /// Coefficients learned from some menus; `nil` where these have no single best ones.
  ///
  /// - Parameters:
  ///   - menus: The menus to learn from.
  ///   - start: Where the climb begins.
  /// - Returns: One for each column of the table.
  func coefficients(from menus: [Int]?, start: [Double]? = nil) -> [Double]? {
    let width = table.attributes.columns
    guard width > 0 else { return [] }
    var learned = menus.map { table.selecting($0) } ?? table
    if let prior { learned = learned.appending(prior) }
    guard let beta = Self.climb(learned, start: start) else { return nil }
    guard let risingColumn, beta[risingColumn] < 0 else { return beta }
    // Without the column that points the wrong way.
    let others = (0..<width).filter { $0 != risingColumn }
    var result = [Double](repeating: 0, count: width)
    guard !others.isEmpty else { return result }
    var reduced = Matrix(rows: learned.attributes.rows, columns: others.count)
    for row in 0..<reduced.rows {
      for (place, column) in others.enumerated() {
        reduced[row, place] = learned.attributes[row, column]
      }
    }
    guard let part = Self.climb(learned.with(reduced), start: nil) else { return nil }
    for (place, column) in others.enumerated() { result[column] = part[place] }
    return result
  }

  private static func climb(_ table: ChoiceTable, start: [Double]?) -> [Double]? {
    guard let design = try? LogitDesign(table),
      let climb = try? LogitClimb(
        design, weights: table.weights, from: start.map { design.scaled($0) }, mostSteps: 60),
      climb.isConverged
    else { return nil }
    return design.unscaled(climb.beta)
  }
}

/// What a predictor said about menus that it had not seen.
struct HeldOutPrediction: Sendable {
  /// ln P(chosen), one for each menu.
  var logs: [Double]
  /// 1 if what was chosen was the most likely; ties are shared.
  var hits: [Double]
  /// Coefficients learned from everybody.
  var coefficients: [Double]

  /// Predicts every menu from the people in the other folds.
  ///
  /// - Parameters:
  ///   - predictor: What predicts.
  ///   - foldOfMenu: The fold of each menu, that of its person.
  ///   - folds: Number of folds.
  ///   - workers: Threads.
  /// - Returns: A prediction for each menu; `nil` if the predictor could not be learned in some
  ///   fold.
  static func crossValidated(
    _ predictor: ChoicePredictor, foldOfMenu: [Int], folds: Int, workers: Workers
  ) -> HeldOutPrediction? {
    let table = predictor.table
    guard let whole = predictor.coefficients(from: nil) else { return nil }
    let learned = workers.map(folds) { fold -> [Double]? in
      guard !whole.isEmpty else { return whole }
      return predictor.coefficients(
        from: foldOfMenu.indices.filter { foldOfMenu[$0] != fold }, start: whole)
    }
    var result = HeldOutPrediction(
      logs: [Double](repeating: 0, count: table.count),
      hits: [Double](repeating: 0, count: table.count), coefficients: whole)
    for fold in 0..<folds {
      guard let beta = learned[fold] else { return nil }
      for menu in foldOfMenu.indices where foldOfMenu[menu] == fold {
        let rows = table.starts[menu]..<table.starts[menu + 1]
        var utilities: [Double] = []
        for row in rows {
          var utility = 0.0
          for column in beta.indices { utility += beta[column] * table.attributes[row, column] }
          utilities.append(utility)
        }
        let taken = utilities[table.chosen[menu] - rows.lowerBound]
        result.logs[menu] = taken - logSumExp(utilities)
        result.hits[menu] = hit(utilities, taken)
      }
    }
    return result
  }

  /// 1 over the number of best alternatives if what was taken is one of them, else 0.
  static func hit(_ scores: [Double], _ taken: Double) -> Double {
    let best = scores.reduce(-Double.infinity) { max($0, $1) }
    let slack = 1e-9 * max(1, abs(best))
    guard taken >= best - slack else { return 0 }
    return 1 / Double(scores.count { $0 >= best - slack })
  }
}
