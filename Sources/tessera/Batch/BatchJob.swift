import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey

/// One export and what is done with it.
struct BatchJob: Sendable, Equatable {
  /// The export.
  let input: String
  /// The study or the model.
  let work: BatchManifest.Work
  /// The folder of its outputs, within the batch's.
  let output: String
}

/// All jobs of a batch.
struct BatchPlan {
  /// In the order of the manifest, files by name.
  let jobs: [BatchJob]

  /// Endings of files in a folder that are taken for exports.
  private static let endings: Set<String> = [
    "csv", "tsv", "txt", "sav", "zsav", "por", "dta", "sas7bdat", "xpt", "xlsx", "xlsm", "sss",
    "parquet", "gz",
  ]

  /// Finds the exports.
  ///
  /// - Parameter manifest: What is to be done.
  /// - Throws: `ReportedError` where two jobs would write to one folder, or nothing is found.
  init(_ manifest: BatchManifest) throws {
    var jobs: [BatchJob] = []
    for entry in manifest.entries {
      for file in try FilePattern.expand(entry.surveys) {
        let url = URL(fileURLWithPath: file).standardizedFileURL
        var name = url.deletingPathExtension().lastPathComponent
        if url.pathExtension == "gz" {
          name = (name as NSString).deletingPathExtension
        }
        let output = entry.output.replacing("{name}", with: name)
          .replacing("{folder}", with: url.deletingLastPathComponent().lastPathComponent)
          .replacing("{job}", with: String(jobs.count + 1))
        jobs.append(BatchJob(input: file, work: entry.work, output: try Self.checked(output)))
      }
    }
    var owners: [String: String] = [:]
    for job in jobs {
      if let other = owners[job.output] {
        throw UsageError(
          message: "\(other) and \(job.input) would both write to '\(job.output)'",
          hint: "give them different outputs: {folder}, {name} and {job} can be used")
      }
      owners[job.output] = job.input
    }
    self.jobs = jobs
  }

  /// A manifest for the exports of a folder, or for a single pattern.
  static func folder(_ path: String, _ work: BatchManifest.Work) throws -> BatchManifest {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let files = names.sorted().filter {
      !$0.hasPrefix(".") && endings.contains(($0 as NSString).pathExtension.lowercased())
    }
    guard !files.isEmpty else {
      throw OutputRefused.input(path, "no survey files in this folder")
    }
    return BatchManifest(
      entries: [.init(surveys: files.map { "\(path)/\($0)" }, work: work)])
  }

  /// An output that stays inside the batch's folder.
  private static func checked(_ output: String) throws -> String {
    let parts = output.split(separator: "/", omittingEmptySubsequences: false)
    guard !output.isEmpty, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
      !output.hasPrefix("ledger."), output != "index.html"
    else {
      throw UsageError(
        message: "'\(DisplayText.escaped(output))' is no folder within the batch's own",
        hint: "write a name such as {name}, without .. and without a leading slash")
    }
    return output
  }
}

extension OutputRefused {
  /// Refuses an input.
  static func input(_ path: String, _ message: String) -> UsageError {
    UsageError(message: "\(path): \(message)", hint: "name a folder of exports, or a manifest")
  }
}
