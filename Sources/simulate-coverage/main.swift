import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Draws sets, counts how often intervals hold the truth, and prints a table in Markdown.
///
/// Run from the top of the repository: `swift run -c release simulate-coverage 1000`.
func simulateCoverage(_ arguments: [String]) -> Int32 {
  func say(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  let numbers = arguments.dropFirst().map { Int($0) ?? 0 }
  guard numbers.count <= 3, numbers.allSatisfy({ $0 > 0 }) else {
    say("usage: simulate-coverage [SETS [RESPONDENTS [REPLICATES]]]")
    return 64
  }
  let sets = numbers.first ?? 1000
  let study = CoverageStudy(
    respondents: numbers.count > 1 ? numbers[1] : 400,
    replicates: numbers.count > 2 ? numbers[2] : 1000, seed: 20_240_611)
  let workers = Workers(ProcessInfo.processInfo.activeProcessorCount)
  do {
    let limit = try study.limit(1_000_000)
    let results = try workers.tryMap(sets) { index throws(StudyError) in try study.run(index) }
    func text(_ value: Double, _ digits: Int = 4) -> String {
      String(format: "%.\(digits)f", value)
    }
    func error(_ share: Double) -> String {
      text((share * (1 - share) / Double(sets)).squareRoot())
    }
    var lines = [
      "\(sets) sets of \(study.respondents) respondents, \(study.replicates) replicates each, seed "
        + "\(study.seed).", "",
      "| segment | truth | at 10^6 draws | mean miss | interval covers | ± | naive covers | ± | "
        + "SE ratio |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for (place, name) in ["lower", "upper"].enumerated() {
      func mean(_ value: (CoverageStudy.SetResult) -> Double) -> Double {
        results.reduce(0) { $0 + value($1) } / Double(sets)
      }
      let own = mean { $0.isCovered[place] ? 1 : 0 }
      let naive = mean { $0.isCoveredNaively[place] ? 1 : 0 }
      let cells = [
        name, text(CoverageStudy.truths[place]), text(limit[place]),
        text(mean { $0.misses[place] }), text(own), error(own), text(naive), error(naive),
        text(mean { $0.ratios[place] }, 2),
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
