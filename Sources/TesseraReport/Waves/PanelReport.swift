import Foundation
import TesseraStudy
public import TesseraWaves

/// People asked several times, as a report of its own: which segments there are, and who moves where.
public struct PanelReport: Sendable {
  let moves: PanelMoves
  let numbers: NumberStyle
  /// Names of the files it was made from.
  let sources: [String]

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - moves: Who moves where.
  ///   - sources: Names of the files it was made from.
  ///   - numbers: How numbers are written.
  public init(_ moves: PanelMoves, sources: [String], numbers: NumberStyle = .english) {
    self.moves = moves
    self.sources = sources
    self.numbers = numbers
  }

  /// The report, ready for any writer.
  public var document: ReportDocument {
    ReportDocument(
      title: "Who moves between \(moves.ids.count) segments",
      subtitle: people,
      sections: [
        ReportSection(
          id: "answer", title: "Who moves where", claim: headline,
          blocks: moves.steps.indices.map { .chart(flow($0)) }
            + moves.notes.map { .note(.info, RichText($0)) }),
        ReportSection(
          id: "chances", title: "Chances to move",
          blocks: moves.steps.indices.map { .table(chances($0)) }),
        ReportSection(id: "shares", title: "Segments over time", blocks: [.chart(sharesChart)]),
        moves.effects.isEmpty
          ? nil
          : ReportSection(id: "effects", title: "What goes with moving", blocks: [.table(effects)]),
        ReportSection(
          id: "profiles", title: "What the segments answer", blocks: [.table(profiles)]),
        ReportSection(id: "method", title: "How this was computed", blocks: method),
      ].compactMap { $0 },
      footer: "Made by Tessera from \(sources.joined(separator: ", ")).")
  }

  /// What a terminal shows.
  public var summary: [Block] {
    [.lead(RichText(headline + ".")), .paragraph(RichText(people + ".")), .table(candidates)]
      + [.table(shares)] + moves.steps.indices.map { .table(chances($0)) }
      + (moves.effects.isEmpty ? [] : [.table(effects)]) + [.table(profiles)]
  }

  private var people: String {
    func count(_ value: Int) -> String { numbers.number(Double(value)) }
    return "\(count(moves.people.all)) people at \(moves.times.count) times "
      + "(\(count(moves.people.complete)) at all of them), \(count(moves.rows)) rows of answers"
  }

  // MARK: - Sentences

  /// The first sentence: how many stay, and the largest move.
  public var headline: String {
    guard moves.ids.count > 1, let step = moves.steps.first else {
      return "One segment: nobody can move"
    }
    let from = moves.shares[0]
    let known = step.chances.indices.filter { step.chances[$0] != nil }
    let (mass, stay) = known.reduce(into: (0.0, 0.0)) { sums, place in
      sums.0 += from[place].value
      sums.1 += from[place].value * (step.chances[place]?[place].value ?? 0)
    }
    guard mass > 0 else { return "Too few people were seen twice to say who moves" }
    let told = isConstant ? "from one time to the next" : "from \(step.from) to \(step.to)"
    let start = "\(numbers.percent(stay / mass)) stay in their segment \(told)"
    guard let move = largest(step) else { return start }
    return start + "; the largest move is from \(moves.ids[move.from]) to \(moves.ids[move.to]), "
      + "\(percent(move.chance)) of \(moves.ids[move.from])"
  }

  /// The move that the greatest part of a segment makes, if its interval lies above all others'.
  private func largest(
    _ step: PanelMoves.Step
  ) -> (from: Int, to: Int, chance: PanelMoves.Estimate)? {
    let all = step.chances.enumerated().flatMap { from, row in
      (row ?? []).enumerated().filter { $0.offset != from }.map {
        (from: from, to: $0.offset, chance: $0.element)
      }
    }
    guard let best = all.max(by: { $0.chance.value < $1.chance.value }),
      let low = best.chance.interval?.low, low > 0
    else { return nil }
    let others = all.filter { ($0.from, $0.to) != (best.from, best.to) }
    return others.allSatisfy { ($0.chance.interval?.high ?? 1) < low } ? best : nil
  }

  private var isConstant: Bool { moves.steps.count == 1 && moves.times.count > 2 }

  private func percent(_ estimate: PanelMoves.Estimate) -> String {
    let own = numbers.percent(estimate.value)
    guard let ends = estimate.interval else { return own }
    return "\(own) (\(numbers.percent(ends.low)) to \(numbers.percent(ends.high)))"
  }

  private var method: [Block] {
    let intervals =
      moves.replicates > 0
      ? "Intervals hold 95%: people were drawn again \(numbers.number(Double(moves.replicates))) times, "
        + "whole, with their strata and clusters, and the model was fitted to each draw. "
      : ""
    return [
      .table(candidates),
      .paragraph(
        RichText(
          "A latent transition (hidden Markov) model: at each time a person belongs to a segment that means "
            + "the same throughout, and moves with chances that are estimated; answers depend on the segment "
            + "of the time alone. Times at which somebody was not asked, and questions without an answer, say "
            + "nothing. The number of segments has the least BIC on the effective number of people, "
            + "\(numbers.number(moves.effectiveSize)). \(intervals)Moves from segments of too few people are "
            + "not shown.")),
      .paragraph(
        RichText(
          "Sources: Collins and Lanza (2010), Latent Class and Latent Transition Analysis; Bartolucci, "
            + "Farcomeni and Pennoni (2013), Latent Markov Models for Longitudinal Data.")),
    ]
  }

  // MARK: - Tables

  private var candidates: ReportTable {
    ReportTable(
      id: "candidates", caption: "Numbers of segments compared",
      columns: [.init("Segments")]
        + ["Log-likelihood", "Parameters", "BIC", "Starts at the best"].map {
          .init($0, isNumeric: true)
        },
      rows: moves.candidates.map { one in
        let isChosen = one.segments == moves.ids.count
        return [
          .init(RichText("\(one.segments)" + (isChosen ? " (chosen)" : "")), isHeader: true),
          .number(one.logLikelihood, numbers, decimals: 2),
          .number(Double(one.parameters), numbers), .number(one.bic, numbers, decimals: 2),
          .init(RichText("\(one.starts.reached) of \(one.starts.tried)")),
        ]
      })
  }

  private var shares: ReportTable {
    ReportTable(
      id: "shares", caption: "Share of each segment, with its 95% interval",
      columns: [.init("Segment")] + moves.times.map { .init($0, isNumeric: true) },
      rows: moves.ids.indices.map { place in
        [.init(RichText(moves.ids[place]), isHeader: true)]
          + moves.times.indices.map { time in
            let share = moves.shares[time][place]
            return .init(RichText(percent(share)), value: share.value)
          }
      })
  }

  private func chances(_ place: Int) -> ReportTable {
    let step = moves.steps[place]
    return ReportTable(
      id: "moves-\(place + 1)",
      caption: isConstant
        ? "Of those in a segment (row) at one time, where they are the next time"
        : "Of those in a segment (row) in \(step.from), where they are in \(step.to)",
      columns: [.init("From")] + moves.ids.map { .init("to \($0)", isNumeric: true) },
      rows: zip(moves.ids, step.chances).map { id, row in
        [.init(RichText(id), isHeader: true)]
          + (row?.map { chance in
            .init(
              RichText(percent(chance)), value: chance.value, shade: .sequential(chance.value))
          } ?? moves.ids.map { _ in .init("too few") })
      }, notes: ["Each row adds up to 100%; in brackets the 95% interval."])
  }

  private var effects: ReportTable {
    func ratio(_ value: Double) -> String { numbers.number(exp(value), decimals: 2) }
    return ReportTable(
      id: "effects", caption: "Odds ratio for one unit more, with its 95% interval",
      columns: [.init("Covariate"), .init("Odds of"), .init("Ratio", isNumeric: true)],
      rows: moves.effects.map { effect in
        let to = moves.ids[effect.segment]
        let odds = effect.from.map { "\(moves.ids[$0]) to \(to), against staying" }
        let ends = effect.logOdds.interval.map { " (\(ratio($0.low)) to \(ratio($0.high)))" }
        return [
          .init(RichText(effect.name), isHeader: true),
          .init(RichText(odds ?? "\(to) at first, against \(moves.ids[0])")),
          .init(
            RichText(ratio(effect.logOdds.value) + (ends ?? "")), value: exp(effect.logOdds.value)),
        ]
      })
  }

  private var profiles: ReportTable {
    ReportTable(
      id: "profiles", caption: "What the segments answer, at any time",
      columns: [.init("Question"), .init("Answer")]
        + moves.ids.map { .init($0, isNumeric: true) },
      rows: moves.indicators.flatMap { one -> [[ReportTable.Cell]] in
        let label = ReportTable.Cell(RichText(one.label), isHeader: true)
        guard !one.categories.isEmpty else {
          return [
            [label, .init("mean")]
              + one.bySegment.map { .number($0.first, numbers, decimals: 2) }
          ]
        }
        return one.categories.enumerated().map { place, category in
          [place == 0 ? label : .init("", isHeader: true), .init(RichText(category))]
            + one.bySegment.map { row in
              .percent(row[place], numbers, shade: .sequential(row[place]))
            }
        }
      })
  }

  // MARK: - Charts

  private func flow(_ place: Int) -> Chart {
    let step = moves.steps[place]
    let (before, after) = (moves.shares[place], moves.shares[place + 1])
    let flows = before.indices.map { from in
      before.indices.map { to in
        step.chances[from].map { before[from].value * $0[to].value }
      }
    }
    func side(_ time: Int, _ values: [PanelMoves.Estimate]) -> SegmentFlowChart.Side {
      .init(
        title: moves.times[time], names: moves.ids, shares: values.map(\.value),
        colours: Array(moves.ids.indices))
    }
    let drawing = SegmentFlowChart(
      left: side(place, before), right: side(place + 1, after), flows: flows, numbers: numbers)
    let title =
      largest(step).map {
        "The largest move: \(numbers.percent($0.chance.value)) of \(moves.ids[$0.from]) go to "
          + moves.ids[$0.to]
      } ?? "Where people are \(isConstant ? "the next time" : "in \(step.to)")"
    return Chart(
      id: "moves-\(place + 1)", title: title,
      subtitle: "Bands are people, from their segment in \(moves.times[place]) to that in "
        + "\(moves.times[place + 1]); heights are shares of everybody.",
      description: "Flows of people between segments",
      svg: drawing.svg(description: "Flows of people between segments"),
      vegaLite: VegaLite.specification(
        values: flows.enumerated().flatMap { from, cells in
          cells.enumerated().compactMap { to, share in
            share.map {
              ["from": moves.ids[from], "to": moves.ids[to], "share": $0] as JSONValue
            }
          }
        }, mark: "rect",
        encoding: [
          "x": .nominal("to"), "y": .nominal("from"), "color": .quantitative("share"),
        ]), table: chances(place))
  }

  private var sharesChart: Chart {
    let drawing = WaveChart(
      waves: moves.times,
      lines: moves.ids.indices.map { place in
        .init(
          name: moves.ids[place], colour: place,
          points: moves.shares.map { row in
            let share = row[place]
            return (share.value, share.interval?.low, share.interval?.high)
          })
      }, text: { numbers.percent($0) })
    return Chart(
      id: "shares", title: "Share of people in each segment",
      subtitle: "Bars are 95% intervals.", description: "Shares of segments over times",
      svg: drawing.svg(description: "Shares of segments over times"),
      vegaLite: drawing.specification(), table: shares)
  }
}
