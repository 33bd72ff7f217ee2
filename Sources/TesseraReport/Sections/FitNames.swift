public import TesseraProductFit
import TesseraStudy

extension FitResult {
  /// A cost with its unit, that of the price which is weighed against incomes; without one where no
  /// such price says it.
  func told(cost: Double?, _ numbers: NumberStyle) -> String {
    numbers.number(cost) + (costUnit.isEmpty ? "" : " \(costUnit)")
  }

  /// The unit of costs; empty where no price says it.
  var costUnit: String {
    let units = Set(features.filter(\.isMoney).map(\.unit))
    return units.count == 1 ? units.first ?? "" : ""
  }
}

/// What segments, products, needs, features and barriers are called in sentences.
struct FitNames {
  private let study: StudyFile
  private let fit: FitResult

  /// Looks names up in a study and its fit.
  init(study: StudyFile, fit: FitResult) {
    self.study = study
    self.fit = fit
  }

  /// The segment's name.
  func segment(_ id: String) -> String {
    fit.segments.first { $0.id == id }?.title ?? id
  }

  /// A share of a segment's people, which on a small base tells of none and all of them no more than
  /// "under 10%" and "over 90%".
  func percent(_ share: Double?, of segment: String, _ numbers: NumberStyle) -> String {
    numbers.percent(share, isSmall: fit.isSmall(segment))
  }

  /// The product's label.
  func product(_ name: String) -> String {
    fit.products.first { $0.name == name }?.label ?? name
  }

  /// The need's label.
  func need(_ name: String) -> String {
    study.needs.first { $0.name == name }?.label ?? name
  }

  /// The feature's label.
  func feature(_ name: String) -> String {
    study.features.first { $0.name == name }?.label ?? name
  }

  /// The barrier as a reader sees it, with its strength.
  func summary(ofBarrier name: String) -> BarrierSummary {
    fit.barriers.first { $0.name == name }
      ?? study.barriers.first { $0.name == name }.map {
        BarrierSummary(name: name, label: $0.label, strength: $0.strength)
      } ?? BarrierSummary(name: name, label: name)
  }

  /// The barrier's label.
  func barrier(_ name: String) -> String {
    study.barriers.first { $0.name == name }?.label ?? name
  }

  /// The channel's label.
  func channel(_ name: String) -> String {
    fit.channels.first { $0.channel == name }?.label ?? name
  }

  /// Everybody, then the segments: the columns of a table.
  var audiences: [(id: String?, title: String)] {
    [(nil, "Everybody")] + fit.segments.map { ($0.id, segment($0.id)) }
  }

  /// What a change is called: by its own label, or by what it sets.
  func change(_ one: Improvement, numbers: NumberStyle) -> String {
    if let edit = study.edits.first(where: { $0.name == one.name && $0.label != $0.name }),
      !edit.label.isEmpty
    {
      return edit.label
    }
    let settings = one.set.map { "\(feature($0.feature)) \(level($0, numbers: numbers))" }
    return "\(product(one.product)): \(settings.joined(separator: ", "))"
  }

  /// What a change is called with its cost, and what it gains for that where changes are ranked so.
  func priced(_ one: Improvement, isByCost: Bool, numbers: NumberStyle) -> String {
    let name = Findings.capitalised(change(one, numbers: numbers))
    guard let cost = one.cost else { return name }
    let each =
      isByCost && cost >= 100
      ? " (\(numbers.number(1000 * one.gain / cost, decimals: 1)) points per 1,000)" : ""
    return "\(name); cost \(fit.told(cost: cost, numbers))\(each)"
  }

  /// A level with its unit.
  func level(_ setting: FeatureSetting, numbers: NumberStyle) -> String {
    let unit = fit.features.first { $0.name == setting.feature }?.unit ?? ""
    let text = numbers.level(setting.level)
    return Double(setting.level) != nil && !unit.isEmpty ? "\(text) \(unit)" : text
  }

  /// What is behind a mismatch.
  func cause(_ cause: Mismatch.Cause) -> String {
    switch cause {
    case .need(let name): need(name)
    case .barrier(let name): barrier(name)
    }
  }
}

extension NumberStyle {
  /// How sure a fit is: its interval, or the range that unknown features leave where that is wider.
  ///
  /// - Parameters:
  ///   - cell: A segment with a product.
  ///   - decimals: Digits behind the decimal mark.
  /// - Returns: Such as "95% interval 12 to 34" or "anything from 12 to 80: features are unknown"; `nil`
  ///   where the interval rounds to the number itself.
  func range(of cell: FitCell, decimals: Int = 0) -> String? {
    guard let range = cell.unknownRange else {
      guard number(cell.low, decimals: decimals) != number(cell.high, decimals: decimals) else {
        return nil
      }
      return "95% interval \(interval(cell.low, cell.high, decimals: decimals))"
    }
    return "anything from \(interval(range.low, range.high, decimals: decimals)): "
      + (cell.boundsAreOuter ? "features are unknown, at most so wide" : "features are unknown")
  }

  /// The same in few letters, for tables: "12 to 34", or "12 to 80 (unknown)".
  func shortRange(of cell: FitCell, decimals: Int = 0) -> String {
    shortRange(
      cell.unknownRange, isOuter: cell.boundsAreOuter,
      else: interval(cell.low, cell.high, decimals: decimals), decimals)
  }

  /// How sure a gain over everybody is: its interval, or the range that unknown features leave.
  public func range(of gain: Improvement, decimals: Int = 1) -> String {
    guard let range = gain.unknownRange else {
      // Where everybody gains the same nothing varies.
      return number(gain.low, decimals: decimals) == number(gain.high, decimals: decimals)
        ? "the same for everybody"
        : "95% interval \(interval(gain.low, gain.high, decimals: decimals))"
    }
    return "anything from \(interval(range.low, range.high, decimals: decimals)): "
      + (gain.boundsAreOuter ? "features are unknown, at most so wide" : "features are unknown")
  }

  /// How sure a gain over everybody is, in few letters: "1.2 to 3.4", or "−2 to 5 (unknown)".
  public func shortRange(of gain: Improvement, decimals: Int = 1) -> String {
    shortRange(
      gain.unknownRange, isOuter: gain.boundsAreOuter,
      else: interval(gain.low, gain.high, decimals: decimals), decimals)
  }

  /// How sure the gain of a segment is.
  public func shortRange(
    of gain: Improvement.SegmentGain, isOuter: Bool, decimals: Int = 1
  ) -> String {
    shortRange(
      gain.unknownRange, isOuter: isOuter,
      else: interval(gain.low, gain.high, decimals: decimals), decimals)
  }

  private func shortRange(
    _ range: (low: Double, high: Double)?, isOuter: Bool, else interval: String, _ decimals: Int
  ) -> String {
    guard let range else { return interval }
    return self.interval(range.low, range.high, decimals: decimals)
      + (isOuter ? " (unknown, outer)" : " (unknown)")
  }
}
