import Foundation
import TesseraMath
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// Writes what a run found into its folder.
struct RunOutputs {
  /// The run.
  let run: StudyRun
  /// The command's name, for `run.json`.
  let command: String
  /// How the report is written.
  var style = ReportStyle()
  /// How the command was called.
  var invocation = Invocation.current
  /// The folder that held the outputs before; `nil` for the folder written to.
  var previous: String?
  /// Told what moved in a deck that people had changed.
  var tell: (String) -> Void = { _ in }
  /// Names that people gave, where the segmentation does not know them all.
  var givenNames: [SegmentName]?

  /// Writes every file; all of them are made before the first is written.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Names of the files written.
  /// - Throws: ``OutputError`` with status 73 or 74.
  func write(to folder: OutputFolder) throws -> [String] {
    let numbers = style.numbers
    let report = StudyReport(run.results, numbers: numbers)
    let document = report.document
    let appendix = report.appendix(of: document)
    let charts = document.charts + appendix.charts
    let idName = Assignments.idName(
      isOwn: style.usesOwnIDName, run.study.file.survey.id, run.segmentation.segmented.segments)
    let (written, deck) = try written(document, appendix, folder: previous ?? folder.path)
    var files: [(name: String, bytes: [UInt8])] =
      written + [
        ("segments.json", Array(run.segmentation.model.json.text.utf8)),
        ("profiles.json", Array(run.profiles.json.text.utf8)),
        (
          "assignments.csv",
          Assignments.csv(
            run.segmentation, withFlags: run.study.file.segments.evidence.writesFlags,
            idName: idName)
        ),
      ]
    if let solutions = run.segmentation.solutions {
      files.append((SolutionsFile.name, Array(solutions.json.text.utf8)))
    }
    files += LongTables.files(
      run.segmentation.result, run.profiles, run.fit, privacy: run.results.privacy)
    let segmented = run.segmentation.segmented
    if let replicates = segmented.replicates, replicates.count > 0 {
      files.append(
        (FinishedRun.replicates, replicates.bytes(segments: segmented.segments.count)))
    }
    if let declared = run.study.file.tables {
      let tables = try StudyTables.make(
        declared, data: run.study.data, segmented: segmented, active: run.segmentation.active,
        roles: run.segmentation.roles, title: run.study.file.title, settings: run.settings,
        allowed: run.study.file.allowPersonal)
      let workbook = TablesWorkbook(tables, numbers: style.numbers)
      files.append(("tables.xlsx", try workbook.bytes()))
    }
    if let fit = run.fit { files.append(("fit.json", Array(fit.json.text.utf8))) }
    if let validation = run.validation {
      files.append(("validate.json", Array(validation.json.text.utf8)))
      if let tastes = validation.tastes {
        files.append(("tastes.csv", TasteFile.bytes(tastes)))
      }
    }
    for chart in charts {
      files.append(("charts/\(chart.id).svg", Array(chart.standaloneSVG.utf8)))
      if style.isVegaLite {
        files.append(("charts/\(chart.id).vl.json", Array(chart.specification.text.utf8)))
      }
    }
    for sentence in deck.moved { tell("deck: " + DisplayText.escaped(sentence, limit: 160)) }
    if let before = deck.before { try folder.write(before, to: DeckOutput.previous) }
    files.append((DeckOutput.name, deck.bytes))
    if style.isPNG {
      let drawer = try PictureDrawer()
      for chart in charts {
        files.append(("charts/\(chart.id).png", try drawer.png(of: chart)))
      }
    }
    for file in files { try folder.write(file.bytes, to: file.name) }
    var checksums = OutputFolder.checksums(files)
    if style.isSAV {
      let name = "assignments.sav"
      let path = "\(folder.path)/\(name)"
      try Assignments.write(run.segmentation, to: path, idName: idName)
      checksums.append((name, OutputFolder.checksum(path)))
    }
    let names = checksums.map(\.0) + ["run.json"]
    // Last, so that a folder with run.json in it holds a whole run.
    try folder.write(record(names, checksums).text, to: "run.json")
    return names
  }

  /// Pages, texts, workbooks and slides, which have nothing to do with each other.
  private func written(
    _ document: ReportDocument, _ appendix: ReportDocument, folder: String
  ) throws -> (files: [(name: String, bytes: [UInt8])], deck: DeckOutput) {
    let (numbers, results) = (style.numbers, run.results)
    let verdict = run.validation?.verdict.sentence
    let page = HTMLWriter(numbers: numbers)
    let book = WorkbookWriter(results, numbers: numbers)
    let files: [(name: String, make: @Sendable () throws -> [UInt8])] = [
      ("report.html", { Array(page.text(of: document).utf8) }),
      ("appendix.html", { Array(page.text(of: appendix).utf8) }),
      (
        "report.md",
        {
          let text = MarkdownWriter(writesChartTables: false, numbers: numbers)
          return Array(text.text(of: document).utf8)
        }
      ),
      ("appendix.md", { Array(MarkdownWriter(numbers: numbers).text(of: appendix).utf8) }),
      ("workbook.xlsx", { try book.bytes(of: document) }),
      ("appendix.xlsx", { try book.bytes(ofAppendix: appendix) }),
    ]
    enum Part: Sendable {
      case file([UInt8])
      case deck(DeckOutput)
    }
    // The slides take longest and come first.
    let parts = try run.settings.workers.tryMap(files.count + 1) { place -> Part in
      if place > 0 { return .file(try files[place - 1].make()) }
      let slides = DeckFile(results, validation: verdict, numbers: numbers)
      return .deck(try DeckOutput(slides, folder: folder))
    }
    guard case .deck(let deck) = parts[0] else { preconditionFailure("the first part is the deck") }
    let written = zip(files, parts.dropFirst()).compactMap {
      file, part -> (name: String, bytes: [UInt8])? in
      guard case .file(let bytes) = part else { return nil }
      return (file.name, bytes)
    }
    return (written, deck)
  }

  private func record(_ files: [String], _ checksums: [(String, JSONValue)]) -> JSONValue {
    let settings = run.settings
    let inputs = run.study.sources.map { source -> JSONValue in
      [
        "role": source.role.rawValue, "path": source.path, "bytes": source.byteCount,
        "sha256": source.sha256,
      ]
    }
    let stated: JSONValue = [
      "threads": settings.workers.count, "reproducible": NumericKernel.isCommon,
      "minimum_cell": settings.minimumCell,
      "privacy": settings.privacy.rawValue, "replicates": settings.replicates,
      "method": run.segmentation.result.method,
      "taken": run.segmentation.solutions.flatMap { $0.isTakenByPerson ? Double($0.chosen) : nil },
      "active": run.segmentation.active, "passive": run.segmentation.passive,
    ]
    let result = run.segmentation.result
    var members: JSONValue = [
      "schema": "tessera.run/1", "command": command, "version": TesseraVersion.current,
      "study": URL(fileURLWithPath: run.study.path).standardizedFileURL.path,
      "inputs": JSONValue.array(inputs), "seed": Int(truncatingIfNeeded: settings.seed),
      "settings": stated, "preparation": run.study.data.preparation.map(\.json),
    ]
    members.add([
      "findings": Findings(run.results).sentences,
      "verdict": result.verdict?.json, "count_rule": result.countRule?.json,
      "quality": run.segmentation.model.evidence["quality"] ?? .null,
      "openblas": NumericThreads.libraryDescription, "notes": run.study.notices,
      "warnings": run.warnings,
      "fresh_starts": run.segmentation.segmented.replicates.map {
        ["tried": $0.freshStarts.tried, "won": $0.freshStarts.won] as JSONValue
      },
      "timings_seconds": JSONValue.object(
        run.timings.map { ($0.name, .number(($0.seconds * 1000).rounded() / 1000)) }),
      "files": files, "checksums": JSONValue.object(checksums),
      "given_names": (givenNames ?? run.segmentation.givenNames).json,
      "invocation": invocation.json,
    ])
    return members
  }

  /// What `run --json` and `demo --json` print.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - files: Names of the files written.
  /// - Returns: The document.
  func summary(_ folder: OutputFolder, files: [String]) -> JSONValue {
    [
      "schema": "tessera.summary/1", "directory": folder.path, "files": files,
      "verdict": run.segmentation.result.verdict?.json,
      "segments": JSONValue.list(run.segmentation.result.segments) {
        ["id": $0.id, "name": $0.name, "share": $0.share]
      }, "findings": Findings(run.results).sentences, "warnings": run.warnings,
    ]
  }
}
