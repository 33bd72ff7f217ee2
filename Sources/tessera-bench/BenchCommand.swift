import ArgumentParser
import TesseraMath

/// Times the hot paths on synthetic surveys; built from the repository, not shipped.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tessera-bench",
    abstract: "Time the hot paths, and try how often searches find the best known optimum.",
    discussion: """
      Surveys are drawn anew from a seed, so that nothing need be downloaded. Results are one line \
      of JSON each. `make bench` runs everything; `make bench-peers` sets it beside other packages.
      """,
    subcommands: [
      TimeCommand.self, SurveyCommand.self, StudyCommand.self, SearchCommand.self,
      RoundsCommand.self, ChartCommand.self, ReadCommand.self, TableCommand.self,
    ])

  static func main() {
    NumericThreads.useSingleThread()
    main(nil)
  }
}
