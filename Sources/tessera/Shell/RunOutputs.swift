import Foundation
import TesseraFiles
import TesseraMath
import TesseraProductFit
import TesseraReport
import TesseraStudy

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
  /// Names that people gave, where the segmentation does not know them all.
  var givenNames: [SegmentName]?

  /// Writes every file; all of them are made before the first is written.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Names of the files written.
  /// - Throws: ``OutputError`` with status 73 or 74.
  func write(to folder: OutputFolder) throws -> [String] {
    let document = StudyReport(run.results, numbers: style.numbers).document
    var files: [(name: String, bytes: [UInt8])] = [
      ("report.html", Array(HTMLWriter().text(of: document).utf8)),
      ("report.md", Array(MarkdownWriter().text(of: document).utf8)),
      (
        "workbook.xlsx", try WorkbookWriter(run.results, numbers: style.numbers).bytes(of: document)
      ),
      ("segments.json", Array(run.segmentation.model.json.text.utf8)),
      ("profiles.json", Array(run.profiles.json.text.utf8)),
      (
        "assignments.csv",
        Assignments.csv(
          run.segmentation, withFlags: run.study.file.segments.evidence.writesFlags)
      ),
    ]
    let segmented = run.segmentation.segmented
    if let replicates = segmented.replicates, replicates.count > 0 {
      files.append(
        (FinishedRun.replicates, replicates.bytes(segments: segmented.segments.count)))
    }
    if let fit = run.fit { files.append(("fit.json", Array(fit.json.text.utf8))) }
    if let validation = run.validation {
      files.append(("validate.json", Array(validation.json.text.utf8)))
      if let tastes = validation.tastes {
        files.append(("tastes.csv", TasteFile.bytes(tastes)))
      }
    }
    for chart in document.charts {
      files.append(("charts/\(chart.id).svg", Array(chart.standaloneSVG.utf8)))
      files.append(("charts/\(chart.id).vl.json", Array(chart.specification.text.utf8)))
    }
    if style.isPNG {
      let drawer = try PictureDrawer()
      for chart in document.charts {
        files.append(("charts/\(chart.id).png", try drawer.png(of: chart)))
      }
    }
    for file in files { try folder.write(file.bytes, to: file.name) }
    var checksums = OutputFolder.checksums(files)
    if style.isSAV {
      let name = "assignments.sav"
      let path = "\(folder.path)/\(name)"
      try Assignments.write(run.segmentation, to: path)
      checksums.append((name, OutputFolder.checksum(path)))
    }
    let names = checksums.map(\.0) + ["run.json"]
    // Last, so that a folder with run.json in it holds a whole run.
    try folder.write(record(names, checksums).text, to: "run.json")
    return names
  }

  private func record(_ files: [String], _ checksums: [(String, JSONValue)]) -> JSONValue {
    let settings = run.settings
    let inputs = run.study.sources.map { source -> JSONValue in
      .object([
        ("role", .string(source.role.rawValue)), ("path", .string(source.path)),
        ("bytes", .integer(source.byteCount)), ("sha256", .string(source.sha256)),
      ])
    }
    let stated: JSONValue = .object([
      ("threads", .integer(settings.workers.count)),
      ("minimum_cell", .integer(settings.minimumCell)),
      ("privacy", .string(settings.privacy.rawValue)),
      ("replicates", .integer(settings.replicates)),
      ("method", .string(run.segmentation.result.method)),
      ("active", .strings(run.segmentation.active)),
      ("passive", .strings(run.segmentation.passive)),
    ])
    let result = run.segmentation.result
    var members: [(String, JSONValue)] = [
      ("schema", .string("tessera.run/1")), ("command", .string(command)),
      ("version", .string(TesseraVersion.current)),
      ("study", .string(URL(fileURLWithPath: run.study.path).standardizedFileURL.path)),
      ("inputs", .array(inputs)), ("seed", .integer(Int(truncatingIfNeeded: settings.seed))),
      ("settings", stated),
      ("preparation", .array(run.study.data.preparation.map(\.json))),
    ]
    members += [
      ("verdict", result.verdict?.json ?? .null), ("count_rule", result.countRule?.json ?? .null),
      ("quality", run.segmentation.model.evidence["quality"] ?? .null),
      ("openblas", .string(NumericThreads.libraryDescription)),
      ("notes", .strings(run.study.notices)), ("warnings", .strings(run.warnings)),
      (
        "timings_seconds",
        .object(run.timings.map { ($0.name, .number(($0.seconds * 1000).rounded() / 1000)) })
      ),
      ("files", .strings(files)), ("checksums", .object(checksums)),
      ("given_names", (givenNames ?? run.segmentation.givenNames).json),
      ("invocation", invocation.json),
    ]
    return .object(members)
  }

  /// What `run --json` and `demo --json` print.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - files: Names of the files written.
  /// - Returns: The document.
  func summary(_ folder: OutputFolder, files: [String]) -> JSONValue {
    .object([
      ("schema", .string("tessera.summary/1")), ("directory", .string(folder.path)),
      ("files", .strings(files)),
      ("verdict", run.segmentation.result.verdict?.json ?? .null),
      (
        "segments",
        .array(
          run.segmentation.result.segments.map {
            .object([
              ("id", .string($0.id)), ("name", .string($0.name)), ("share", .number($0.share)),
            ])
          })
      ),
      ("findings", .strings(Findings(run.results).sentences)),
      ("warnings", .strings(run.warnings)),
    ])
  }
}
