internal import TesseraFiles
internal import TesseraSurvey

/// The column that says from which wave an answer is.
struct WaveColumn {
  let name: String
  let file: SurveyFile
  let origin: DeclarationOrigin

  /// More waves than this are none.
  private static let mostWaves = 60

  /// Finds the column, or makes it from the names of the files that were stacked.
  ///
  /// - Parameter survey: The survey; it gets the column where it has none.
  /// - Returns: The waves with their people.
  /// - Throws: ``StudyError`` `E0401` or `E0420` with the line of the study.
  func bind(_ survey: inout Survey) throws(StudyError) -> PreparationStep {
    let isMade = survey[name] == nil
    if isMade { survey.put(try made(survey)) }
    guard let variable = survey[name] else { preconditionFailure("the column was put there") }
    var counts: [String: Int] = [:]
    var order: [String] = []
    if variable.answers.isCoded {
      order = variable.categories.map(\.label)
      for row in 0..<variable.answers.count {
        let position = variable.answers.position(row)
        if position > 0 { counts[order[position - 1], default: 0] += 1 }
      }
    } else {
      for number in variable.numbers where !number.isNaN {
        counts[AnswerCode.number(number).text, default: 0] += 1
      }
      order = Set(variable.numbers.filter { !$0.isNaN }).sorted().map { AnswerCode.number($0).text }
    }
    order = order.filter { counts[$0] != nil }
    guard order.count <= Self.mostWaves else {
      throw origin.error(
        "E0420",
        "'\(DisplayText.escaped(name))' has \(order.count) different answers, too many to be "
          + "waves", at: "survey.wave", hint: "name the column of the wave, not of the date")
    }
    let told = order.map { "\(DisplayText.escaped($0, limit: 40)) (\(counts[$0] ?? 0) people)" }
    return PreparationStep(
      kind: .wave, name: name,
      rule: (isMade
        ? "Waves by the names of the files: " : "Waves by \(DisplayText.escaped(name)): ")
        + told.joined(separator: ", ") + ".",
      answered: variable.answers.count - variable.missingCount, unknown: variable.missingCount)
  }

  /// A wave for each file, in the order in which they were read.
  private func made(_ survey: Survey) throws(StudyError) -> Variable {
    guard file.sources.count > 1 else {
      throw origin.error(
        "E0401", "there is no column '\(DisplayText.escaped(name))' in the survey",
        at: "survey.wave",
        hint: NearestName.question(name, among: survey.variables.map(\.name))
          ?? "where several files are stacked (file: [2024.sav, 2025.sav]) it is made from their names"
      )
    }
    var names: [String] = []
    for source in file.sources {
      let last = source.path.split(separator: "/").last.map(String.init) ?? source.path
      var stem = last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
      if stem.isEmpty { stem = last }
      while names.contains(stem) { stem += "'" }
      names.append(stem)
    }
    let positions = zip(1..., file.sources).flatMap { place, source in
      [Int](repeating: place, count: source.respondents)
    }
    return Variable(
      name: name, label: "Wave", level: .ordinal,
      categories: names.map { Category(code: .text($0)) },
      answers: AnswerColumn(positions: positions, categoryCount: names.count))
  }
}
