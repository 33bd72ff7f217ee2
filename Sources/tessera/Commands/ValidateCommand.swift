import ArgumentParser
import Foundation
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera validate`: how well the fit predicts real choices.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "How well the fit predicts real choices, where the data hold some.",
    discussion: """
      The fit says which product suits whom. Where the same people also chose (in a survey task, a \
      shop, a conjoint exercise), validate tells whether they took what fits: hit rate, rank \
      correlation, log-likelihood per choice against chance, market shares and a logit, on \
      respondents that nothing was learned from. It fits a logit to the attributes of what was on \
      the menus (robust and clustered errors, willingness to pay, tastes by segment), latent classes \
      of taste where asked, and warns where segments were shown different options.

      The study says where the choices stand; docs/choices.md tells every key:

        choices:
          file: choices.csv         # a row an alternative; or slots: 6, or layout: pairs
          respondent: id            # the survey's identifiers
          task: task                # which menu a row belongs to
          product: product          # which product the alternative is
          chosen: chosen            # 1 in the row taken
          attributes: [price, range]        # what the logit looks at
          price: price                      # worth is told in it

        choices: owned_car          # or simply: a survey question whose answers are products

      The bar: chance (the fit predicts better than chance), adds (it adds to market shares; the \
      default), shares (it alone beats market shares). Exit status 1 below the bar.

      EXAMPLES
        tessera validate study.yaml
        tessera validate study.yaml --bar chance --json | jq '.verdict'
        tessera validate study.yaml -o results
      """)

  @OptionGroup var subject: StudyOptions

  @Option(
    help: "What the fit has to reach: chance, adds or shares. Default: as the study says.",
    transform: { text in
      guard let bar = ChoicesDeclaration.Bar(rawValue: text) else {
        throw ValidationError("expected chance, adds or shares")
      }
      return bar
    })
  var bar: ChoicesDeclaration.Bar?

  @Option(
    help: "Folds of the cross-validation over respondents. Default: as the study says, or 10.")
  var folds: Int?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if let folds, folds < 2 { throw ValidationError("--folds must be 2 or more") }
  }

  func run() throws {
    var settings = work.settings(output)
    // Stability of the segments is not asked here.
    settings.stability = 0
    let loaded = try Study.load(
      path: subject.study, options: reading.options(threads: work.threads))
    guard loaded.choices != nil else { throw StudyWithoutChoices(subject.study) }
    let segmented = try StudySegments.of(loaded, model: subject.model, settings: settings)
    let result = try ChoiceValidation.run(
      loaded, segmented, settings: settings, bar: bar, folds: folds)
    if let target = try subject.target() {
      let document = ReportDocument(
        title: loaded.file.title,
        subtitle: "\(result.menus) choices of \(result.respondents) respondents",
        sections: [ValidationReport(result).section],
        footer: "Made by tessera validate from "
          + loaded.sources.map { URL(fileURLWithPath: $0.path).lastPathComponent }
          .joined(separator: ", ") + ".")
      try target.write(MarkdownWriter().text(of: document), to: "validate.md")
      try target.write(HTMLWriter().text(of: document), to: "validate.html")
      try target.write(result.json.text, to: "validate.json")
      if let tastes = result.tastes { try target.write(TasteFile.bytes(tastes), to: "tastes.csv") }
    }
    if output.json {
      try Console.out(result.json.text)
    } else {
      for note in loaded.notices { output.note("note: \(note)") }
      for warning in loaded.warnings { output.warn(warning) }
      for warning in result.warnings { output.warn(warning) }
      try Console.out(SectionText.text(ValidationReport(result).section.blocks))
      if let folder = subject.folder { try Console.out("\nWritten to \(folder)/validate.html") }
    }
    if result.verdict.isPassed == false { throw CheckFailed() }
  }
}

/// A study without choices has nothing to hold the fit against.
struct StudyWithoutChoices: ReportedError {
  /// What the user is told.
  let report: ErrorReport

  /// Names the study.
  init(_ path: String) {
    report = ErrorReport(
      code: "E0639", message: "the study has no choices to hold the fit against", file: path,
      hint: "add choices: { file: choices.csv, task: task, product: product, chosen: chosen }; "
        + "tessera validate --help tells more", exitStatus: 65)
  }
}
