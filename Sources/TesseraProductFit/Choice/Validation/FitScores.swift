import TesseraMath
import TesseraStudy

/// The fit of every alternative for the person who had it on a menu.
struct FitScores: Sendable {
  /// One for each alternative of the records, 0 to 100; not a number where there is no fit.
  let values: [Double]
  /// Whether each respondent in segments has a fit.
  let isUsable: [Bool]

  /// Scores what was on the menus; `nil` where the study declares no fit for it.
  init?(
    _ study: Study, _ data: ChoiceData, _ segmented: SegmentedSurvey, workers: Workers
  ) throws(StudyError) {
    let records = data.records
    guard let profiles = records.profiles, study.relations != nil, !study.file.needs.isEmpty
    else { return nil }
    let source = FitSource(study).offering(profiles)
    let model = try FitModel.bind(source, segmented)
    let scorer = Scorer(model, workers: workers)
    var wanted = [[(alternative: Int, person: Int)]](repeating: [], count: profiles.names.count)
    for menu in 0..<data.count {
      for alternative in data.alternatives(menu) {
        wanted[records.profileOfAlternative[alternative]].append((alternative, data.persons[menu]))
      }
    }
    var values = [Double](repeating: .nan, count: records.lines.count)
    let levels = model.productLevels
    let used = wanted.indices.filter { !wanted[$0].isEmpty }
    // A block of offers at a time: offers × respondents may be many numbers.
    for start in stride(from: 0, to: used.count, by: 64) {
      let block = Array(used[start..<min(start + 64, used.count)])
      let scores = scorer.scores(block.map { levels[$0] })
      for (place, profile) in block.enumerated() {
        for (alternative, person) in wanted[profile] {
          values[alternative] = scores.fit[place, person]
        }
      }
    }
    self.values = values
    isUsable = model.respondents.isUsable
  }
}

extension FitSource {
  /// The same declarations about other products: what was on the menus.
  func offering(_ profiles: ProductTable) -> FitSource {
    var file = file
    file.edits = []
    file.funnel = nil
    return FitSource(
      file: file, path: path, products: profiles, relations: relations, labels: labels)
  }
}
