import Foundation
import TesseraFiles
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

extension FinishedRun {
  /// The results of the run, from its files and its survey.
  ///
  /// Segments, replicates and settings are the run's own; profiles and fit are made again from them.
  ///
  /// - Parameters:
  ///   - options: How files are read.
  ///   - settings: Threads.
  ///   - warn: Told if an input changed since the run.
  /// - Returns: What a report or a deck is written from.
  /// - Throws: ``ReportedError`` if a file of the run is missing or is none of its files.
  func results(
    _ options: ReadingOptions, _ settings: RunSettings, warn: (String) -> Void
  ) throws -> StudyResults {
    guard let folder else {
      throw StudyError(
        code: "E0711", message: "this is a study and not the folder of a finished run", file: study,
        hint: "tessera run \(study) makes one", exitStatus: 66)
    }
    let stated = record?["settings"]
    var settings = settings
    if let word = stated?["privacy"]?.string { settings.askedPrivacy = Privacy(rawValue: word) }
    if let cell = stated?["minimum_cell"]?.number { settings.minimumCell = Int(cell) }
    if let seed { settings.seed = seed }
    if let count = stated?["replicates"]?.number { settings.replicates = Int(count) }
    let (loaded, segmented) = try load(
      options, settings, needsProducts: false, isResampled: true, warn: warn)
    settings = settings.protecting(loaded.file)
    let model = try ModelFile.read("\(folder)/segments.json")
    func names(_ key: String) -> [String] { stated?[key]?.array?.compactMap(\.string) ?? [] }
    let profiles = try StudyProfile.profile(
      segmented, active: names("active"), passive: names("passive"),
      roles: StudyRoles(loaded.file), settings: settings, sampling: model.result)
    // The file holds not all that slides tell; the same replicates give the same fit.
    let fit =
      loaded.hasFitOrQuestions
      ? try ProductFit.run(loaded, segmented, settings: settings) : nil
    var results = StudyResults(
      study: loaded.file, segmentation: model.result, profiles: profiles,
      fit: fit,
      inputs: loaded.sources.map {
        .init(name: URL(fileURLWithPath: $0.path).lastPathComponent, sha256: $0.sha256)
      },
      settings: [
        ("Seed", String(settings.seed)), ("Method", model.result.method),
        ("Active questions", names("active").joined(separator: ", ")),
        ("Privacy", settings.privacy.rawValue),
      ], dataNotes: loaded.warnings + loaded.notices, minimumCell: settings.minimumCell)
    results.asked = loaded.data.design.respondents
    results.privacy = settings.privacy
    results.smallBase = settings.smallBase
    return results
  }

  /// What `validate.json` of the run says of real choices; `nil` without one.
  var validationSentence: String? {
    folder.flatMap { FileManager.default.contents(atPath: "\($0)/validate.json") }
      .flatMap { try? JSONValue.parse($0) }?["verdict"]?["sentence"]?.string
  }
}
