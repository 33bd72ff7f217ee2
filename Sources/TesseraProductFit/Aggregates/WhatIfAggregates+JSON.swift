import TesseraMath
public import TesseraStudy

extension WhatIfAggregates {
  /// The aggregates as the page's script reads them: short names, numbers rounded to what they
  /// carry.
  public var json: JSONValue {
    [
      "segments": segments.indices.map(segmentJSON), "needs": model.needs.map(needJSON),
      "features": model.features.indices.map(featureJSON),
      "products": model.products.indices.map(productJSON),
      "relations": (0..<model.needs.count).map { Array(model.relations.row($0)) },
      "barriers": JSONValue.array(zip(model.barriers, table.trees).map(barrierJSON)),
      "hits": table.features.map(hitJSON), "against": table.against,
      "burdens": JSONValue.array(
        channels.burdens.map { .array([.integer($0.need), .integer($0.feature)]) }),
      "groups": [
        "s": rows(table.shares), "w": rows(table.weights), "h": rows(table.bits),
        "a": table.holds.map(rows), "u": table.worths.map(rows),
      ] as JSONValue,
      "worths": JSONValue.array(
        worths.map { .array($0.map { .numbers($0.map { round($0, 1e12) }) }) }),
      "corrections": JSONValue.array(corrections.map { $0.map(correctionJSON) ?? .null }),
      "least": smallestGroup, "people": table.smallest, "damping": damping,
      "accuracy": accuracy.map(accuracyJSON), "between": between.map(accuracyJSON),
    ]
  }

  private func needJSON(_ need: FitNeed) -> JSONValue {
    ["label": need.label, "combine": need.combine.rawValue]
  }

  private func barrierJSON(_ barrier: FitBarrier, _ tree: HitTree) -> JSONValue {
    ["label": barrier.label, "strength": barrier.strength, "tree": treeJSON(tree)]
  }

  private func hitJSON(_ feature: HitFeature) -> JSONValue {
    var members: JSONValue = ["feature": feature.feature, "levels": feature.levels]
    switch feature.kind {
    case .steps(let cuts, let range):
      let pairs = cuts.map { cut -> JSONValue in
        .array([.number(cut.value), .integer(cut.isInclusive ? 1 : 0)])
      }
      members.add(["cuts": JSONValue.array(pairs)])
      if let range {
        members.add(["within": [range.lowerBound, range.upperBound]])
      }
    case .grid(let between):
      members.add(["worths": feature.worthLevels])
      switch between {
      case .line: break
      case .lower: members.add(["side": 0])
      case .upper: members.add(["side": 1])
      }
    }
    return members
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
    return [
      "id": segment.id, "name": segment.title, "share": segment.share,
      "part": parts.isEmpty ? JSONValue.null : .number(parts[position]),
      "w": needWeights[position].map { round($0, 1e12) },
    ]
  }

  private func productJSON(_ position: Int) -> JSONValue {
    let product = model.products[position]
    return [
      "name": product.name, "label": product.label,
      "levels": JSONValue.array(product.levels.map { $0.isNaN ? .null : .number($0) }),
      "fit": fits[position], "acceptance": acceptances[position],
      "offset": offsets[position].map { abs($0) < 1e-10 ? 0 : $0 },
    ]
  }

  private func featureJSON(_ position: Int) -> JSONValue {
    let feature = model.features[position]
    var members: JSONValue = ["name": feature.name, "label": feature.label, "unit": feature.unit]
    if let limits = feature.limits(catalogue: model.products.map { $0.levels[position] }) {
      members.add([
        "limits": [
          "positive": limits.isPositive, "whole": limits.isWhole,
          "span": [limits.span.lowerBound, limits.span.upperBound],
        ] as JSONValue
      ])
    }
    switch feature.value {
    case .linear(let from, let to):
      members.add(["value": JSONValue.array([.string("linear"), .number(from), .number(to)])])
    case .target(let target, let tolerance):
      members.add([
        "value": JSONValue.array([.string("target"), .number(target), .number(tolerance)])
      ])
    case .threshold(let from, let ramp):
      members.add(["value": JSONValue.array([.string("threshold"), .number(from), .number(ramp)])])
    case .rate(let from, let scale):
      members.add(["value": JSONValue.array([.string("rate"), .number(from), .number(scale)])])
    case .knots(let knots):
      members.add([
        "value": JSONValue.array(
          [.string("knots")] + knots.map { .array([.number($0.level), .number($0.value)]) })
      ])
    case .levels(let levels):
      members.add([
        "value": JSONValue.array([.string("levels")] + levels.map { .number($0.value) }),
        "names": levels.map(\.name),
      ])
    case .burden: members.add(["value": JSONValue.array([.string("burden")])])
    }
    if feature.levelNames.isEmpty {
      let range = sliderRange(position)
      members.add(["range": [range.low, range.high, range.step]])
    }
    return members
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
    [
      "base": correction.base.values.map { round($0, 1e12) },
      "singles": JSONValue.array(
        correction.singles.map { .array($0.map { entryJSON($0, digits: 1e12) }) }),
    ]
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
