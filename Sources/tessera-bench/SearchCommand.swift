import ArgumentParser
import Foundation
import TesseraMath
import TesseraSegmentation

/// Counts how often a search finds the best known optimum of published and of generated tables.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Count how often searches reach the best known optimum.",
    discussion: """
      Every line is one model of one table: searches with default settings from as many seeds, and \
      how many of them come within 0.0001 of the best log-likelihood known (or, for divisions, of \
      the least cost, told with a minus), published or found by any of the seeds. Run from the top of the repository.
      """)

  @Option(help: "Seeds tried for each model.")
  var seeds = 50

  @Option(help: "Threads.")
  var threads = 1

  @Option(help: "Only models whose table's name contains this.")
  var only: String?

  @Option(help: "Where the tables are.")
  var tables = "Tests/TesseraSegmentationTests/Fixtures"

  func run() throws {
    var missed = 0
    for target in SearchTarget.all where only.map(target.name.contains) ?? true {
      let table = try target.table(tables)
      let workers = Workers(threads)
      var tallies: [StartTally] = []
      let (found, meter) = Meter.run {
        (1...UInt64(seeds)).map { seed in
          guard let found = try? target.search(table, seed: seed, workers: workers) else {
            return -Double.infinity
          }
          tallies.append(found.starts)
          return found.value
        }
      }
      let known = max(target.published ?? -.infinity, found.max() ?? -.infinity)
      let hits = found.count { $0 >= known - 1e-4 }
      missed += hits * 100 >= 95 * seeds ? 0 : 1
      print(
        JSONLine([
          "table": target.name, "classes": target.classes, "best_known": known,
          "seeds": seeds, "reached": hits, "best_found": found.max() ?? .nan,
          "worst_found": found.min() ?? .nan,
          "starts_mean": tallies.reduce(0.0) { $0 + Double($1.run) }
            / Double(max(1, tallies.count)),
          "share_at_best": tallies.reduce(0.0) { $0 + Double($1.reachedBest) / Double($1.run) }
            / Double(max(1, tallies.count)),
          "cpu_ms_per_search": meter.processor * 1e3 / Double(seeds),
        ]).text)
    }
    guard missed == 0 else {
      throw BenchError(message: "\(missed) models were found from fewer than 95% of the seeds")
    }
  }
}
