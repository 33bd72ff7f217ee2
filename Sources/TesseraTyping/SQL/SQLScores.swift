import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// How well each segment goes with the answers, as sums of expressions over coded answers.
struct SQLScores {
  /// For each segment the terms of its score: the largest score is the segment.
  let terms: [[String]]
  /// Whether scores are log-likelihoods, so that probabilities follow from them.
  let isModel: Bool

  /// Writes the terms of a model.
  ///
  /// - Parameters:
  ///   - model: The model; not of a column that says the segment.
  ///   - dialect: Whose numbers are written.
  /// - Throws: `StudyError` E0671 for a model that SQL cannot compute row by row.
  /// - Complexity: O(questions · answers · segments).
  init(_ model: SegmentModel, _ dialect: SQLDialect) throws(StudyError) {
    let writer = Writer(dialect: dialect)
    switch model.parameters {
    case .latentClass(let classes):
      terms = try writer.terms(of: classes, model)
      isModel = true
    case .nearest(let points):
      terms = writer.terms(of: points, model)
      isModel = false
    case .given: preconditionFailure("a column says the segment")
    }
  }
}

/// Expressions for single questions.
private struct Writer {
  let dialect: SQLDialect

  func number(_ value: Double) -> String { dialect.number(value) }

  /// A number to be added, with its sign.
  func factor(_ value: Double) -> String { value < 0 ? "(\(number(value)))" : number(value) }

  // MARK: - Latent classes

  func terms(
    of classes: LatentClassModel, _ model: SegmentModel
  ) throws(StudyError) -> [[String]] {
    guard classes.blocks.isEmpty else {
      throw StudyError(
        code: "E0671",
        message: "numbers that vary together within segments (method: mixture, blocks:) are not "
          + "written as SQL",
        hint: "use method: latent-class without blocks, or place people with tessera assign")
    }
    let count = classes.items.count - classes.modelledGaps.count
    let tied = Set(classes.directEffects.flatMap { [$0.first, $0.second] })
    return (0..<classes.classCount).map { latent in
      var terms = [prior(classes, latent, model)]
      for place in 0..<count where !tied.contains(place) {
        terms.append(term(classes.items[place].distribution, latent, SQLAnswers.alias(place)))
      }
      for effect in classes.directEffects { terms.append(pair(effect, classes, latent)) }
      for (place, gap) in classes.modelledGaps.enumerated() {
        let chances = classes.items[count + place].probabilities?[latent] ?? []
        let logs = chances.map { log(max($0, 1e-300)) }
        guard logs.count == 2 else { continue }
        terms.append(
          "CASE WHEN \(SQLAnswers.alias(gap)) IS NULL THEN \(number(logs[0])) "
            + "ELSE \(number(logs[1])) END")
      }
      return terms
    }
  }

  private func prior(_ classes: LatentClassModel, _ latent: Int, _ model: SegmentModel) -> String {
    guard let membership = classes.membership, !model.covariates.isEmpty else {
      return number(log(max(classes.prevalence[latent], 1e-300)))
    }
    let own = membership[latent]
    return
      ([number(own.first ?? 0)]
      + own.dropFirst().enumerated().map { place, slope in
        "\(factor(slope)) * \(SQLAnswers.covariateAlias(place))"
      }).joined(separator: " + ")
  }

  private func term(
    _ distribution: ItemModel.Distribution, _ latent: Int, _ answer: String
  ) -> String {
    switch distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _):
      return cases(answer, rows[latent].map { log(max($0, 1e-300)) })
    case .normal(let means, let variances):
      let (mean, variance) = (means[latent], variances[latent])
      let gap = "(\(answer) - \(factor(mean)))"
      return "CASE WHEN \(answer) IS NULL THEN \(number(0)) ELSE "
        + "\(number(-0.5 * log(2 * Double.pi * variance))) - \(number(0.5 / variance)) * \(gap) * \(gap) END"
    case .counts(let rates):
      let rate = rates[latent]
      return "CASE WHEN \(answer) IS NULL THEN \(number(0)) ELSE "
        + "\(factor(log(max(rate, 1e-300)))) * \(answer) - \(number(rate)) END"
    case .zeroInflated(_, let rates):
      let slope = log(max(rates[latent], 1e-300))
      let one = distribution.logChances(count: 1)[latent]
      return "CASE WHEN \(answer) IS NULL THEN \(number(0)) WHEN \(answer) = 0 THEN "
        + "\(number(distribution.logChances(count: 0)[latent])) ELSE \(number(one - slope)) + "
        + "\(factor(slope)) * \(answer) END"
    }
  }

  private func cases(_ answer: String, _ values: [Double]) -> String {
    let cases = values.enumerated().map { "WHEN \($0.offset + 1) THEN \(number($0.element))" }
    return "CASE \(answer) \(cases.joined(separator: " ")) ELSE \(number(0)) END"
  }

  /// Two questions that are tied within segments: by their pairs, or by the one that is answered.
  private func pair(
    _ effect: DirectEffect, _ classes: LatentClassModel, _ latent: Int
  ) -> String {
    let chances = effect.probabilities[latent]
    let width = classes.items[effect.second].measurement.categories
    let (one, other) = (SQLAnswers.alias(effect.first), SQLAnswers.alias(effect.second))
    let rows = stride(from: 0, to: chances.count, by: max(1, width)).map {
      Array(chances[$0..<min(chances.count, $0 + width)])
    }
    func logs(_ values: [Double]) -> [Double] { values.map { log(max($0, 1e-300)) } }
    let first = logs(rows.map { $0.reduce(0, +) })
    let second = logs((0..<width).map { place in rows.reduce(0) { $0 + $1[place] } })
    let both = "(\(one) - 1) * \(width) + \(other)"
    return "CASE WHEN \(one) IS NULL THEN \(cases(other, second)) WHEN \(other) IS NULL THEN "
      + "\(cases(one, first)) ELSE \(cases("(\(both))", logs(chances))) END"
  }

  // MARK: - Points

  /// Distances with their sign turned, question by question.
  func terms(of points: NearestPoints, _ model: SegmentModel) -> [[String]] {
    let places = model.indicators.indices.filter { place in
      points.encoding.columns.contains { $0.indicator == place }
    }
    let tables = places.map { model.indicators[$0].categories.count }.enumerated().map {
      $1 > 0 ? points.answerDistances(places[$0], answers: $1, of: model) : nil
    }
    return (0..<points.points.rows).map { segment in
      places.enumerated().map { position, place in
        let answer = SQLAnswers.alias(place)
        if let table = tables[position] {
          return cases(answer, table.map { -$0[segment] })
        }
        let column = points.encoding.columns.firstIndex { $0.indicator == place } ?? 0
        let own = points.encoding.columns[column]
        let point = points.points[segment, column]
        guard point.isFinite else { return number(0) }
        let gap = "((\(answer) - \(factor(own.center))) * \(factor(own.scale)) - \(factor(point)))"
        let distance = points.measure == .squares ? "\(gap) * \(gap)" : "ABS(\(gap))"
        return "CASE WHEN \(answer) IS NULL THEN \(number(0)) ELSE -(\(distance)) END"
      }
    }
  }
}

extension NearestPoints {
  /// How far each answer to a question is from each point.
  ///
  /// - Parameters:
  ///   - place: The question, among the model's.
  ///   - answers: How many answers it has.
  ///   - model: The model.
  /// - Returns: A row an answer, a number a segment.
  func answerDistances(_ place: Int, answers: Int, of model: SegmentModel) -> [[Double]] {
    // One respondent for each answer; other questions unanswered.
    let items = model.indicators.enumerated().map { other, indicator in
      if other == place {
        return Item(
          name: "", measurement: .nominal(categories: answers),
          answers: .codes((1...answers).map { UInt8($0) }))
      }
      return indicator.categories.isEmpty
        ? Item(
          name: "", measurement: .gaussian(variance: .perClass),
          answers: .numbers([Double](repeating: .nan, count: answers)))
        : Item(
          name: "", measurement: .nominal(categories: 1),
          answers: .codes([UInt8](repeating: 0, count: answers)))
    }
    let table = distances(items)[place]
    return (0..<table.rows).map { Array(table.row($0)) }
  }
}
