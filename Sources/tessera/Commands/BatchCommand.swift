import ArgumentParser
import Foundation
import Synchronization
import TesseraFiles
import TesseraMath
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera batch`: many exports, one after another and side by side.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Many exports by one study or model; can be stopped and started again at any time.",
    discussion: """
      A folder of exports, or a manifest that says which exports go through which study or model. \
      Each export gets a folder of its own, whole or not at all; a bad file stops only itself. Started \
      again, a batch does what is new, what changed and what failed. index.html shows all exports.

      EXAMPLES
        tessera batch exports --study tracker.yaml -o waves
        tessera batch exports --model study-tessera/segments.json -o scored
        tessera batch manifest.yaml -o waves
        tessera batch status waves
        tessera batch retry waves

      A MANIFEST
        jobs:
          - { surveys: "exports/2026-*/*.sav", study: tracker.yaml, output: "{folder}-{name}" }
          - { surveys: [a.csv, b.csv], model: segments.json }
      """,
    subcommands: [BatchWork.self, BatchStatus.self, BatchRetry.self, BatchReport.self],
    defaultSubcommand: BatchWork.self)
}

/// Does the work.
struct BatchWork: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Work through a batch (the default).", shouldDisplay: false)

  @Argument(help: "A folder of exports, or a manifest (.yaml, .yml, .json).")
  var input: String

  @Option(help: "The study that is run on each export of the folder.")
  var study: String?

  @Option(
    help: "The model (segments.json) to whose segments the people of each export are assigned.")
  var model: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Folder of the batch. Default: the input's name with -batch behind it.")
  var folder: String?

  @Flag(help: "Do everything again, also what is done.")
  var all = false

  @Option(help: "Exports at a time. Default: as many as there are cores.")
  var jobs: Int?

  @Option(
    help: "Memory in GB that exports at work may need together. Default: half of the machine's.")
  var memory: Double?

  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if study != nil, model != nil {
      throw ValidationError("--study runs a study, --model assigns people: name one of them")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    if let memory, memory <= 0 { throw ValidationError("--memory must be above 0") }
  }

  func run() throws { try execute(isRetry: false) }

  /// Works through the batch.
  func execute(isRetry: Bool) throws {
    let jobs = try BatchPlan(manifest()).jobs
    let target = folder ?? Self.standard(for: input)
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    let ledger = try BatchLedger(target)
    let arguments = CommandLine.arguments.dropFirst(2)
    if !isRetry {
      try ledger.remember(arguments.joined(separator: "\u{1F}"), as: "arguments")
      try ledger.remember(FileManager.default.currentDirectoryPath, as: "folder")
    }
    let cores = work.threads ?? ProcessInfo.processInfo.activeProcessorCount
    let side = min(self.jobs ?? cores, max(1, jobs.count))
    var settings = work.settings(OutputOptions.silent)
    settings.workers = Workers(max(1, cores / side))
    let meter = BatchMeter(output)
    let runner = BatchRunner(
      folder: target, ledger: ledger, settings: settings, style: report.style,
      reading: try reading.options(threads: settings.workers.count), stated: stated,
      workers: Workers(side),
      memory: memory.map { $0 * 1e9 } ?? Double(ProcessInfo.processInfo.physicalMemory) / 2,
      progress: { meter.show($0, $1) })
    // What was left undone of exports that are gone is nothing to wait for.
    try ledger.forget(except: jobs.map(\.output))
    let pending = try runner.pending(jobs, isAll: all && !isRetry)
    let failed = try runner.run(pending)
    let rows = try ledger.rows()
    try AtomicFile.write(
      BatchPage(folder: target, rows: rows, numbers: report.style.numbers).html,
      to: "\(target)/index.html")
    try BatchText.tell(rows, folder: target, did: pending.count, output)
    guard failed == 0 else {
      // The document tells what failed, and nothing else stands beside it.
      if output.json { throw EndedEarly(status: 75) }
      throw BatchError(
        "\(failed) of \(pending.count) exports failed", file: target,
        hint: "tessera batch status \(target) says why; tessera batch retry \(target) tries again",
        status: 75)
    }
  }

  /// What changes results, for telling jobs apart.
  private var stated: String {
    "\(work.seed) \(work.minimumCell) \(work.privacy?.rawValue ?? "") \(work.replicates) "
      + "\(report.language.locale) \(report.png) \(report.vegaLite) \(report.writesSAV) "
      + "\(reading.encoding ?? "") \(reading.delimiter ?? "") \(reading.decimal ?? "")"
  }

  private func manifest() throws -> BatchManifest {
    let manager = FileManager.default
    guard manager.fileExists(atPath: input) else {
      throw BatchError(
        "no such folder or manifest", file: input,
        hint: "check the spelling, and the folder the command runs in", status: 66)
    }
    guard (try? manager.contentsOfDirectory(atPath: input)) != nil else {
      guard study == nil, model == nil else {
        throw UsageError(
          message: "the manifest says which study or model",
          hint: "leave out --study and --model, or name a folder of exports")
      }
      return try BatchManifest.read(input)
    }
    let work: BatchManifest.Work
    switch (study, model) {
    case (let study?, _): work = .study(study)
    case (_, let model?): work = .model(model)
    default:
      throw UsageError(
        message: "what is to be done with the exports in \(input)?",
        hint: "--study STUDY.yaml runs a study on each; --model segments.json assigns their people")
    }
    let plain = input.count > 1 && input.hasSuffix("/") ? String(input.dropLast()) : input
    return try BatchPlan.folder(plain, work)
  }

  private static func standard(for input: String) -> String {
    let plain = input.count > 1 && input.hasSuffix("/") ? String(input.dropLast()) : input
    return (plain as NSString).deletingPathExtension + "-batch"
  }
}

/// `tessera batch status DIR`.
struct BatchStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "How far a batch is, and what failed.")

  @Argument(help: "The folder of the batch.")
  var folder: String

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let rows = try BatchLedger(folder, isReading: true).rows()
    try BatchText.tell(rows, folder: folder, did: nil, output)
  }
}

/// `tessera batch retry DIR`.
struct BatchRetry: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Try again what failed, as the batch was asked.")

  @Argument(help: "The folder of the batch.")
  var folder: String

  func run() throws {
    let manager = FileManager.default
    let path = URL(fileURLWithPath: folder).standardizedFileURL.path
    let (arguments, start) = try {
      let ledger = try BatchLedger(folder, isReading: true)
      return (try ledger.remembered("arguments"), try ledger.remembered("folder"))
    }()
    guard let arguments, let start, manager.changeCurrentDirectoryPath(start) else {
      throw BatchError(
        "the batch cannot be asked again", file: folder,
        hint: "the folder it was started in is gone: start it again with tessera batch", status: 66)
    }
    var words = arguments.split(separator: "\u{1F}", omittingEmptySubsequences: false)
      .map(String.init)
    if words.first == "work" { words.removeFirst() }
    var work = try BatchWork.parse(words)
    work.folder = path
    try work.execute(isRetry: true)
  }
}

/// `tessera batch report DIR`.
struct BatchReport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write index.html over all exports anew.")

  @Argument(help: "The folder of the batch.")
  var folder: String

  func run() throws {
    let rows = try BatchLedger(folder, isReading: true).rows()
    let page = BatchPage(folder: folder, rows: rows, numbers: .english)
    try AtomicFile.write(page.html, to: "\(folder)/index.html")
    try Console.out("\(folder)/index.html")
  }
}

/// Where a batch stands, for a terminal.
enum BatchText {
  /// Prints counts and failures.
  static func tell(
    _ rows: [BatchLedger.Row], folder: String, did: Int?, _ output: OutputOptions
  ) throws {
    func count(_ state: BatchLedger.State) -> Int { rows.count { $0.state == state } }
    let failed = rows.filter { $0.state == .failed }
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.batch/1", "directory": folder, "done": count(.done),
          "failed": count(.failed), "waiting": count(.waiting), "running": count(.running),
          "jobs": JSONValue.list(rows) {
            [
              "input": $0.input, "output": $0.output, "state": $0.state.rawValue,
              "reason": $0.reason, "respondents": $0.rows,
            ]
          },
        ] as JSONValue).text)
      return
    }
    var lines: [String] = []
    if !failed.isEmpty {
      lines += TextTableLayout.lines(
        header: ["failed", "reason"],
        rows: failed.map { [$0.output, DisplayText.escaped($0.reason, limit: 300)] })
      lines.append("")
    }
    var counts = "\(count(.done)) of \(rows.count) exports are done"
    for (state, words) in [
      (BatchLedger.State.failed, "failed"), (.waiting, "waiting"), (.running, "running"),
    ] where count(state) > 0 {
      counts += ", \(count(state)) \(words)"
    }
    if let did { counts += "; \(did) \(did == 1 ? "was" : "were") tried now" }
    lines.append(counts + ".")
    lines.append("The page: \(folder)/index.html")
    try Console.out(lines.joined(separator: "\n"))
  }
}

/// Tells how far a batch is: a line that changes on a terminal, a line every ten seconds elsewhere.
final class BatchMeter: Sendable {
  private let output: OutputOptions
  private let start = ContinuousClock.now
  private let told = Mutex(ContinuousClock.now)

  init(_ output: OutputOptions) { self.output = output }

  /// Tells of a job that ended.
  func show(_ done: Int, _ total: Int) {
    let seconds = Double((ContinuousClock.now - start).components.seconds)
    let rate = seconds > 0 ? 60 * Double(done) / seconds : 0
    let left = done > 0 ? seconds / Double(done) * Double(total - done) : 0
    let pace = "\(Int(rate.rounded())) a minute, \(Int(left.rounded())) s left"
    if Console.isWatched {
      output.progress.report("exports (\(pace))", done, total)
      return
    }
    let isDue = told.withLock { last in
      guard ContinuousClock.now - last > .seconds(10), done < total else { return false }
      last = ContinuousClock.now
      return true
    }
    if isDue { output.note("\(done) of \(total) exports, \(pace)") }
  }
}
