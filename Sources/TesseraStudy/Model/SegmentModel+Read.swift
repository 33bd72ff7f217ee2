public import Foundation
import TesseraSegmentation
import TesseraSurvey

extension SegmentModel {
  /// Reads a model that ``json`` wrote, and checks all of it before anything is done with it.
  ///
  /// - Parameter data: The bytes of `segments.json`.
  /// - Returns: The model.
  /// - Throws: ``StudyError`` E0507 for what is not a model or holds impossible numbers, E0508 for
  ///   one that was changed after it was written, E0509 for another version's.
  public static func read(_ data: Data) throws(StudyError) -> SegmentModel {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue.parse(data)
    } catch {
      throw StudyError(
        code: "E0507", message: "the model cannot be read: \(error.message)",
        hint: "take segments.json as `tessera run` or `tessera segment -o` wrote it")
    }
    let file = try JSONReader(value)
    guard let schema = value["schema"]?.string else {
      throw file.fault("this JSON is not a Tessera model (it has no 'schema')")
    }
    guard schema == Self.schema else {
      throw StudyError(
        code: "E0509",
        message: "the model is of the form '\(DisplayText.escaped(schema))', and this version of "
          + "Tessera reads '\(Self.schema)'",
        hint: "fit the model again, or use the version of Tessera that wrote it")
    }
    guard let stated = value["checksum"]?.string, stated == checksum(of: value) else {
      throw StudyError(
        code: "E0508", message: "the model was changed after it was written: its checksum differs",
        hint: "take the file as it was written; tessera rename names segments")
    }
    try file.allow(
      [
        "schema", "method", "seed", "respondents", "weighted_respondents", "gorge",
        "across_solutions", "verdict", "scale_use", "basis", "count_rule",
        "effective_sample_size", "log_likelihood", "parameters", "aic", "bic", "sabic", "icl",
        "entropy_r2", "converged", "starts", "segments", "indicators", "selection", "stability",
        "criteria", "recommendation", "warnings", "name_warnings", "model", "checksum", "errors",
      ] + evidenceKeys)
    let result = try SegmentationResult(file)
    let body = try file.object("model")
    try body.allow([
      "encoding", "covariates", "latent_class", "centroids", "given", "survey", "response_style",
    ])
    let indicators = try body.list("encoding", IndicatorEncoding.init(_:))
    let covariates = try body.list("covariates", CovariateEncoding.init(_:))
    let count = result.segments.count
    let parameters: Parameters
    if body.has("latent_class") {
      let model = try LatentClassModel(
        try body.object("latent_class"), indicators: indicators, segments: count)
      let columns = covariates.reduce(0) { $0 + $1.columnNames.count }
      guard (model.membership?.first?.count ?? 1) == columns + 1 else {
        throw body.fault("covariates and membership do not go together", "latent_class")
      }
      parameters = .latentClass(model)
    } else if body.has("centroids") {
      parameters = .nearest(
        try NearestPoints(try body.object("centroids"), indicators, segments: count))
    } else {
      let given = try body.object("given")
      try given.allow(["column", "values"])
      let values = try given.codes("values")
      guard values.count == count else { throw given.fault("one value a segment is expected") }
      parameters = .given(column: try given.text("column"), values: values)
    }
    return SegmentModel(
      result: result, indicators: indicators, covariates: covariates, parameters: parameters,
      survey: body.has("survey") ? try SurveyDeclaration(try body.object("survey")) : nil,
      style: body.has("response_style")
        ? try style(try body.object("response_style"), indicators) : nil,
      evidence: .object((value.members ?? []).filter { evidenceKeys.contains($0.0) }))
  }

  private static func style(
    _ reader: JSONReader, _ indicators: [IndicatorEncoding]
  ) throws(StudyError) -> ResponseStyle {
    try reader.allow(["kind", "columns", "slopes"])
    guard let kind = ResponseStyleDeclaration(rawValue: try reader.text("kind")) else {
      throw reader.fault("is no correction of response style", "kind")
    }
    let columns = try reader.texts("columns")
    let known = columns.allSatisfy { name in
      indicators.contains { $0.name == name && $0.form == .numeric }
    }
    guard known else { throw reader.fault("numeric indicators are expected", "columns") }
    let slopes = reader.has("slopes") ? try reader.numbers("slopes") : []
    guard kind != .intercept || slopes.count == columns.count else {
      throw reader.fault("one slope per column is expected", "slopes")
    }
    return ResponseStyle(kind: kind, columns: columns, slopes: slopes)
  }
}

extension EncodedCategory {
  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["label", "codes", "labels"])
    self.init(
      label: try reader.text("label"), codes: try reader.codes("codes"),
      labels: reader.has("labels") ? try reader.texts("labels") : [])
  }
}

extension IndicatorEncoding {
  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow([
      "name", "label", "set", "level", "categories", "chosen", "plausible", "scale",
    ])
    let form: Form
    switch try reader.text("level") {
    case "nominal": form = .nominal(try reader.list("categories", EncodedCategory.init(_:)))
    case "ordinal": form = .ordinal(try reader.list("categories", EncodedCategory.init(_:)))
    case "multiple": form = .chosen(try reader.code("chosen"))
    case "numeric": form = .numeric
    case "count": form = .count
    case let other: throw reader.fault("'\(other)' is no level", "level")
    }
    self.init(
      name: try reader.text("name"), label: try reader.text("label"),
      set: try reader.optionalText("set"), form: form)
    if reader.has("categories"), categories.count < 2 || categories.filter(\.isOther).count > 1 {
      throw reader.fault("two or more categories are expected, one of them 'other'", "categories")
    }
    if reader.has("scale") {
      scale = try reader.list("scale") { one throws(StudyError) in
        try one.allow(["code", "label"])
        return Category(code: try one.code("code"), label: try one.text("label"))
      }
    }
    guard reader.has("plausible") else { return }
    let range = try reader.numbers("plausible")
    guard range.count == 2, range[0] <= range[1] else {
      throw reader.fault("a least and a greatest number are expected", "plausible")
    }
    plausible = range[0]...range[1]
  }
}

extension CovariateEncoding {
  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["name", "codes", "reference"])
    self.init(
      name: try reader.text("name"), codes: try reader.list("codes", EncodedCategory.init(_:)),
      reference: reader.has("reference")
        ? try EncodedCategory(try reader.object("reference")) : nil)
  }
}
