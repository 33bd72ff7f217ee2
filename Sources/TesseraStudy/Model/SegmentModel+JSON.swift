import Foundation
import TesseraFiles
import TesseraMath
import TesseraSegmentation
import TesseraSurvey

extension SegmentModel {
  /// The model as `segments.json` has it, with a checksum over everything else.
  public var json: JSONValue {
    var body: JSONValue = ["schema": Self.schema]
    body.add(result.json)
    body.add(evidence)
    body.add(["model": modelJSON])
    return body.adding(["checksum": Self.checksum(of: body)])
  }

  /// SHA-256 of the canonical text, the checksum itself left out.
  package static func checksum(of file: JSONValue) -> String {
    SHA256.hex(of: Array(file.without("checksum").canonical.compactText.utf8))
  }

  private var modelJSON: JSONValue {
    var members: JSONValue = [
      "encoding": indicators.map(\.json), "covariates": covariates.map(\.json),
    ]
    switch parameters {
    case .latentClass(let model): members.add(["latent_class": model.json])
    case .nearest(let points): members.add(["centroids": points.json])
    case .given(let column, let values):
      members.add(["given": ["column": column, "values": values.map(\.json)] as JSONValue])
    }
    members.add(["survey": survey.map(\.json)])
    if let style {
      var own: JSONValue = ["kind": style.kind.rawValue, "columns": style.columns]
      if !style.slopes.isEmpty { own.add(["slopes": style.slopes]) }
      members.add(["response_style": own])
    }
    return members
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
    let category: JSONValue = ["label": label, "codes": codes.map(\.json)]
    return labels.isEmpty ? category : category.adding(["labels": labels])
  }
}

extension IndicatorEncoding {
  var json: JSONValue {
    var members: JSONValue = ["name": name, "label": label, "set": set, "level": level]
    switch form {
    case .nominal(let categories), .ordinal(let categories):
      members.add(["categories": categories.map(\.json)])
    case .chosen(let code): members.add(["chosen": code.json])
    case .numeric, .count: break
    }
    if let plausible {
      members.add(["plausible": [plausible.lowerBound, plausible.upperBound]])
    }
    if !scale.isEmpty {
      members.add([
        "scale": JSONValue.list(scale) { ["code": $0.code.json, "label": $0.label] }
      ])
    }
    return members
  }
}

extension CovariateEncoding {
  var json: JSONValue {
    ["name": name, "codes": codes.map(\.json), "reference": reference?.json]
  }
}

extension MatrixEncoding.Column {
  var json: JSONValue {
    ["indicator": indicator, "category": category, "center": center, "scale": scale]
  }
}

extension NearestPoints {
  var json: JSONValue {
    var members: JSONValue = [
      "columns": encoding.columns.map(\.json),
      "by_segment": (0..<points.rows).map { Array(points.row($0)) },
    ]
    if measure != .squares { members.add(["distance": measure.rawValue]) }
    if measure == .gower { members.add(["least_compared": needed]) }
    if areRespondents { members.add(["respondent_rows": points.rows]) }
    return members
  }
}

extension LatentClassModel {
  var json: JSONValue {
    [
      "prevalence": prevalence, "items": items.map(\.json),
      "blocks": JSONValue.list(blocks) { block in
        ["items": block.items, "means": block.means, "covariances": block.covariances]
      }, "membership": membership,
      "direct_effects": JSONValue.list(directEffects) { effect in
        ["first": effect.first, "second": effect.second, "probabilities": effect.probabilities]
      }, "modelled_gaps": modelledGaps,
    ]
  }
}

extension ItemModel {
  var json: JSONValue {
    var members: JSONValue = ["name": name]
    switch distribution {
    case .categories(let rows):
      members.add(["distribution": "categories", "probabilities": rows])
    case .adjacentCategories(let rows, let intercepts, let slopes, let scores):
      members.add([
        "distribution": "adjacent-categories", "probabilities": rows, "intercepts": intercepts,
        "slopes": slopes, "scores": scores,
      ])
    case .normal(let means, let variances):
      members.add(["distribution": "normal", "means": means, "variances": variances])
      if measurement == .gaussian(variance: .equal) {
        members.add(["variance_form": "equal"])
      }
    case .counts(let rates):
      members.add(["distribution": "counts", "rates": rates])
    case .zeroInflated(let zeros, let rates):
      members.add(["distribution": "zero-inflated", "zeros": zeros, "rates": rates])
    }
    return members
  }
}
