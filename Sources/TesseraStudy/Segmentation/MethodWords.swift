import TesseraSegmentation

/// What methods without a likelihood say of the number of segments.
enum MethodWords {
  /// That shares in a model are in steps of as many people as a cell must hold.
  static func steps(_ people: Int) -> String {
    "Chances of answers are rounded to steps of \(people) people, in the assignments as well, so that the "
      + "model shows no count."
  }

  /// That a better number would not come out again; empty where the best is taken.
  static func passedOver(_ evidence: SegmentationEvidence) -> String {
    evidence.passedOver.map {
      "; \($0) have the best index, but another sample would give others"
    } ?? ""
  }

  /// A mean silhouette below this shows no structure to speak of.
  ///
  /// - Reference: Kaufman & Rousseeuw (1990), *Finding Groups in Data*, table 4.
  private static let weakSilhouette = 0.25
  /// Segments that stand for fewer respondents cannot be described.
  private static let fewest = 10.0

  /// The choice with its reasons.
  ///
  /// - Parameters:
  ///   - reason: The number and what chose it.
  ///   - shares: Share of each segment.
  ///   - evidence: What else was found.
  /// - Returns: Sentences, the verdict on the number first.
  static func sentences(
    _ reason: String, shares: [Double], evidence: SegmentationEvidence
  ) -> [String] {
    var parts = [reason]
    if let replication = ReplicationWords.phrase(evidence.counts) { parts.append(replication) }
    if shares.count > 1, let smallest = shares.last {
      parts.append("segment \(shares.count) holds \(decimal(100 * smallest, 0))%")
    }
    return [parts.joined(separator: "; ") + "."]
      + ReplicationWords.sentences(evidence.counts, chosen: shares.count)
      + (evidence.structure?.sentences ?? [])
  }

  /// How often the search found its best, where it had several starts.
  static func search(_ starts: StartTally, of objective: String) -> [String] {
    guard starts.run > 1 else { return [] }
    let found =
      "The least \(objective) was found by \(starts.reachedBest) of \(starts.run) starts."
    let doubt =
      "Doubt: only one start found it, so a better solution may exist; use more starts."
    return starts.reachedBest > 1 ? [found] : [found, doubt]
  }

  /// The components that a factor analysis divides by.
  static func components(_ criteria: [NamedValue]) -> [String] {
    let eigenvalues = criteria.filter { $0.name.hasPrefix("eigenvalue_") }.compactMap(\.value)
    guard !eigenvalues.isEmpty else { return [] }
    let share = criteria.first { $0.name == "component_share" }?.value
    return [
      "Divided on \(eigenvalues.count) components (eigenvalues "
        + eigenvalues.map { decimal($0, 3) }.joined(separator: ", ")
        + (share.map { "; \(decimal(100 * $0, 0))% of the variance" } ?? "") + ")."
    ]
  }

  /// How far each method of an ensemble agrees with the consensus.
  static func agreements(_ criteria: [NamedValue]) -> [String] {
    let prefix = "agreement_"
    let told = criteria.filter { $0.name.hasPrefix(prefix) }.compactMap { one in
      one.value.map { "\(one.name.dropFirst(prefix.count)) \(decimal($0, 2))" }
    }
    guard !told.isEmpty else { return [] }
    return [
      "Adjusted Rand index of each method with the consensus: \(told.joined(separator: ", "))."
    ]
  }

  /// What speaks against the division.
  ///
  /// - Parameters:
  ///   - shares: Share of each segment.
  ///   - evidence: What else was found.
  ///   - silhouette: Mean silhouette; `nil` for a single segment.
  ///   - effective: Kish's effective number of respondents.
  /// - Returns: Sentences.
  static func doubts(
    shares: [Double], evidence: SegmentationEvidence, silhouette: Double?, effective: Double
  ) -> [String] {
    var doubts = ReplicationWords.doubts(evidence.counts, chosen: shares.count)
    if let silhouette, silhouette < weakSilhouette {
      doubts.append(
        "Doubt: respondents are hardly nearer to their own segment than to the next one (mean "
          + "silhouette \(decimal(silhouette, 2)); below \(decimal(weakSilhouette, 2)) there is no "
          + "structure to speak of).")
    }
    if shares.count > 1, let smallest = shares.last, smallest * effective < fewest {
      doubts.append(
        "Doubt: S\(shares.count) stands for fewer than \(Int(fewest)) respondents.")
    }
    return doubts
  }
}
