import Foundation
import TesseraMath
import TesseraSegmentation
public import TesseraStudy
import TesseraSurvey

/// A short list as a script for screeners: one file of JavaScript that needs nothing else.
public enum TypingScript {
  /// Writes the script.
  ///
  /// - Parameter result: The short list.
  /// - Returns: JavaScript that defines `tesseraTyping` with `type`, `next`, `questions`, `segments`.
  /// - Throws: `StudyError` E0512 for a model whose parts do not stand for themselves.
  public static func text(_ result: TypingResult) throws(StudyError) -> String {
    let data = try data(result)
    let template = String(decoding: PackageResources.typing_js, as: UTF8.self)
    return template.replacingOccurrences(of: "/*DATA*/null", with: data.compactText)
  }

  private static func data(_ result: TypingResult) throws(StudyError) -> JSONValue {
    let model = result.model
    let prior: [Double]
    let questions: [JSONValue]
    switch model.parameters {
    case .latentClass(let classes):
      guard classes.blocks.isEmpty, classes.directEffects.isEmpty, classes.membership == nil,
        classes.modelledGaps.isEmpty
      else {
        throw StudyError(
          code: "E0512",
          message: "a script holds questions that stand for themselves; in this model some are "
            + "tied, membership depends on columns, or gaps say something",
          hint: "leave --js out, and score answers with tessera assign --model typing.json")
      }
      prior = classes.prevalence.map { log(max($0, 1e-300)) }
      questions = zip(model.indicators, classes.items).map { indicator, item in
        let asked = question(indicator, result)
          .adding(["kind": kind(item.distribution)])
          .adding(numbers(item.distribution))
        return result.adaptive == nil ? asked : asked.adding(["outcomes": outcomes(item)])
      }
    case .nearest(let points):
      prior = [Double](repeating: 0, count: points.points.rows)
      questions = model.indicators.indices.map { place in
        question(model.indicators[place], result).adding(distances(place, model, points))
      }
    case .given:
      preconditionFailure("segments of a column have no questions")
    }
    return [
      "segments": JSONValue.list(model.segments) { ["id": $0.id, "name": $0.name] },
      "probabilities": result.threshold != nil || result.fullTruth != nil,
      "cannotTellBelow": result.threshold, "stopAt": result.adaptive?.stopAt, "prior": prior,
      "questions": JSONValue.array(questions),
    ]
  }

  private static func question(
    _ indicator: IndicatorEncoding, _ result: TypingResult
  ) -> JSONValue {
    var isChosen = false
    if case .chosen = indicator.form { isChosen = true }
    return [
      "name": indicator.name, "label": indicator.question, "chosen": isChosen,
      "must": result.must.contains(indicator.name),
      "categories": JSONValue.array(
        indicator.categories.map { category in
          [
            "label": category.label,
            "codes": JSONValue.array(
              category.codes.map {
                if case .number(let number) = $0 { .number(number) } else { .string($0.text) }
              }), "labels": category.labels,
          ]
        }),
    ]
  }

  private static func kind(_ distribution: ItemModel.Distribution) -> String {
    switch distribution {
    case .categories, .adjacentCategories: "categories"
    case .normal: "normal"
    case .counts, .zeroInflated: "counts"
    }
  }

  private static func numbers(_ distribution: ItemModel.Distribution) -> JSONValue {
    switch distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _):
      [
        "logs": (0..<(rows.first?.count ?? 0)).map { answer in
          rows.map { log(max($0[answer], 1e-300)) }
        }
      ]
    case .normal(let means, let variances):
      ["means": means, "variances": variances]
    case .counts(let rates): ["rates": rates]
    case .zeroInflated(let zeros, let rates):
      ["rates": rates, "zeros": zeros]
    }
  }

  private static func outcomes(_ item: ItemModel) -> JSONValue {
    .array(
      QuestionOutcomes(item).outcomes.map {
        ["mass": $0.mass, "logs": $0.logs]
      })
  }

  /// A question of a method that measures distances.
  private static func distances(
    _ place: Int, _ model: SegmentModel, _ points: NearestPoints
  ) -> JSONValue {
    let own = points.encoding.columns.indices.filter {
      points.encoding.columns[$0].indicator == place
    }
    let categories = model.indicators[place].categories.count
    guard categories > 0 else {
      let column = points.encoding.columns[own[0]]
      return [
        "kind": "distance", "center": column.center, "scale": column.scale,
        "points": points.points.column(own[0]), "squares": points.measure == .squares,
      ]
    }
    let table = points.answerDistances(place, answers: categories, of: model)
    return ["kind": "categories", "logs": table.map { $0.map { -$0 } }]
  }
}
