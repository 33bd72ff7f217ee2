import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Draws sets, counts how often intervals hold the truth, and prints a table in Markdown.
///
/// Run from the top of the repository: `swift run -c release simulate-coverage latent-class 1000`.
func simulateCoverage(_ arguments: [String]) -> Int32 {
  func say(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  let numbers = arguments.dropFirst(2).map { Int($0) ?? 0 }
  guard arguments.count > 1, let kind = CoverageStudy.Kind(rawValue: arguments[1]),
    numbers.count <= 4, numbers.allSatisfy({ $0 > 0 })
  else {
    let kinds = CoverageStudy.Kind.allCases.map(\.rawValue).joined(separator: "|")
    say("usage: simulate-coverage \(kinds) [SETS [RESPONDENTS [REPLICATES [DRAWS]]]]")
    return 64
  }
  let sets = numbers.first ?? 1000
  let study = CoverageStudy(
    kind: kind, respondents: numbers.count > 1 ? numbers[1] : 400,
    replicates: numbers.count > 2 ? numbers[2] : 1000, seed: 20_240_611)
  let workers = Workers(ProcessInfo.processInfo.activeProcessorCount)
  do {
    let draws = numbers.count > 3 ? numbers[3] : 1_000_000
    let limit = try study.limit(draws)
    let results = try workers.tryMap(sets) { index throws(StudyError) in try study.run(index) }
    func text(_ value: Double, _ digits: Int = 2) -> String {
      String(format: "%.\(digits)f", value)
    }
    func percent(_ share: Double) -> String { text(100 * share, 1) + "%" }
    func error(_ share: Double) -> String {
      text(100 * (share * (1 - share) / Double(sets)).squareRoot(), 1)
    }
    func mean(_ value: (CoverageStudy.SetResult) -> Double) -> Double {
      results.reduce(0) { $0 + value($1) } / Double(sets)
    }
    var lines = [
      "\(kind.rawValue): \(sets) sets of \(study.respondents) respondents, \(study.replicates) "
        + "replicates each, seed \(study.seed).", "",
      "| segment | truth | at \(draws) draws | mean miss | spread of misses | mean error | "
        + "interval covers | ± | naive covers | ± | error by naive error |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (place, name) in ["lower", "upper"].enumerated() {
      let own = mean { $0.isCovered[place] ? 1 : 0 }
      let naive = mean { $0.isCoveredNaively[place] ? 1 : 0 }
      let miss = mean { $0.misses[place] }
      let square = mean { ($0.misses[place] - miss) * ($0.misses[place] - miss) }
      let cells = [
        name, text(study.truths[place]), text(limit[place]), text(miss),
        text(square.squareRoot()), text(mean { $0.errors[place] }), percent(own), error(own),
        percent(naive), error(naive), text(mean { $0.ratios[place] }),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    return 0
  } catch {
    say(error.report.line)
    return 70
  }
}

exit(simulateCoverage(CommandLine.arguments))
