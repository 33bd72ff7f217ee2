import TesseraProductFit
import TesseraStudy

extension QuestionReport {
  /// The findings of a study without products, one sentence for each kind of question.
  var sentences: [String] {
    [bestWorstSentence, driverSentence, kanoSentence, priceSentence].compactMap(\.self)
      + pricings.flatMap { [$0.lead] + $0.pricing.disagreements.prefix(1).map(numbers.amounts) }
      + [channelSentence].compactMap(\.self)
  }

  /// What a ladder of prices says in a study without products.
  var pricings: [PricingReport] {
    guard fit.products.isEmpty else { return [] }
    return fit.pricesByProduct.map { PricingReport($0, segments: fit.segments, numbers: numbers) }
      .filter { $0.chart != nil }
  }

  /// What best-worst tasks put first and last, as far as errors let it be told.
  private var bestWorstSentence: String? {
    let names = FitNames(study: study, fit: fit)
    let items = fit.bestWorst.filter { $0.segment == nil && $0.utility != nil }
      .sorted { ($0.share ?? $0.utility ?? 0) > ($1.share ?? $1.utility ?? 0) }
    guard items.count > 1, let first = items.first, let last = items.last else { return nil }
    func isLevel(_ one: BestWorstSummary, _ other: BestWorstSummary) -> Bool {
      let error =
        ((one.clusteredSE ?? 0) * (one.clusteredSE ?? 0)
        + (other.clusteredSE ?? 0) * (other.clusteredSE ?? 0)).squareRoot()
      return abs((one.utility ?? 0) - (other.utility ?? 0)) < 1.96 * error
    }
    guard !isLevel(first, last) else {
      return "None of the \(items.count) items clearly matters more than the others."
    }
    let leaders = items.filter { isLevel(first, $0) }
    func told(_ item: BestWorstSummary) -> String {
      let share = item.share.map { " (\(numbers.percent($0)) would take it first)" } ?? ""
      return "\(names.need(item.need))\(share)"
    }
    guard leaders.count < 4 else {
      return "Of \(items.count) items none clearly matters most; \(told(last)) matters least."
    }
    return "Of \(items.count) items \(Findings.list(leaders.map(told))) "
      + "\(leaders.count == 1 ? "matters" : "matter") most and \(told(last)) least."
  }

  /// What goes with the overall rating most.
  private var driverSentence: String? {
    guard let all = fit.drivers.first(where: { $0.segment == nil }),
      let found = all.importance, found.r2 > 0
    else { return nil }
    let order = all.drivers.indices.sorted { found.johnson[$0] > found.johnson[$1] }
    guard order.count > 1, let first = order.first else { return nil }
    let rest =
      "\(order.count == 2 ? "both" : "all \(order.count)") together explain "
      + "\(numbers.percent(found.r2)) of its differences"
    let errors = all.johnsonErrors.count == order.count ? all.johnsonErrors : []
    let error =
      errors.isEmpty
      ? 0 : (errors[first] * errors[first] + errors[order[1]] * errors[order[1]]).squareRoot()
    guard found.johnson[first] - found.johnson[order[1]] > 1.96 * error else {
      return order.count == 2
        ? "Neither driver clearly counts more for the overall rating: \(all.labels[first]) and "
          + "\(all.labels[order[1]]) together explain \(numbers.percent(found.r2)) of its differences."
        : "No driver clearly counts most for the overall rating; \(all.labels[first]) and "
          + "\(all.labels[order[1]]) come first, and \(rest)."
    }
    let verb = found.correlations[first] < 0 ? "falls most with more of" : "goes most with"
    return "The overall rating \(verb) \(all.labels[first]) "
      + "(\(numbers.percent(found.johnson[first] / found.r2)) of what is explained); \(rest)."
  }

  /// What must be there and what delights, where one kind clearly leads.
  private var kanoSentence: String? {
    let all = fit.kano.filter { $0.segment == nil && $0.table != nil }
    guard !all.isEmpty else { return nil }
    func clear(_ kind: KanoKind) -> [String] {
      all.filter { $0.table?.mode == kind && $0.table?.fong.isClear == true }.map(\.label)
    }
    let kinds: [(kind: KanoKind, words: String)] = [
      (.mustBe, "taken for granted"), (.oneDimensional, "the more the better"),
      (.attractive, "a delight"), (.indifferent, "makes no difference"), (.reverse, "not wanted"),
    ]
    let parts = kinds.compactMap { kind, words in
      let labels = clear(kind)
      return labels.isEmpty ? nil : "\(words): \(Findings.list(labels))"
    }
    guard !parts.isEmpty else {
      return all.count == 1
        ? "No kind of Kano's clearly leads for \(all[0].label)."
        : "No kind of Kano's clearly leads for any of the \(all.count) features."
    }
    return Findings.capitalised(parts.joined(separator: "; ")) + "."
  }

  /// Which prices are acceptable.
  private var priceSentence: String? {
    guard let prices = fit.prices.first(where: { $0.segment == nil }), let points = prices.points
    else { return nil }
    let decimals = NumberStyle.decimals(of: points.all)
    let range = points.range(prices.definition)
    func price(_ value: Double) -> String { numbers.number(value, decimals: decimals) }
    return
      "Prices from \(price(range.low)) to \(price(range.high)) are acceptable; the optimal price "
      + "point is \(price(points.optimal)) (van Westendorp, "
      + "\(prices.definition.rawValue) range, n = \(numbers.number(prices.valid)))."
  }

  /// The set of channels that reaches most people; `nil` without one.
  var channelSentence: String? {
    let names = FitNames(study: study, fit: fit)
    let sets = fit.reachSets.filter { $0.kind == .channels && $0.segment == nil }
    guard let set = sets.first(where: { $0.items.count == 2 }) ?? sets.first, set.reach != nil
    else { return nil }
    func told(_ items: [String]) -> String {
      items.map { names.channel($0) }.joined(separator: " and ")
    }
    let forced = study.reach.force.filter(set.items.contains)
    let excluded = study.reach.exclude.filter { name in fit.channels.contains { $0.channel == name }
    }
    let bounds = [
      forced.isEmpty ? nil : "with \(told(forced)) always taken",
      excluded.isEmpty ? nil : "without \(told(excluded))",
    ].compactMap(\.self).joined(separator: " and ")
    let opening = bounds.isEmpty ? "" : Findings.capitalised(bounds) + ", "
    let level = set.runnersUp.filter(\.isLevel).prefix(2)
    let kind = set.items.count == 1 ? "channel" : "\(set.items.count) channels together"
    guard level.isEmpty else {
      let all = [(told(set.items), set.reach)] + level.map { (told($0.items), $0.reach) }
      let named = set.items.count == 1 ? "channel" : "\(set.items.count) channels"
      return opening + (bounds.isEmpty ? "No" : "no") + " \(named) clearly come"
        + "\(set.items.count == 1 ? "s" : "") first: "
        + Findings.list(
          all.map {
            "\($0.0) \(set.items.count == 1 ? "reaches" : "reach") \(numbers.percent($0.1))"
          }) + "."
    }
    return opening + (bounds.isEmpty ? "O" : "o")
      + "f any \(kind) \(told(set.items)) \(set.items.count == 1 ? "reaches" : "reach") most people: "
      + "\(numbers.percent(set.reach))."
  }
}
