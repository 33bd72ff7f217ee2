import TesseraProductFit
import TesseraStudy

/// The answer in three sentences: who is out there, what fits whom, what to change first.
public struct Findings: Sendable {
  let results: StudyResults
  let numbers: NumberStyle

  /// Reads the findings off the results.
  ///
  /// - Parameters:
  ///   - results: The results of a run.
  ///   - numbers: How numbers are written.
  public init(_ results: StudyResults, numbers: NumberStyle = .english) {
    self.results = results
    self.numbers = numbers
  }

  /// The verdict, then the three sentences, in the order of the questions.
  ///
  /// Where the verdict stops advice nothing to change is proposed.
  public var sentences: [String] {
    var all = opening + [whoIsThere]
    if let fit = results.productFit {
      all.append(whatFits(fit))
      if results.validation?.isContradicted == true {
        all.append(headline)
      } else if !stopsAdvice, tooFew == nil {
        all.append(whatToChange(fit))
      }
    } else {
      if let howSure { all.append(howSure) }
      let told =
        results.fit.map {
          QuestionReport(study: results.study, fit: $0, numbers: numbers).sentences
        } ?? []
      all += told
      if let choiceSentence { all.append(choiceSentence) }
      guard told.isEmpty, results.validation == nil else { return all }
      all.append(Self.noProduct)
    }
    return all
  }

  /// What whoever runs the study is told where it has no products; no client is.
  static let noProduct =
    "No product was scored: name products, relations and needs in the study to see what fits whom."

  /// What must be read before anything else: too few people, the verdict, and how people rate.
  public var opening: [String] {
    (stopsAdvice ? [] : [tooFew].compactMap(\.self)) + verdict
  }

  /// What the segments are, and whether they are mainly a way of rating.
  public var verdict: [String] {
    let segmentation = results.segmentation
    return [segmentation.verdict?.words, segmentation.scaleUse?.sentence].compactMap { $0 }
      + (segmentation.basis?.sentences ?? [])
  }

  /// Whether no advice may rest on the segments.
  public var stopsAdvice: Bool { results.segmentation.verdict?.stopsAdvice ?? false }

  /// What marks fits by segment that nobody should act on; `nil` if they may be acted on.
  public var mark: String? {
    guard stopsAdvice, results.segmentation.segments.count > 1 else { return nil }
    let isStable = results.segmentation.verdict?.kind != .notStable
    guard results.productFit != nil else {
      return isStable
        ? "The data show one group: do not act on segments."
        : "These segments are not stable: do not act on them."
    }
    return isStable
      ? "The data show one group: do not act on fits by segment."
      : "These segments are not stable: do not act on their fits."
  }

  /// How many answered: "356 respondents", or "356 rows of 120 people" where an identifier repeats.
  public var rows: String {
    let rows = numbers.number(results.segmentation.respondents)
    guard let people = results.segmentation.basis?.people else { return "\(rows) respondents" }
    return "\(rows) rows of \(numbers.number(Double(people))) people"
  }

  /// Who is out there, with every segment's share or the largest of many.
  var whoIsThere: String {
    let segments = results.segmentation.segments
    // A reader keeps about seven things in mind; of more segments the largest are named.
    let named =
      segments.count > 7 ? segments.sorted { $0.share > $1.share }.prefix(4) : segments[...]
    var parts = named.map { "\($0.name) (\(numbers.percent($0.share)))" }
    if named.count < segments.count {
      let rest = segments.sorted { $0.share > $1.share }.dropFirst(named.count)
      parts.append(
        "\(rest.count) more of \(numbers.percent(rest.last?.share)) to "
          + "\(numbers.percent(rest.first?.share)) each")
    }
    guard segments.count > 1 else {
      return results.segmentation.method == "given"
        ? "\(rows) in one given segment." : "The \(rows) are one group."
    }
    if results.segmentation.method == "given" {
      return "\(rows) in \(segments.count) given segments: \(Findings.list(parts))."
    }
    return "\(rows) make \(segments.count) segments: \(Findings.list(parts))."
  }

  /// What counts most in choices between options without a fit; `nil` unless every attribute is told by
  /// part-worths of its levels.
  private var choiceSentence: String? {
    guard let found = results.validation, let logit = found.logit else { return nil }
    let attributes = Dictionary(grouping: found.partWorths, by: \.attribute)
    let terms = logit.rows.count { !$0.isControl }
    guard attributes.count > 1,
      attributes.values.reduce(0, { $0 + $1.count - 1 }) == terms
    else { return nil }
    func spread(_ levels: [ValidationResult.PartWorth]) -> Double {
      (levels.map(\.value).max() ?? 0) - (levels.map(\.value).min() ?? 0)
    }
    let total = attributes.values.reduce(0) { $0 + spread($1) }
    let ranked = attributes.sorted { (spread($0.value), $1.key) > (spread($1.value), $0.key) }
    guard let first = ranked.first, total > 0,
      let best = first.value.max(by: { $0.value < $1.value })
    else { return nil }
    return "In \(numbers.number(Double(found.menus))) choices \(first.key) weighs most "
      + "(\(numbers.percent(spread(first.value) / total)) of all part-worths' range); "
      + "\(best.level) is liked best."
  }

  /// Why so many; `nil` for segments that were set beforehand, of which the verdict tells.
  private var howSure: String? { results.segmentation.recommendation.first }
}
