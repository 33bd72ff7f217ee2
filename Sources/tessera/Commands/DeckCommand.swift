import ArgumentParser
import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera deck`: slides with native charts from a finished run.
struct DeckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deck",
    abstract: "Slides that can be shown and edited: deck.pptx, in your own template.",
    discussion: """
      Writes 12 to 18 slides: the answer, the method, the segments at a glance and one by one, fit, \
      mismatches, what to change, prices where they were asked, channels, trust, next steps. Charts \
      hold their numbers (Edit data in PowerPoint); speaker notes say base and method.

      A template lends its layouts, fonts and colours. A deck that was written before and changed by \
      hand is filled anew: charts, tables and generated texts take the new results where they stand, \
      texts that you changed stay and get an outline, shapes that you added stay, and the command \
      lists what moved. The deck as it was is kept as deck.previous.pptx.

      EXAMPLES
        tessera deck study-tessera
        tessera deck study-tessera --template client.pptx
        tessera deck study-tessera -o talk.pptx --json
      """)

  @Argument(help: "Folder of a finished run.")
  var subject: String

  @Option(
    help: ArgumentHelp(
      "A presentation whose look is taken, or whose generated shapes are filled anew.",
      valueName: "file"))
  var template: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The deck. Default: deck.pptx in the folder of the run.", valueName: "file"))
  var file: String?

  @OptionGroup var language: NumberOptions

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    for name in [template, file].compactMap(\.self)
    where (name as NSString).pathExtension.lowercased() != "pptx" {
      throw ValidationError("a deck ends in .pptx, not \(name)")
    }
  }

  func run() throws {
    let finished = try FinishedRun(subject, moved)
    let results = try finished.results(
      reading.options(threads: work.threads), work.settings(output), warn: output.warn)
    let deck = DeckFile(
      results, validation: finished.validationSentence, numbers: language.numbers)
    let folder = finished.folder ?? subject
    let made = try DeckOutput(deck, folder: folder, template: template)
    let target = file ?? "\(folder)/\(DeckOutput.name)"
    if file == nil, let before = made.before {
      try AtomicFile.write(before, to: "\(folder)/\(DeckOutput.previous)")
    }
    try AtomicFile.write(made.bytes, to: target)
    if output.json {
      try Console.out(
        (["schema": "tessera.deck/1", "file": target, "slides": deck.titles, "moved": made.moved]
          as JSONValue).text)
      return
    }
    try Console.out(
      "\(deck.titles.count) slides: " + DisplayText.escaped(target, limit: 2000))
    for one in made.moved { try Console.out("* " + DisplayText.escaped(one, limit: 2000)) }
  }
}
