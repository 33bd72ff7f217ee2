import TesseraMath
public import TesseraStudy

extension WhatIfAggregates {
  /// The aggregates as the page's script reads them: short names, numbers rounded to what they
  /// carry.
  public var json: JSONValue {
    .object([
      ("segments", .array(segments.indices.map(segmentJSON))),
      ("needs", .array(model.needs.map(needJSON))),
      ("features", .array(model.features.indices.map(featureJSON))),
      ("products", .array(model.products.indices.map(productJSON))),
      (
        "relations",
        .array((0..<model.needs.count).map { .numbers(Array(model.relations.row($0))) })
      ),
      ("barriers", .array(zip(model.barriers, table.trees).map(barrierJSON))),
      ("hits", .array(table.features.map(hitJSON))),
      ("against", .array(table.against.map { .integer($0) })),
      (
        "burdens",
        .array(channels.burdens.map { .array([.integer($0.need), .integer($0.feature)]) })
      ),
      (
        "groups",
        .object([
          ("s", rows(table.shares)), ("w", rows(table.weights)), ("h", rows(table.bits)),
          ("a", .array(table.holds.map(rows))), ("u", .array(table.worths.map(rows))),
        ])
      ),
      ("worths", .array(worths.map { .array($0.map { .numbers($0.map { round($0, 1e12) }) }) })),
      ("corrections", .array(corrections.map { $0.map(correctionJSON) ?? .null })),
      ("least", .integer(smallestGroup)),
      ("people", .number(table.smallest)),
      ("damping", .numbers(damping)),
      ("accuracy", .array(accuracy.map(accuracyJSON))),
      ("between", between.map(accuracyJSON) ?? .null),
    ])
  }

  private func needJSON(_ need: FitNeed) -> JSONValue {
    .object([("label", .string(need.label)), ("combine", .string(need.combine.rawValue))])
  }

  private func barrierJSON(_ barrier: FitBarrier, _ tree: HitTree) -> JSONValue {
    .object([
      ("label", .string(barrier.label)), ("strength", .number(barrier.strength)),
      ("tree", treeJSON(tree)),
    ])
  }

  private func hitJSON(_ feature: HitFeature) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("feature", .integer(feature.feature)), ("levels", .numbers(feature.levels)),
    ]
    switch feature.kind {
    case .steps(let cuts, let range):
      let pairs = cuts.map { cut -> JSONValue in
        .array([.number(cut.value), .integer(cut.isInclusive ? 1 : 0)])
      }
      members.append(("cuts", .array(pairs)))
      if let range {
        members.append(("within", .numbers([range.lowerBound, range.upperBound])))
      }
    case .grid(let between):
      members.append(("worths", .numbers(feature.worthLevels)))
      switch between {
      case .line: break
      case .lower: members.append(("side", .integer(0)))
      case .upper: members.append(("side", .integer(1)))
      }
    }
    return .object(members)
  }

  private func accuracyJSON(_ one: Accuracy) -> JSONValue {
    .array([
      .integer(one.changes), .integer(one.edits), .number(round(one.usual, 1e4)),
      .number(round(one.largest, 1e4)),
      one.overall.usual.isFinite ? .number(round(one.overall.usual, 1e4)) : .null,
      one.overall.largest.isFinite ? .number(round(one.overall.largest, 1e4)) : .null,
    ])
  }

  private func segmentJSON(_ position: Int) -> JSONValue {
    let segment = segments[position]
    return .object([
      ("id", .string(segment.id)),
      ("name", .string(segment.title)),
      ("share", .number(segment.share)),
      ("part", parts.isEmpty ? .null : .number(parts[position])),
      ("w", .numbers(needWeights[position].map { round($0, 1e12) })),
    ])
  }

  private func productJSON(_ position: Int) -> JSONValue {
    let product = model.products[position]
    return .object([
      ("name", .string(product.name)), ("label", .string(product.label)),
      ("levels", .array(product.levels.map { $0.isNaN ? .null : .number($0) })),
      ("fit", .numbers(fits[position])), ("acceptance", .numbers(acceptances[position])),
      ("offset", .numbers(offsets[position].map { abs($0) < 1e-10 ? 0 : $0 })),
    ])
  }

  private func featureJSON(_ position: Int) -> JSONValue {
    let feature = model.features[position]
    var members: [(String, JSONValue)] = [
      ("name", .string(feature.name)), ("label", .string(feature.label)),
      ("unit", .string(feature.unit)),
    ]
    if let limits = feature.limits(catalogue: model.products.map { $0.levels[position] }) {
      members.append(
        (
          "limits",
          .object([
            ("positive", .bool(limits.isPositive)), ("whole", .bool(limits.isWhole)),
            ("span", .numbers([limits.span.lowerBound, limits.span.upperBound])),
          ])
        ))
    }
    switch feature.value {
    case .linear(let from, let to):
      members.append(("value", .array([.string("linear"), .number(from), .number(to)])))
    case .target(let target, let tolerance):
      members.append(("value", .array([.string("target"), .number(target), .number(tolerance)])))
    case .threshold(let from, let ramp):
      members.append(("value", .array([.string("threshold"), .number(from), .number(ramp)])))
    case .rate(let from, let scale):
      members.append(("value", .array([.string("rate"), .number(from), .number(scale)])))
    case .knots(let knots):
      members.append(
        (
          "value",
          .array(
            [.string("knots")] + knots.map { .array([.number($0.level), .number($0.value)]) })
        ))
    case .levels(let levels):
      members.append(("value", .array([.string("levels")] + levels.map { .number($0.value) })))
      members.append(("names", .strings(levels.map(\.name))))
    case .burden: members.append(("value", .array([.string("burden")])))
    }
    if feature.levelNames.isEmpty {
      let range = sliderRange(position)
      members.append(("range", .numbers([range.low, range.high, range.step])))
    }
    return .object(members)
  }

  /// Where a slider begins and ends, and how far it moves.
  private func sliderRange(_ position: Int) -> (low: Double, high: Double, step: Double) {
    let feature = model.features[position]
    var levels = model.products.map { $0.levels[position] }.filter(\.isFinite)
    if let range = feature.range { levels += [range.lowerBound, range.upperBound] }
    if let hit = table.features.first(where: { $0.feature == position }), hit.isGrid {
      levels += hit.levels
    }
    let low = levels.min() ?? 0
    let high = max(levels.max() ?? 1, low)
    guard high > low else { return (low - 1, high + 1, 0.1) }
    let isWhole = levels.allSatisfy { $0 == $0.rounded() }
    let step = HitFeatures.roundStep((high - low) / 200)
    let least = isWhole && high - low <= 400 ? max(1, step) : step
    return ((low / least).rounded(.down) * least, (high / least).rounded(.up) * least, least)
  }

  private func treeJSON(_ tree: HitTree) -> JSONValue {
    switch tree {
    case .bit(let bit): .array([.string("bit"), .integer(bit)])
    case .level(let feature, let comparison, let bound):
      .array([
        .string("level"), .integer(feature), .string(comparison.rawValue), .number(bound),
      ])
    case .against(let number): .array([.string("against"), .integer(number)])
    case .unknown(let feature, let isTrue):
      .array([.string("unknown"), .integer(feature), .bool(isTrue)])
    case .all(let parts): .array([.string("all")] + parts.map(treeJSON))
    case .any(let parts): .array([.string("any")] + parts.map(treeJSON))
    }
  }

  private func correctionJSON(_ correction: StateCorrections) -> JSONValue {
    .object([
      ("base", .numbers(correction.base.values.map { round($0, 1e12) })),
      (
        "singles",
        .array(correction.singles.map { .array($0.map { entryJSON($0, digits: 1e12) }) })
      ),
    ])
  }

  /// A correction, with the segments for which it is not exact before it.
  private func entryJSON(_ entry: StateCorrections.Entry?, digits: Double) -> JSONValue {
    guard let entry else { return .null }
    if entry.isTold.allSatisfy({ $0 }), entry.values.values.allSatisfy({ round($0, digits) == 0 }) {
      return .integer(0)
    }
    let untold = entry.isTold.indices.filter { !entry.isTold[$0] }
    return .array([
      .array(untold.map { .integer($0) }),
      .array(
        entry.values.values.enumerated().map { place, value in
          .number(round(value, entry.isTold[place % entry.values.columns] ? digits : 1e6))
        }),
    ])
  }

  private func rows(_ values: [[Double]]) -> JSONValue { .array(values.map { .numbers($0) }) }

  private func round(_ value: Double, _ digits: Double) -> Double {
    let rounded = (value * digits).rounded() / digits
    return rounded == 0 ? 0 : rounded
  }
}
