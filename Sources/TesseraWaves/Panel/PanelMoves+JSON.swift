import TesseraSegmentation
public import TesseraStudy

extension PanelMoves {
  /// Ids of the segments, as everywhere.
  public var ids: [String] { (1...model.classCount).map { "S\($0)" } }

  /// What `tessera panel --json` prints.
  public var json: JSONValue {
    let intervals =
      replicates > 0 ? "95%, percentiles of \(replicates) replicates of people" : nil
    return [
      "schema": "tessera.panel/1", "times": JSONValue.array(times.map { .string($0) }),
      "people": people.all, "people_at_all_times": people.complete,
      "effective_people": effectiveSize, "rows": rows, "transitions": transitions.rawValue,
      "selection": JSONValue.array(candidates.map(Self.json)),
      "segments": JSONValue.array(ids.indices.map(segmentJSON)),
      "steps": JSONValue.array(steps.map(json)),
      "effects": JSONValue.array(effects.map(json)),
      "indicators": JSONValue.array(indicators.map(Self.json)),
      "intervals": intervals, "notes": JSONValue.array(notes.map { .string($0) }),
    ]
  }

  private static func json(_ one: Candidate) -> JSONValue {
    [
      "segments": one.segments, "log_likelihood": one.logLikelihood,
      "parameters": one.parameters, "bic": one.bic, "starts": one.starts.tried,
      "starts_at_best": one.starts.reached,
    ]
  }

  private static func json(_ one: IndicatorResult) -> JSONValue {
    [
      "name": one.name, "label": one.label, "level": one.level,
      "categories": JSONValue.array(one.categories.map { .string($0) }),
      "by_segment": JSONValue.array(
        one.bySegment.map { row in JSONValue.array(row.map { .number($0) }) }),
    ]
  }

  private func segmentJSON(_ place: Int) -> JSONValue {
    let rows = times.indices.map { time in
      Self.json(shares[time][place], "time", times[time])
    }
    return ["id": ids[place], "shares": JSONValue.array(rows)]
  }

  private func json(_ step: Step) -> JSONValue {
    let rows = step.chances.enumerated().map { from, row -> JSONValue in
      let to = row.map { row in
        JSONValue.array(
          row.enumerated().map { Self.json($0.element, "segment", ids[$0.offset]) })
      }
      return ["segment": ids[from], "to": to ?? .null]
    }
    return ["from": step.from, "to": step.to, "rows": JSONValue.array(rows)]
  }

  private func json(_ effect: Effect) -> JSONValue {
    let from = effect.from.map { place in ids[place] }
    return [
      "name": effect.name, "from": from, "segment": ids[effect.segment],
      "log_odds": effect.logOdds.value, "low": effect.logOdds.interval?.low,
      "high": effect.logOdds.interval?.high,
    ]
  }

  private static func json(_ estimate: Estimate, _ key: String, _ name: String) -> JSONValue {
    .object([
      (key, .string(name)), ("share", .number(estimate.value)),
      ("low", estimate.interval.map { .number($0.low) } ?? .null),
      ("high", estimate.interval.map { .number($0.high) } ?? .null),
    ])
  }
}
