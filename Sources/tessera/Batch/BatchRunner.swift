import Foundation
import Synchronization
import TesseraFiles
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Works through the jobs of a batch, whole jobs side by side.
struct BatchRunner: Sendable {
  /// The batch's folder.
  let folder: String
  let ledger: BatchLedger
  /// How studies are run, one thread a job where there are jobs enough.
  let settings: RunSettings
  let style: ReportStyle
  let reading: ReadingOptions
  /// What the settings are, for telling jobs apart.
  let stated: String
  /// Jobs at a time.
  let workers: Workers
  /// Bytes that all jobs at work may need together.
  let memory: Double
  /// Told of each job that ends: done so far, of how many.
  let progress: @Sendable (Int, Int) -> Void

  /// The models that were read, by their paths.
  private let models = ModelShelf()

  /// A file in a job's folder that holds the job's key.
  private static let mark = ".tessera-job"

  /// A job to be done.
  struct Pending: Sendable {
    let job: BatchJob
    let key: String
  }

  /// Enters all jobs, and finds those that are not done.
  ///
  /// - Parameters:
  ///   - jobs: The jobs.
  ///   - isAll: Whether those that are done are done again.
  /// - Returns: What is to be done; the others are done already.
  /// - Throws: `ReportedError` if a study or the ledger cannot be read.
  func pending(_ jobs: [BatchJob], isAll: Bool) throws -> [Pending] {
    var hashes: [String: String] = [:]
    var works: [String: String] = [:]
    var pending: [Pending] = []
    for job in jobs {
      // A batch that was killed may have left it.
      try? FileManager.default.removeItem(atPath: staging(of: job))
      let work = job.work.path
      if works[work] == nil { works[work] = try settingsHash(job.work) }
      if hashes[job.input] == nil { hashes[job.input] = Self.hash(job.input) }
      let identity = BatchLedger.Identity(
        inputSHA256: hashes[job.input] ?? "", settingsSHA256: works[work] ?? "",
        output: job.output)
      let state = try ledger.enter(identity, input: job.input)
      let isThere =
        FileManager.default.contents(atPath: "\(folder)/\(job.output)/\(Self.mark)")
        == Data(identity.key.utf8)
      switch state {
      case .done where isThere && !isAll: continue
      case .waiting where isThere && !isAll:
        // The batch was killed between the outputs and the ledger.
        try ledger.end(identity.key, .done, reason: "", status: 0, rows: nil)
        continue
      default: break
      }
      pending.append(Pending(job: job, key: identity.key))
    }
    return pending
  }

  /// Does jobs; each is done whole or leaves nothing.
  ///
  /// - Returns: How many failed.
  /// - Throws: `ReportedError` if the ledger cannot be written.
  func run(_ pending: [Pending]) throws -> Int {
    let gate = MemoryGate(memory)
    let done = Mutex(0)
    let outcomes = workers.map(pending.count) { place -> Result<Bool, any Error> in
      let one = pending[place]
      let result = Result {
        try gate.holding(Self.need(one.job)) { try attempt(one) }
      }
      let count = done.withLock {
        $0 += 1
        return $0
      }
      progress(count, pending.count)
      return result
    }
    return try outcomes.count { try !$0.get() }
  }

  /// Does one job.
  private func attempt(_ one: Pending) throws -> Bool {
    try ledger.begin(one.key)
    do {
      guard Self.need(one.job) <= memory else {
        throw BatchError(
          "it needs about \(Int(Self.need(one.job) / 1e9 + 1)) GB", file: one.job.input,
          hint: "allow more with --memory", status: 70)
      }
      let rows = try work(one)
      try ledger.end(one.key, .done, reason: "", status: 0, rows: rows)
      return true
    } catch let error as any ReportedError {
      let reason = DisplayText.escaped("\(error.report.code) \(error.report.line)", limit: 1000)
      try ledger.end(
        one.key, .failed, reason: reason, status: error.report.exitStatus, rows: nil)
    } catch {
      try ledger.end(one.key, .failed, reason: "E0799 failed unexpectedly", status: 70, rows: nil)
    }
    return false
  }

  /// Where a job's outputs are made before they are swapped in.
  private func staging(of job: BatchJob) -> String {
    let target = "\(folder)/\(job.output)" as NSString
    return "\(target.deletingLastPathComponent)/.\(target.lastPathComponent).tessera-part"
  }

  /// Makes a job's outputs aside, and swaps them in.
  private func work(_ one: Pending) throws -> Int {
    let target = "\(folder)/\(one.job.output)"
    let staging = staging(of: one.job)
    let manager = FileManager.default
    try? manager.removeItem(atPath: staging)
    defer { try? manager.removeItem(atPath: staging) }
    let output = try OutputFolder(path: staging, force: true)
    let rows: Int
    switch one.job.work {
    case .study(let path): rows = try runStudy(path, one.job.input, output, target)
    case .model(let path): rows = try assign(path, one.job.input, output)
    }
    try output.write(one.key, to: Self.mark)
    if manager.fileExists(atPath: target) {
      try FolderSwap.exchange(staging, target)
    } else {
      do {
        try manager.moveItem(atPath: staging, toPath: target)
      } catch {
        throw OutputError.cannotCreate(file: target, reason: "the folder cannot be renamed")
      }
    }
    return rows
  }

  private func runStudy(
    _ path: String, _ input: String, _ output: OutputFolder, _ target: String
  ) throws -> Int {
    let survey = URL(fileURLWithPath: input).standardizedFileURL.path
    let run = try StudyRun.run(
      path, reading: reading, settings: settings, previous: PreviousRun.model(in: target),
      surveys: [survey])
    _ = try RunOutputs(run: run, command: "batch", style: style).write(to: output)
    return run.segmentation.segmented.survey.respondentCount
  }

  private func assign(_ path: String, _ input: String, _ output: OutputFolder) throws -> Int {
    let model = try models.model(path)
    var options = try model.survey?.readingOptions(over: reading) ?? reading
    options.checksums = false
    var stream = AssignmentStream(
      try SurveyBlocks([input], options: options), by: Assigner(model), workers: settings.workers,
      idName: Assignments.idName(
        isOwn: style.usesOwnIDName, model.survey?.id, model.segments))
    var tally = AssignmentTally(model, checksAllIDs: false)
    try AtomicFile.writing(to: "\(output.path)/assignments.csv") { file in
      while let parts = try stream.next() {
        for part in parts {
          tally.add(part)
          try file.append(part.text)
        }
      }
    }
    if tally.hasRejects { try output.write(tally.rejects, to: "rejects.csv") }
    try output.write(tally.drift.json.text, to: "drift.json")
    return tally.respondents
  }

  /// Memory that a job needs, in bytes, from the size of its export.
  private static func need(_ job: BatchJob) -> Double {
    let attributes = try? FileManager.default.attributesOfItem(atPath: job.input)
    let size = (attributes?[.size] as? NSNumber)?.doubleValue ?? 0
    return switch job.work {
    case .study: 120e6 + 30 * size
    case .model: 160e6
    }
  }

  private static func hash(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { SHA256.hex(of: Array($0)) } ?? ""
  }

  private func settingsHash(_ work: BatchManifest.Work) throws -> String {
    let files = try work.settingsFiles()
    let text = files.map { "\($0)=\(Self.hash($0))" } + [stated, TesseraVersion.current]
    return SHA256.hex(of: Array(text.joined(separator: "\n").utf8))
  }
}

/// Models that many jobs take, each read once.
private final class ModelShelf: Sendable {
  private let known = Mutex<[String: SegmentModel]>([:])

  /// The model in a file.
  func model(_ path: String) throws -> SegmentModel {
    try known.withLock { known in
      if let model = known[path] { return model }
      let model = try ModelFile.read(path)
      known[path] = model
      return model
    }
  }
}

/// Lets work begin only while all that is under way needs no more memory than allowed.
private final class MemoryGate: Sendable {
  private let limit: Double
  private let used = Mutex((bytes: 0.0, jobs: 0))

  init(_ limit: Double) { self.limit = limit }

  /// Waits for room, works, and gives the room back; a job that is alone always begins.
  func holding<Value>(_ bytes: Double, _ work: () throws -> Value) rethrows -> Value {
    while !enter(bytes) { Thread.sleep(forTimeInterval: 0.02) }
    defer {
      used.withLock {
        $0.bytes -= bytes
        $0.jobs -= 1
      }
    }
    return try work()
  }

  private func enter(_ bytes: Double) -> Bool {
    used.withLock {
      guard $0.jobs == 0 || $0.bytes + bytes <= limit else { return false }
      $0.bytes += bytes
      $0.jobs += 1
      return true
    }
  }
}
