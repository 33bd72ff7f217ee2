import ArgumentParser
import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// `tessera inspect`: what is in an export.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "What is in an export: variables, levels, labels, missing answers, problems.",
    discussion: """
      One screen: respondents and completes, variables by level, what is missing, grids and \
      loops, multiple-response questions, weights with the effective sample size, and what to look \
      at first: constant columns, copies, straight-liners, speeders, personal data, codes such as \
      99 that may mean "no answer". Levels and roles are guesses; a study's levels: and the \
      options of tessera segment overrule them. Open answers are counted and never shown.

      --codebook writes every variable with its wording, level, categories and missing answers, \
      without open answers and identifiers: as JSON if the file's name ends in .json, else as \
      Markdown.

      EXAMPLES
        tessera inspect wave3.sav
        tessera inspect wave3.sav --codebook wave3.md
        tessera inspect answers.csv --encoding windows-1252 --json
      """)

  @Argument(help: "Survey files; several are read as one survey.")
  var files: [String]

  @Option(help: ArgumentHelp("Write the whole codebook to a .md or .json file.", valueName: "file"))
  var codebook: String?

  @Flag(help: "Write over a codebook that is there.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    if let codebook, FileManager.default.fileExists(atPath: codebook), !force {
      throw OutputRefused(
        codebook, "the file is there already",
        hint: "name another file, or pass --force to write over it")
    }
    try StudyOrSurvey.refuseStudy(files)
    var options = try reading.options(threads: nil)
    options.checksums = false
    let read = try SurveyReader.read(files, options: options)
    let drafted = DraftedRoles.find(in: read.survey)
    let inspection = Inspection(read.survey.withShortTexts(), rows: read.rows, roles: drafted.roles)
    let document = InspectionDocument(read, inspection, questions: drafted.questions)
    if let codebook {
      let book = Codebook(read, inspection)
      let isJSON = codebook.lowercased().hasSuffix(".json")
      try AtomicFile.write(isJSON ? book.json.text + "\n" : book.markdown, to: codebook)
      output.note("codebook written to \(codebook)")
    }
    if output.json {
      try Console.out(document.json.text)
    } else {
      try Console.out(document.text)
    }
  }
}
