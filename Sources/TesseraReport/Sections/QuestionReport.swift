public import TesseraProductFit
public import TesseraStudy

/// What can be told without any product: needs, channels, drivers, Kano's kinds and price points.
public struct QuestionReport: Sendable {
  let study: StudyFile
  let fit: FitResult
  let numbers: NumberStyle

  /// Prepares the sections.
  ///
  /// - Parameters:
  ///   - study: What the study declared.
  ///   - fit: What was computed.
  ///   - numbers: How numbers are written.
  public init(study: StudyFile, fit: FitResult, numbers: NumberStyle = .english) {
    self.study = study
    self.fit = fit
    self.numbers = numbers
  }

  /// The sections, as far as they were asked.
  public var sections: [ReportSection] {
    [needWeightSection(), bestSetsSection(), questionSection()].compactMap { $0 }
  }

  /// The audiences of a table: everybody, then the segments.
  func audiences(_ fit: FitResult) -> [(id: String?, title: String)] {
    FitNames(study: study, fit: fit).audiences
  }

  /// How much needs weigh, where no product is scored by them.
  func needWeightSection() -> ReportSection? {
    guard fit.products.isEmpty, fit.needWeights.contains(where: { $0.weight != nil }) else {
      return nil
    }
    let names = FitNames(study: study, fit: fit)
    let audiences = audiences(fit)
    return ReportSection(
      id: "needs", title: "What matters to them",
      blocks: [
        .table(
          ReportTable(
            id: "need-weights", caption: "Weight of each need (shares that sum to 100%)",
            columns: [.init("Need")] + audiences.map { .init($0.title, isNumeric: true) },
            rows: fit.needs.map { need in
              [.init(RichText(names.need(need.name)), isHeader: true)]
                + audiences.map { audience in
                  let one = fit.needWeights.first {
                    $0.segment == audience.id && $0.need == need.name
                  }
                  return .init(
                    RichText(numbers.percent(one?.weight, decimals: 1)), value: one?.weight,
                    hint: one?.weightSE.map {
                      "standard error \(numbers.percent($0, decimals: 1))"
                    } ?? "", shade: one?.weight.map { .sequential($0) } ?? .none)
                }
            }))
      ])
  }

  /// The findings of a study without products, one sentence for each kind of question.
  var sentences: [String] {
    var all: [String] = []
    if let prices = fit.prices.first(where: { $0.segment == nil }), let points = prices.points {
      let decimals = points.marginalExpensiveness < 100 ? 2 : 0
      let range = points.range(prices.definition)
      func price(_ value: Double) -> String { numbers.number(value, decimals: decimals) }
      all.append(
        "Prices from \(price(range.low)) to \(price(range.high)) are acceptable; the optimal price "
          + "point is \(price(points.optimal)) (van Westendorp, "
          + "\(prices.definition.rawValue) range, n = \(numbers.number(prices.valid))).")
    }
    if let channelSentence { all.append(channelSentence) }
    return all
  }

  /// The set of channels that reaches most people; `nil` without one.
  var channelSentence: String? {
    let names = FitNames(study: study, fit: fit)
    let sets = fit.reachSets.filter { $0.kind == .channels && $0.segment == nil }
    guard let set = sets.first(where: { $0.items.count == 2 }) ?? sets.first, set.reach != nil
    else { return nil }
    let level = set.runnersUp.filter(\.isLevel).prefix(2)
    if !level.isEmpty {
      let all = ([set.items] + level.map(\.items)).map {
        $0.map { names.channel($0) }.joined(separator: " and ")
      }
      return "No \(set.items.count == 1 ? "channel" : "\(set.items.count) channels") clearly "
        + "\(set.items.count == 1 ? "reaches" : "reach") most people: "
        + "\(all.joined(separator: ", or ")) (about \(numbers.percent(set.reach)))."
    }
    return "Of \(set.items.count == 1 ? "single channels" : "any \(set.items.count) channels") "
      + "\(set.items.map { names.channel($0) }.joined(separator: " and ")) reach most people: "
      + "\(numbers.percent(set.reach))."
  }
}
