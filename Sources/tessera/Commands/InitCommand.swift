import ArgumentParser
import Foundation
import TesseraFiles
import TesseraStudy

/// `tessera init`: a first study file, drafted from a survey.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Draft a study file from a survey, with every guess explained in a comment.",
    discussion: """
      The draft runs as it is; read the comments, correct what is wrong, and add products and \
      relations to score them.

      EXAMPLES
        tessera init wave3.sav -o study.yaml
        tessera init 'waves/*.csv' --delimiter ';' > study.yaml
        tessera init wave3.sav --excel study.xlsx       then: tessera run study.xlsx
        tessera init study.yaml --excel study.xlsx      the study that is there, as a workbook
      """)

  @Argument(help: "The survey: a file, several, or a glob in quotes.")
  var files: [String]

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "File for the draft. Default: standard output.")
  var target: String?

  @Option(
    help: ArgumentHelp(
      "Workbook for the draft: sheets to fill in, with drop-downs; tessera run reads it.",
      valueName: "file.xlsx"))
  var excel: String?

  @Option(help: "What the report will be called.")
  var title: String?

  @Flag(help: "Write over a study that is there.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    for target in [target, excel].compactMap({ $0 })
    where FileManager.default.fileExists(atPath: target) && !force {
      throw OutputRefused(
        target, "the file is there already",
        hint: "name another file, or pass --force to write over it")
    }
    if let excel {
      guard target == nil else {
        throw ValidationError("a draft is a workbook (--excel) or a text (-o), not both")
      }
      guard excel.lowercased().hasSuffix(".xlsx") else {
        throw ValidationError("--excel takes a file that ends in .xlsx")
      }
      if files.count == 1, let file = files.first, StudyOrSurvey.isStudy(file) {
        return try convert(file, to: excel)
      }
    }
    try StudyOrSurvey.refuseStudy(files)
    let read = try SurveyReader.read(files, options: reading.options(threads: nil))
    let draft = StudyDraft.make(
      from: read, files: named(), title: title, reading: reading.declared)
    for doubt in draft.doubts { output.warn(doubt) }
    for warning in draft.warnings { output.note("note: \(warning)") }
    if let target { try AtomicFile.write(draft.text, to: target) }
    if let excel {
      try FormWriter.write(StudyForm.sheets(of: draft, survey: read.survey), to: excel)
    }
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.init/1", "file": target ?? excel, "study": draft.text,
          "dropped": draft.dropped,
        ] as JSONValue).text)
    } else if let target = target ?? excel {
      try Console.out("Drafted \(target); run it with: tessera run \(target)")
    } else {
      try Console.out(draft.text)
    }
  }

  /// Writes a study that is there as a workbook.
  private func convert(_ study: String, to excel: String) throws {
    let loaded = try Study.load(path: study, options: reading.options(threads: nil))
    try FormWriter.write(StudyForm.sheets(of: loaded), to: excel)
    if output.json {
      try Console.out(
        (["schema": "tessera.init/1", "file": excel] as JSONValue).text)
    } else {
      try Console.out("Written \(excel); run it with: tessera run \(excel)")
    }
  }

  /// The files as the study is to name them: relative to where it will stand.
  private func named() -> [String] {
    guard let target = target ?? excel else { return files }
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().standardizedFileURL
    return files.map { file in
      let path = URL(fileURLWithPath: file).standardizedFileURL.path
      let base = folder.path == "/" ? "/" : folder.path + "/"
      return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
    }
  }
}
