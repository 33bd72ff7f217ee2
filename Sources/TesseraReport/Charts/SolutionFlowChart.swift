import TesseraStudy

/// Segment-level stability across solutions: how segments split and join as their number rises.
///
/// - Reference: Dolnicar & Leisch (2017), *Marketing Letters* 28, 423–436.
struct SolutionFlowChart {
  /// The steps, in rising order of the number of segments.
  let steps: [SolutionStep]
  /// The segments that were chosen.
  let segments: [Segment]
  /// How numbers are written.
  let numbers: NumberStyle

  /// A later segment draws on one alone where so much of it comes from there.
  private static let whole = 0.8
  /// Solutions with fewer segments than the chosen one that are drawn at most.
  private static let before = 3
  /// Solutions with more.
  private static let after = 2
  private static let people = 330.0
  private static let gap = 10.0
  private static let slot = 17.0

  /// A solution: its segments' shares, and where each stands.
  private struct Column {
    let shares: [Double]
    /// Positions of segments, top to bottom: an order in which flows cross little.
    var order: [Int]
    /// Top edge of each segment.
    var tops: [Double]
  }

  /// The chart.
  ///
  /// - Returns: The drawing with its table and specification; `nil` without two solutions.
  func chart() -> Chart? {
    // A solution of one segment says nothing of where segments come from.
    let shown = steps.filter {
      $0.fromSegments > 1 && $0.fromSegments >= segments.count - Self.before
        && $0.toSegments <= segments.count + Self.after
    }
    guard !shown.isEmpty, shown.allSatisfy({ !$0.toShares.isEmpty }) else { return nil }
    let columns = columns(shown)
    return Chart(
      id: "across-solutions", title: title(shown),
      subtitle: "Bands are people who move from a segment of one solution to one of the next; "
        + "heights are shares of all people. The number behind a share is the stability: 1 if all "
        + "members come from one segment, 0 if evenly from all.",
      description: "Flows between solutions of \(columns[0].shares.count) to "
        + "\(columns[columns.count - 1].shares.count) segments",
      svg: drawing(shown, columns), vegaLite: specification(shown), table: table(shown))
  }

  private func title(_ steps: [SolutionStep]) -> String {
    let chosen = segments.count
    guard let step = steps.first(where: { $0.toSegments == chosen }) ?? steps.first else {
      return ""
    }
    let kept = (0..<step.toSegments).count { (largestSource($0, of: step) ?? 0) >= Self.whole }
    let finding =
      switch kept {
      case 0: "every segment draws on several"
      case step.toSegments: "every segment comes nearly whole from one"
      default:
        "\(kept) of the \(step.toSegments) \(kept == 1 ? "comes" : "come") nearly whole from one "
          + "segment, the others draw on several"
      }
    return "From \(step.fromSegments) to \(step.toSegments) segments: \(finding)"
  }

  /// The part of a later segment that comes from its largest source.
  private func largestSource(_ segment: Int, of step: SolutionStep) -> Double? {
    let sources = step.flows.map { $0[segment] ?? 0 }
    let all = sources.reduce(0, +)
    return all > 0 ? (sources.max() ?? 0) / all : nil
  }

  private func columns(_ steps: [SolutionStep]) -> [Column] {
    guard let first = steps.first else { return [] }
    var columns = [placed(first.fromShares, order: Array(first.fromShares.indices))]
    for step in steps {
      let before = columns[columns.count - 1]
      // Each segment stands at the mean height of where its members come from.
      let heights = step.toShares.indices.map { segment -> Double in
        var mass = 0.0
        var sum = 0.0
        for (source, row) in step.flows.enumerated() {
          let flow = row[segment] ?? 0
          mass += flow
          sum += flow * (before.tops[source] + before.shares[source] * Self.people / 2)
        }
        return mass > 0 ? sum / mass : .infinity
      }
      let order = step.toShares.indices.sorted {
        heights[$0] != heights[$1] ? heights[$0] < heights[$1] : $0 < $1
      }
      columns.append(placed(step.toShares, order: order))
    }
    return columns
  }

  private func placed(_ shares: [Double], order: [Int]) -> Column {
    var tops = [Double](repeating: 0, count: shares.count)
    var y = 40.0
    for segment in order {
      tops[segment] = y
      y += max(Self.slot, shares[segment] * Self.people) + Self.gap
    }
    return Column(shares: shares, order: order, tops: tops)
  }

  private func drawing(_ steps: [SolutionStep], _ columns: [Column]) -> String {
    let spacing = 150.0
    let bar = 14.0
    let names = 236.0
    let bottom =
      columns.map { column in
        (column.shares.indices.map {
          column.tops[$0] + max(Self.slot, column.shares[$0] * Self.people)
        }).max() ?? 0
      }.max() ?? 0
    let chosen = columns.firstIndex { $0.shares.count == segments.count }
    // Names stand behind the chosen solution, which so takes more room than the others.
    func x(_ column: Int) -> Double {
      spacing * Double(column) + (chosen.map { column > $0 ? names - 60 : 0 } ?? 0)
    }
    let last = columns.count - 1
    let width = x(last) + bar + (chosen == last ? names + 10 : 84)
    var canvas = SVGCanvas(
      width: width, height: bottom + 10, description: "Segments of neighbouring solutions")
    for (place, step) in steps.enumerated() {
      drawFlows(
        step, from: columns[place], to: columns[place + 1], left: x(place) + bar,
        right: x(place + 1), tint: chosen == place ? .from : chosen == place + 1 ? .to : .none,
        on: &canvas)
    }
    for (place, column) in columns.enumerated() {
      let isChosen = place == chosen
      canvas.label(
        "\(column.shares.count) segments" + (isChosen ? " (chosen)" : ""), x: x(place), y: 20,
        size: 12, isBold: isChosen)
      for segment in column.shares.indices {
        let stability = place > 0 ? steps[place - 1].stability[segment] : nil
        let share = numbers.percent(column.shares[segment])
        let height = max(Self.slot, column.shares[segment] * Self.people)
        canvas.rectangle(
          x: x(place), y: column.tops[segment], width: bar, height: height,
          fill: isChosen ? Palette.segment(segment) : "#8c959f", radius: 2,
          hint: "\(column.shares.count) segments, number \(segment + 1): \(share) of people"
            + (stability.map { ", stability \(numbers.number($0, decimals: 2))" } ?? ""))
        let middle = column.tops[segment] + height / 2 + 4
        let text = share + (stability.map { " · \(numbers.number($0, decimals: 2))" } ?? "")
        guard isChosen else {
          canvas.label(text, x: x(place) + bar + 4, y: middle, size: 11)
          continue
        }
        let own = segments[segment]
        let room = names - 8
        guard height >= 32 else {
          let rest = TextMeasure.width("  " + text, size: 11)
          canvas.label(
            TextMeasure.fitted(own.title, to: room - rest, size: 11) + "  " + text,
            x: x(place) + bar + 4, y: middle, size: 11)
          continue
        }
        canvas.label(
          own.title, x: x(place) + bar + 4, y: middle - 7, size: 12, isBold: true, limit: room)
        canvas.label(text, x: x(place) + bar + 4, y: middle + 8, size: 11)
      }
    }
    return canvas.svg
  }

  /// Whose colour a band takes.
  private enum Tint { case from, to, none }

  private func drawFlows(
    _ step: SolutionStep, from: Column, to: Column, left: Double, right: Double, tint: Tint,
    on canvas: inout SVGCanvas
  ) {
    var starts = from.tops
    var ends = to.tops
    for source in from.order {
      for target in to.order {
        guard let flow = step.flows[source][target], flow > 0 else { continue }
        let height = flow * Self.people
        let colour =
          switch tint {
          case .from: Palette.segment(source)
          case .to: Palette.segment(target)
          case .none: "#8c959f"
          }
        canvas.band(
          from: (left, starts[source]), to: (right, ends[target]), height: height, fill: colour,
          hint: "\(numbers.percent(flow, decimals: 1)) of people: number \(source + 1) of "
            + "\(step.fromSegments) to number \(target + 1) of \(step.toSegments)")
        starts[source] += height
        ends[target] += height
      }
    }
  }

  private func table(_ steps: [SolutionStep]) -> ReportTable {
    ReportTable(
      id: "across-solutions", caption: "Where the members of each segment come from",
      columns: [
        .init("Segments"), .init("Segment", isNumeric: true), .init("Share", isNumeric: true),
        .init("Stability", isNumeric: true), .init("Largest source"),
        .init("Part from it", isNumeric: true),
      ],
      rows: steps.flatMap { step in
        (0..<step.toSegments).map { segment -> [ReportTable.Cell] in
          let source = step.flows.indices.max {
            (step.flows[$0][segment] ?? 0, -$0) < (step.flows[$1][segment] ?? 0, -$1)
          }
          let part = largestSource(segment, of: step)
          return [
            .init(RichText("\(step.toSegments)"), isHeader: true),
            .init(RichText("\(segment + 1)"), value: Double(segment + 1)),
            .percent(step.toShares[segment], numbers),
            .number(
              step.stability[segment], numbers, decimals: 2,
              shade: step.stability[segment].map { .sequential($0) } ?? .none),
            .init(
              RichText(
                part == nil ? NumberStyle.absent : "\((source ?? 0) + 1) of \(step.fromSegments)")),
            .percent(part, numbers),
          ]
        }
      },
      notes: ["Segments are numbered within each solution, the largest first."])
  }

  private func specification(_ steps: [SolutionStep]) -> JSONValue {
    let values = steps.flatMap { step in
      step.flows.enumerated().flatMap { source, row in
        row.enumerated().compactMap { target, flow in
          flow.map {
            [
              "from": "\(step.fromSegments): \(source + 1)",
              "to": "\(step.toSegments): \(target + 1)", "share": $0,
            ] as JSONValue
          }
        }
      }
    }
    return VegaLite.specification(
      values: values, mark: "rect",
      encoding: [
        "x": .nominal("to"), "y": .nominal("from"),
        "color": .quantitative("share"),
      ])
  }
}
