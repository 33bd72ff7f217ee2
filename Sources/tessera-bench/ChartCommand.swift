import ArgumentParser
import Foundation
import TesseraMath
import TesseraSegmentation

/// Draws what a round of a latent class model costs as respondents, items and classes grow.
struct ChartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Measure how cost grows with respondents, items and segments, and draw it as SVG.")

  @Argument(help: "Where to write the picture.")
  var file: String

  @Option(help: "Measurements of each point; the least is drawn.")
  var repeats = 5

  func run() throws {
    let table = try SyntheticSurvey(respondents: 160_000).items()
    var panels: [(axis: String, points: [(value: Int, point: Point)])] = [
      (
        "respondents (24 items, 8 segments)",
        try [20_000, 40_000, 80_000, 120_000, 160_000].map {
          ($0, try Point(table, rows: $0, items: 24, classes: 8))
        }
      ),
      (
        "items (80,000 respondents, 8 segments)",
        try [24, 48, 72, 96].map { ($0, try Point(table, rows: 80_000, items: $0, classes: 8)) }
      ),
      (
        "segments (80,000 respondents, 24 items)",
        try [4, 8, 16, 32].map { ($0, try Point(table, rows: 80_000, items: 24, classes: $0)) }
      ),
    ]
    // Point after point, so that a slow minute of the machine falls on all of them.
    for _ in 0..<max(1, repeats) {
      for panel in panels.indices {
        for place in panels[panel].points.indices {
          try panels[panel].points[place].point.measure()
        }
      }
    }
    let drawn = panels.map { panel in
      CostPanel(axis: panel.axis, points: panel.points.map { ($0.value, $0.point.cost) })
    }
    try AtomicText.write(CostChart(panels: drawn).svg, to: file)
    for panel in drawn {
      for (value, cost) in panel.points {
        print("\(value) \(panel.axis): \((cost * 1e4).rounded() / 10) ms a round")
      }
    }
  }

  /// One point of the chart: a table and the least processor seconds that searches of a single
  /// start took; what else runs on the machine can only add to them.
  private struct Point {
    private let data: LatentClassData
    private let classes: Int
    private let rows: Int
    private var short = (seconds: Double.infinity, rounds: 0.0)
    private var long = (seconds: Double.infinity, rounds: 0.0)

    init(_ table: ItemTable, rows: Int, items: Int, classes: Int) throws {
      // More items than were drawn are the same again: fewer would make respondents alike.
      let chosen = (0..<items).map {
        table.items[$0 % table.items.count].prefix(rows, copy: $0 / table.items.count)
      }
      data = try LatentClassData(ItemTable(respondentCount: rows, items: chosen))
      self.classes = classes
      self.rows = rows
    }

    /// Processor seconds of a round: a longer search less a shorter one, so that what is done once
    /// drops out.
    var cost: Double {
      max(0, long.seconds - short.seconds) / (long.rounds - short.rounds) * Double(rows)
    }

    mutating func measure() throws {
      try run(rounds: 5, &short)
      try run(rounds: 25, &long)
    }

    private func run(rounds: Int, _ least: inout (seconds: Double, rounds: Double)) throws {
      let settings = LatentClass(
        segments: classes, starts: .fixed(1),
        rule: ConvergenceRule(tolerance: 1e-12, iterations: rounds), prior: .none)
      let (fit, meter) = try Meter.run { try settings.fit(data) }
      least = (min(least.seconds, meter.processor), Double(fit.respondentRounds))
    }
  }
}

extension Item {
  /// The answers of the first respondents, under a name of their own.
  fileprivate func prefix(_ count: Int, copy: Int) -> Item {
    guard case .codes(let codes) = answers else { return self }
    return Item(
      name: copy == 0 ? name : "\(name), \(copy)", measurement: measurement,
      answers: .codes(Array(codes.prefix(count))))
  }
}
