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
    let survey = SyntheticSurvey(respondents: 160_000)
    let table = try survey.items()
    let panels = [
      CostPanel(
        axis: "respondents (24 items, 8 segments)",
        points: try [20_000, 40_000, 80_000, 120_000, 160_000].map { rows in
          (rows, try cost(table, rows: rows, items: 24, classes: 8))
        }),
      CostPanel(
        axis: "items (80,000 respondents, 8 segments)",
        points: try [12, 15, 18, 21, 24].map { items in
          (items, try cost(table, rows: 80_000, items: items, classes: 8))
        }),
      CostPanel(
        axis: "segments (80,000 respondents, 24 items)",
        points: try [4, 8, 16, 32].map { classes in
          (classes, try cost(table, rows: 80_000, items: 24, classes: classes))
        }),
    ]
    try AtomicText.write(CostChart(panels: panels).svg, to: file)
    for panel in panels {
      for (value, cost) in panel.points {
        print("\(value) \(panel.axis): \((cost * 1e4).rounded() / 10) ms a round")
      }
    }
  }

  /// Processor seconds of a round: the least over searches of a single start.
  ///
  /// What else runs on the machine can only add to a measurement.
  private func cost(
    _ table: ItemTable, rows: Int, items: Int, classes: Int
  ) throws -> Double {
    // Boxes and scales by turns, so that a few items are like many.
    let order = (0..<12).flatMap { [$0, 12 + $0] }.prefix(items)
    let chosen = try ItemTable(
      respondentCount: rows, items: order.map { table.items[$0].prefix(rows) })
    let data = try LatentClassData(chosen)
    // A longer search less a shorter one: what is done once drops out.
    func spent(rounds: Int) throws -> (seconds: Double, rounds: Double) {
      let settings = LatentClassSettings(
        classes: classes, starts: .fixed(1),
        rule: ConvergenceRule(tolerance: 1e-12, iterations: rounds), prior: .none)
      let (fit, meter) = try Meter.run { try settings.fit(data) }
      return (meter.processor, Double(fit.respondentRounds))
    }
    var short: [(seconds: Double, rounds: Double)] = []
    var long = short
    for _ in 0..<max(1, repeats) {
      short.append(try spent(rounds: 5))
      long.append(try spent(rounds: 25))
    }
    // The rounds are the same in every repeat; only the seconds differ.
    let seconds = (long.map(\.seconds).min() ?? 0) - (short.map(\.seconds).min() ?? 0)
    return max(0, seconds) / (long[0].rounds - short[0].rounds) * Double(rows)
  }
}

extension Item {
  /// The answers of the first respondents.
  fileprivate func prefix(_ count: Int) -> Item {
    guard case .codes(let codes) = answers else { return self }
    return Item(name: name, measurement: measurement, answers: .codes(Array(codes.prefix(count))))
  }
}
