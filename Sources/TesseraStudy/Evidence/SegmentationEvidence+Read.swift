import TesseraSegmentation

extension SegmentationEvidence {
  /// Members of a model's evidence that are read back; others were asked for and hold more than the
  /// file tells, and doubts and recovery are told in the result's own sentences.
  private static let readable: Set<String> = [
    "blrt", "residuals", "segment_stability", "covariate_effects", "quality", "doubts",
    "count_recovery",
  ]

  /// Reads what ``json(_:)`` wrote.
  ///
  /// Which respondents answered oddly stands in no file, and is empty here. `nil` where the evidence
  /// holds what cannot be read back whole.
  ///
  /// - Parameters:
  ///   - stored: The evidence of a model.
  ///   - segments: Its segments.
  init?(stored: JSONValue, segments: [Segment]) {
    let members = stored.members ?? []
    guard members.allSatisfy({ Self.readable.contains($0.0) }) else { return nil }
    self.init()
    do throws(StudyError) {
      let file = try JSONReader(stored)
      if file.has("blrt") {
        likelihoodRatios = try file.list("blrt", LikelihoodRatioResult.init(_:))
      }
      if file.has("residuals") { residuals = try file.list("residuals", ResidualResult.init(_:)) }
      if file.has("segment_stability") {
        counts = try file.list("segment_stability", CountStability.init(_:))
      }
      if file.has("covariate_effects") {
        covariates = try file.list("covariate_effects", CovariateEffect.init(_:))
      }
      if file.has("quality") {
        quality = try ResponseQuality(try file.object("quality"), segments)
      }
    } catch {
      return nil
    }
  }
}

extension LikelihoodRatioResult {
  init(_ reader: JSONReader) throws(StudyError) {
    self.init(
      segments: try reader.integer("segments"), statistic: try reader.number("statistic"),
      sets: try reader.integer("sets"), pValue: try reader.number("p_value"))
  }
}

extension ResidualResult {
  init(_ reader: JSONReader) throws(StudyError) {
    self.init(
      first: try reader.text("first"), second: try reader.text("second"),
      statistic: try reader.number("statistic"), published: try reader.optionalNumber("published"),
      pValue: try reader.optionalNumber("p_value"))
  }
}

extension CountStability {
  init(_ reader: JSONReader) throws(StudyError) {
    self.init(segments: try reader.integer("segments"))
    pairs = try reader.integer("pairs")
    if reader.has("global_ari") {
      let rand = try reader.object("global_ari")
      median = try rand.optionalNumber("median")
      low = try rand.optionalNumber("low")
      high = try rand.optionalNumber("high")
    }
    within = try reader.numbers("within")
    across = (reader.value["across"]?.array ?? []).map(\.number)
  }
}

extension CovariateEffect {
  init(_ reader: JSONReader) throws(StudyError) {
    self.init(
      segment: try reader.text("segment"), term: try reader.text("term"),
      estimate: try reader.number("estimate"), standardError: try reader.optionalNumber("se"),
      low: try reader.optionalNumber("low"), high: try reader.optionalNumber("high"))
  }
}

extension ResponseQuality {
  init(_ reader: JSONReader, _ segments: [Segment]) throws(StudyError) {
    let yesSayers = try reader.texts("yes_sayers")
    self.init(
      outliers: try reader.number("outliers"),
      expectedOutliers: try reader.number("expected_outliers"),
      straightLiners: try reader.number("straight_liners"),
      grids: (reader.value["grids"]?.array ?? []).map { $0.array?.compactMap(\.string) ?? [] },
      isOutlier: [], isStraightLiner: [],
      yesSayers: yesSayers.compactMap { id in segments.firstIndex { $0.id == id } })
  }
}
