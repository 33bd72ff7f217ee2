import Foundation
import TesseraFiles
import TesseraMath
import TesseraSegmentation
import TesseraSurvey

extension SegmentModel {
  /// The model as `segments.json` has it, with a checksum over everything else.
  public var json: JSONValue {
    let members: [(String, JSONValue)] =
      [("schema", .string(Self.schema))] + result.jsonMembers + (evidence.members ?? [])
      + [("model", modelJSON)]
    let body = JSONValue.object(members)
    return .object(members + [("checksum", .string(Self.checksum(of: body)))])
  }

  /// SHA-256 of the canonical text, the checksum itself left out.
  package static func checksum(of file: JSONValue) -> String {
    SHA256.hex(of: Array(file.without("checksum").canonical.compactText.utf8))
  }

  private var modelJSON: JSONValue {
    var members: [(String, JSONValue)] = [
      ("encoding", .array(indicators.map(\.json))),
      ("covariates", .array(covariates.map(\.json))),
    ]
    switch parameters {
    case .latentClass(let model): members.append(("latent_class", model.json))
    case .nearest(let points): members.append(("centroids", points.json))
    case .given(let column, let values):
      members.append(
        (
          "given",
          .object([("column", .string(column)), ("values", .array(values.map(\.json)))])
        ))
    }
    members.append(("survey", survey.map(\.json) ?? .null))
    if let style {
      var own: [(String, JSONValue)] = [
        ("kind", .string(style.kind.rawValue)), ("columns", .strings(style.columns)),
      ]
      if !style.slopes.isEmpty { own.append(("slopes", .numbers(style.slopes))) }
      members.append(("response_style", .object(own)))
    }
    return .object(members)
  }
}

extension AnswerCode {
  /// A number as a number, a text as a text.
  var json: JSONValue {
    switch self {
    case .number(let value): .number(value)
    case .text(let text): .string(text)
    }
  }
}

extension EncodedCategory {
  var json: JSONValue {
    .object(
      [("label", .string(label)), ("codes", .array(codes.map(\.json)))]
        + (labels.isEmpty ? [] : [("labels", .strings(labels))]))
  }
}

extension IndicatorEncoding {
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name)), ("label", .string(label)), ("set", .optional(set)),
      ("level", .string(level)),
    ]
    switch form {
    case .nominal(let categories), .ordinal(let categories):
      members.append(("categories", .array(categories.map(\.json))))
    case .chosen(let code): members.append(("chosen", code.json))
    case .numeric, .count: break
    }
    if let plausible {
      members.append(("plausible", .numbers([plausible.lowerBound, plausible.upperBound])))
    }
    return .object(members)
  }
}

extension CovariateEncoding {
  var json: JSONValue {
    .object([
      ("name", .string(name)), ("codes", .array(codes.map(\.json))),
      ("reference", reference?.json ?? .null),
    ])
  }
}

extension MatrixEncoding.Column {
  var json: JSONValue {
    .object([
      ("indicator", .integer(indicator)), ("category", category.map { .integer($0) } ?? .null),
      ("center", .number(center)), ("scale", .number(scale)),
    ])
  }
}

extension NearestPoints {
  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("columns", .array(encoding.columns.map(\.json))),
      ("by_segment", .array((0..<points.rows).map { .numbers(Array(points.row($0))) })),
    ]
    if measure != .squares { members.append(("distance", .string(measure.rawValue))) }
    if measure == .gower { members.append(("least_compared", .number(needed))) }
    if areRespondents { members.append(("respondent_rows", .integer(points.rows))) }
    return .object(members)
  }
}

extension LatentClassModel {
  var json: JSONValue {
    .object([
      ("prevalence", .numbers(prevalence)),
      ("items", .array(items.map(\.json))),
      (
        "blocks",
        .array(
          blocks.map { block in
            .object([
              ("items", .array(block.items.map { .integer($0) })),
              ("means", .array(block.means.map { .numbers($0) })),
              ("covariances", .array(block.covariances.map { .numbers($0) })),
            ])
          })
      ),
      ("membership", membership.map { .array($0.map { .numbers($0) }) } ?? .null),
      (
        "direct_effects",
        .array(
          directEffects.map { effect in
            .object([
              ("first", .integer(effect.first)), ("second", .integer(effect.second)),
              ("probabilities", .array(effect.probabilities.map { .numbers($0) })),
            ])
          })
      ),
      ("modelled_gaps", .array(modelledGaps.map { .integer($0) })),
    ])
  }
}

extension ItemModel {
  var json: JSONValue {
    var members: [(String, JSONValue)] = [("name", .string(name))]
    switch distribution {
    case .categories(let rows):
      members.append(("distribution", .string("categories")))
      members.append(("probabilities", .array(rows.map { .numbers($0) })))
    case .adjacentCategories(let rows, let intercepts, let slopes, let scores):
      members.append(("distribution", .string("adjacent-categories")))
      members.append(("probabilities", .array(rows.map { .numbers($0) })))
      members.append(("intercepts", .numbers(intercepts)))
      members.append(("slopes", .numbers(slopes)))
      members.append(("scores", .numbers(scores)))
    case .normal(let means, let variances):
      members.append(("distribution", .string("normal")))
      members.append(("means", .numbers(means)))
      members.append(("variances", .numbers(variances)))
      if measurement == .gaussian(variance: .equal) {
        members.append(("variance_form", .string("equal")))
      }
    case .counts(let rates):
      members.append(("distribution", .string("counts")))
      members.append(("rates", .numbers(rates)))
    case .zeroInflated(let zeros, let rates):
      members.append(("distribution", .string("zero-inflated")))
      members.append(("zeros", .numbers(zeros)))
      members.append(("rates", .numbers(rates)))
    }
    return .object(members)
  }
}
