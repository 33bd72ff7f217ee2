import TesseraSegmentation

extension SegmentationResult {
  /// Reads the numbers of `segments.json`.
  init(_ file: JSONReader) throws(StudyError) {
    let seed: UInt64
    if case .string(let text)? = file.value["seed"], let large = UInt64(text) {
      seed = large
    } else if let small = UInt64(exactly: try file.integer("seed")) {
      seed = small
    } else {
      throw file.fault("must be 0 or more", "seed")
    }
    let starts = try file.object("starts")
    try starts.allow(["run", "reached_best"])
    let segments = try file.list("segments", Segment.init(_:))
    guard !segments.isEmpty, segments.map(\.share).isDistribution else {
      throw file.fault("shares must lie between 0 and 1 and sum to 1", "segments")
    }
    guard Set(segments.map(\.id)).count == segments.count else {
      throw file.fault("two segments have one id", "segments")
    }
    self.init(
      method: try file.text("method"), seed: seed, respondents: try file.number("respondents"),
      weightedRespondents: try file.number("weighted_respondents"),
      effectiveSampleSize: try file.number("effective_sample_size"),
      logLikelihood: try file.optionalNumber("log_likelihood"),
      parameters: try file.optionalInteger("parameters"), aic: try file.optionalNumber("aic"),
      bic: try file.optionalNumber("bic"), sabic: try file.optionalNumber("sabic"),
      icl: try file.optionalNumber("icl"), entropyR2: try file.optionalNumber("entropy_r2"),
      converged: try file.flag("converged"),
      starts: StartCounts(
        run: try starts.integer("run"), reachedBest: try starts.integer("reached_best")),
      segments: segments,
      indicators: try file.list("indicators") { element throws(StudyError) in
        try IndicatorResult(element, segments: segments.count)
      },
      selection: try file.list("selection", SelectionRow.init(_:)),
      stability: file.has("stability") ? try StabilityResult(try file.object("stability")) : nil,
      criteria: try file.named("criteria"), recommendation: try file.texts("recommendation"),
      warnings: try file.texts("warnings"))
    // Models of earlier versions do not have these.
    if file.has("gorge") {
      gorge = try MembershipBins(try file.object("gorge"), segments: segments.count)
    }
    if file.has("verdict") { verdict = try SegmentVerdict(try file.object("verdict")) }
    if file.has("count_rule") {
      let rule = try file.object("count_rule")
      try rule.allow(["name", "criterion", "penalty", "respondents", "effective"])
      countRule = CountRule(
        sampleSize: respondents,
        effectiveSampleSize: try rule.flag("effective")
          ? try rule.number("respondents") : respondents)
    }
    if file.has("scale_use") { scaleUse = try ScaleUse(try file.object("scale_use")) }
    if file.has("basis") { basis = try SegmentBasis(try file.object("basis")) }
    if file.has("across_solutions") {
      acrossSolutions = try file.list("across_solutions", SolutionStep.init(_:))
    }
    if file.has("errors") { errors = try SegmentErrors(file) }
    if file.has("name_warnings") { nameWarnings = try file.texts("name_warnings") }
  }
}

extension Segment {
  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["id", "name", "share", "respondents", "share_se", "share_interval"])
    self.init(
      id: try reader.text("id"), name: try reader.text("name"),
      share: try reader.number("share"), respondents: try reader.number("respondents"))
  }
}

extension IndicatorResult {
  init(_ reader: JSONReader, segments: Int) throws(StudyError) {
    try reader.allow([
      "name", "label", "level", "categories", "codes", "by_segment", "se", "low", "high",
    ])
    let codes = try reader.texts("codes")
    let rows = try reader.rows("by_segment", count: segments)
    let categories = try reader.texts("categories")
    guard categories.count == codes.count else {
      throw reader.fault("a code for each category is expected", "codes")
    }
    for row in rows {
      let isUsable =
        codes.isEmpty ? (1...2).contains(row.count) : row.count == codes.count && row.isDistribution
      guard isUsable else {
        throw reader.fault("chances must sum to 1 in each segment", "by_segment")
      }
    }
    self.init(
      name: try reader.text("name"), label: try reader.text("label"),
      level: try reader.text("level"), categories: categories, codes: codes, bySegment: rows)
  }
}

extension SelectionRow {
  private static let own = [
    "segments", "log_likelihood", "parameters", "aic", "bic", "sabic", "icl", "entropy_r2",
    "stability", "smallest_share",
  ]

  init(_ reader: JSONReader) throws(StudyError) {
    let others = (reader.value.members ?? []).filter { !Self.own.contains($0.0) }
    self.init(
      segments: try reader.integer("segments"),
      logLikelihood: try reader.optionalNumber("log_likelihood"),
      parameters: try reader.optionalInteger("parameters"),
      aic: try reader.optionalNumber("aic"), bic: try reader.optionalNumber("bic"),
      sabic: try reader.optionalNumber("sabic"), icl: try reader.optionalNumber("icl"),
      entropyR2: try reader.optionalNumber("entropy_r2"),
      stability: try reader.optionalNumber("stability"),
      smallestShare: try reader.number("smallest_share"),
      others: others.map { NamedValue($0.0, $0.1.number) })
  }
}

extension StabilityResult {
  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["replicates", "global_ari", "segments"])
    let rand = try reader.object("global_ari")
    try rand.allow(["median", "low", "high"])
    self.init(
      replicates: try reader.integer("replicates"), median: try rand.number("median"),
      low: try rand.number("low"), high: try rand.number("high"),
      jaccard: try reader.list("segments") { element throws(StudyError) in
        try element.allow(["id", "jaccard"])
        return try element.number("jaccard")
      })
  }
}
