import ArgumentParser
import Foundation

/// The command `tessera`: reads arguments, runs one subcommand, tells what went wrong.
@main
struct TesseraCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tessera",
    abstract: "Who is out there, what do they need, and does the product fit them?",
    discussion: """
      Tessera turns a survey export into segments, shows each segment's unmet needs and barriers \
      to purchase, scores every product for every segment with its uncertainty, and says which \
      change would help most.

      EXAMPLES
        tessera demo                          the whole job on the data that come with Tessera
        tessera inspect wave3.sav             what is in an export
        tessera init wave3.sav -o study.yaml  draft a study, with every guess explained
        tessera run study.yaml                segments, profiles, fit and report
        tessera rename study-tessera S1="Families"      name a segment in every output
        tessera explain study-tessera --product coupe --segment S1
        tessera assign --model study-tessera/segments.json new.csv -o assigned.csv
        tessera batch exports --study study.yaml -o waves

      Data go to standard output, messages to standard error. With --json every command prints one \
      JSON document and nothing else there. Exit status: 0 done, 1 a check found a difference, \
      64 wrong usage, 65 bad data, 66 not found, 73 cannot write, 74 input or output failed, \
      75 some exports of a batch failed.
      """,
    version: TesseraVersion.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Studies", subcommands: [DemoCommand.self, InitCommand.self, RunCommand.self]),
      CommandGroup(
        name: "Parts of a study",
        subcommands: [
          InspectCommand.self, PrepareCommand.self, SegmentCommand.self, FitCommand.self,
        ]),
      CommandGroup(
        name: "Questions to a finished study",
        subcommands: [
          ExplainCommand.self, WhatIfCommand.self, ImproveCommand.self, ScenarioCommand.self,
          PriceCommand.self, TargetCommand.self, LineCommand.self, ReachCommand.self,
          TablesCommand.self, DeckCommand.self, ValidateCommand.self, RenameCommand.self,
          NotesCommand.self, SolutionsCommand.self,
        ]),
      CommandGroup(
        name: "After the study",
        subcommands: [
          AssignCommand.self, SQLCommand.self, TypingCommand.self, BridgeCommand.self,
          BatchCommand.self,
          TrackCommand.self, PanelCommand.self, CompareCommand.self,
        ]),
      CommandGroup(
        name: "Around it",
        subcommands: [
          ConvertCommand.self, SchemaCommand.self, NotebookCommand.self, DoctorCommand.self,
        ]),
    ])

  static func main() {
    // Even without arguments the program's own name is there.
    guard !CommandLine.arguments.isEmpty else {
      Console.errorText("error: the arguments cannot be read; can /proc/self/cmdline be read?")
      Foundation.exit(74)
    }
    Shell.run(Array(CommandLine.arguments.dropFirst()))
  }
}

/// Which Tessera this is.
enum TesseraVersion {
  /// Version of the command, its outputs and the model files it writes.
  static let current = "0.1.0"
}
