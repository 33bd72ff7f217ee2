import TesseraProductFit
import TesseraStudy

/// The first screen, and what each further screen claims, as plain sentences.
extension Findings {
  /// What to do, in one sentence.
  ///
  /// An action is named only where its interval lies above 0 and, if it is the best, above the
  /// runner-up; what is level is said to be level. Where the verdict stops advice it says so.
  public var headline: String {
    if stopsAdvice, let words = results.segmentation.verdict?.words { return words }
    guard let fit = results.productFit else { return plan }
    return firstChange(fit) ?? offers(fit) ?? plan
  }

  /// How far the segments may be relied on.
  public var light: TrafficLight {
    TrafficLight(
      results.segmentation,
      shares: results.segmentation.segments.map { segment in
        results.profiles.segments.first { $0.id == segment.id }?.shareInterval
      }, numbers: numbers,
      minimum: Double(results.minimumCell))
  }

  /// The segments at a glance.
  public var cards: [SegmentCard] { SegmentCards(results: results, numbers: numbers).all }

  /// What would change the answer: at most three sentences, the weightiest first.
  public var whatWouldChange: [String] {
    var all: [String] = []
    let verdict = results.segmentation.verdict?.kind
    if verdict == .moreThanContinuum {
      all.append(
        "A longer test of whether people really fall into separate groups; the short one was passed."
      )
    } else if verdict == .notStable {
      all.append("More people, or questions on which people differ more.")
    }
    if let fit = results.productFit {
      if let flip = fit.sensitivity.first(where: { !$0.newFirst.isEmpty }),
        let first = flip.newFirst.first
      {
        all.append(
          "An assumption: with \(flip.change) the \(label(of: first.product, in: fit)) would fit "
            + "\(name(of: first.segment, in: fit)) best.")
      }
      if fit.cells.contains(where: { $0.unknownRange != nil }) {
        all.append("Features that are not known: fits with a range may lie anywhere in it.")
      }
      let changes =
        fit.improvements.isEmpty ? fit.proposals.map(\.improvement) : fit.improvements
      if !changes.isEmpty, changes.allSatisfy({ $0.cost == nil }) {
        all.append("Costs of changes: none is declared, and with costs another may come first.")
      }
      if all.count < 2, !fit.sensitivity.isEmpty,
        fit.sensitivity.allSatisfy({ $0.newFirst.isEmpty })
      {
        all.append("Not a single assumption: each was varied, and the best fits stay the same.")
      }
    }
    if !stopsAdvice,
      results.segmentation.recommendation.contains(where: { $0.contains("largest number tried") })
    {
      all.append(
        "More segments: this is the largest number that was tried, and more may describe people better."
      )
    }
    return Array(all.prefix(3))
  }

  /// How many segments there are and how large.
  public var segmentClaim: String {
    let segments = results.segmentation.segments.sorted { $0.share > $1.share }
    guard segments.count > 1, let first = segments.first, let last = segments.last else {
      return whoIsThere
    }
    return
      "\(segments.count) segments, from \(first.name) (\(numbers.percent(first.share)) of people) "
      + "to \(last.name) (\(numbers.percent(last.share)))."
  }

  /// How to reach the segments that a channel reaches clearly better than everybody; `nil` without one.
  public var reachClaim: String? {
    let report = StudyReport(results, numbers: numbers)
    let parts = results.segmentation.segments.compactMap { segment -> (String, String)? in
      guard let best = report.bestChannels(of: segment.id).first, best.isClearlyAbove else {
        return nil
      }
      return (segment.name, best.label)
    }
    guard !parts.isEmpty else { return nil }
    return "Reach \(Findings.list(parts.prefix(3).map { "\($0.0) by \($0.1)" }))."
  }

  /// A sentence that begins with a capital letter.
  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// Parts of a list with a word before the last.
  static func list(_ parts: [String], _ word: String = "and") -> String {
    guard let last = parts.last else { return "" }
    return parts.count == 1
      ? last : parts.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  /// The change to make first, where one is beyond doubt the first or several are level.
  private func firstChange(_ fit: FitResult) -> String? {
    let isDeclared = !fit.improvements.isEmpty
    let all = isDeclared ? fit.improvements : fit.proposals.map(\.improvement)
    let clear = all.filter { $0.least > 1e-9 && $0.mayBeFirst }
    guard let best = clear.first else { return nil }
    let product = label(of: best.product, in: fit)
    guard clear.count == 1 else {
      let named = clear.prefix(2).map { changed($0, fit) }
      return clear.count == 2
        ? "Two changes are level as the first: \(Findings.list(named))."
        : "\(clear.count) changes are level as the first, among them \(Findings.list(named))."
    }
    return "Change the \(product) first: \(settings(best, fit)) "
      + "(\(numbers.signed(best.gain, decimals: 1)) points of fit on average across everyone)."
  }

  func changed(_ one: Improvement, _ fit: FitResult) -> String {
    "setting \(settings(one, fit)) for the \(label(of: one.product, in: fit))"
  }

  /// What is changed to what: "seats to 4 and price to 39,000 USD".
  private func settings(_ one: Improvement, _ fit: FitResult) -> String {
    Findings.list(one.set.map { "\(feature($0.feature)) to \(amount($0, fit))" })
  }

  /// A level with its unit.
  func amount(_ setting: FeatureSetting, _ fit: FitResult) -> String {
    let unit = fit.features.first { $0.name == setting.feature }?.unit ?? ""
    let text = numbers.level(setting.level)
    return Double(setting.level) != nil && !unit.isEmpty ? "\(text) \(unit)" : text
  }

  /// The products that are beyond doubt the best for segments.
  private func offers(_ fit: FitResult) -> String? {
    guard fit.products.count > 1 else { return nil }
    let clear = fit.segments.compactMap { segment -> (product: String, segment: String)? in
      let leaders = fit.leaders(in: segment.id)
      return leaders.count == 1 ? (leaders[0].product, segment.name) : nil
    }
    let parts = fit.products.compactMap { product -> String? in
      let segments = clear.filter { $0.product == product.name }.map(\.segment)
      guard !segments.isEmpty else { return nil }
      let told =
        segments.count > 2
        ? "\(segments.count) of \(fit.segments.count) segments"
        : Findings.list(segments)
      return "the \(product.label) to \(told)"
    }
    return parts.isEmpty || parts.count > 4
      ? nil : "Offer \(Findings.list(parts)): no other product fits them as well."
  }

  /// What can be said without products.
  private var plan: String {
    let segments = results.segmentation.segments
    guard segments.count > 1 else { return "Plan for one audience: everybody." }
    let sorted = segments.sorted { $0.share > $1.share }
    let named = sorted.prefix(3).map { "\($0.name) (\(numbers.percent($0.share)))" }
    return "Plan for \(segments.count) audiences"
      + (segments.count > 3
        ? ", among them \(Findings.list(named))." : ": \(Findings.list(named)).")
  }
}
