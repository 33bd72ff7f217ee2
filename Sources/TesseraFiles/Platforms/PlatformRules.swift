internal import TesseraSurvey

extension SurveyFormat {
  /// The platform whose columns these are; `csv` if none is recognised.
  static func platform(of names: [String]) -> SurveyFormat {
    let first = names.first ?? ""
    let all = Set(names)
    if names.count > 4, ["id", "submitdate", "lastpage", "startlanguage"] == Array(names[..<4]) {
      return .limesurvey
    }
    if all.contains("_uuid"), all.contains("_submission_time") { return .kobo }
    if all.contains("KEY"), all.contains("SubmissionDate") { return .kobo }
    if first == "#", all.contains("Network ID") || all.contains("Submit Date (UTC)") {
      return .typeform
    }
    if first == "Response ID", all.contains("Time Started") || all.contains("Date Submitted") {
      return .alchemer
    }
    if first == "Respondent ID", all.contains("Collector ID") { return .surveymonkey }
    if first == "Record ID", names.contains(where: { NameStem.split($0)?.form == .choice }) {
      return .redcap
    }
    if all.contains("redcap_event_name") || (first == "record_id" && hasCheckboxes(names)) {
      return .redcap
    }
    if ["Timestamp", "Zeitstempel", "Horodateur", "Marca temporal"].contains(first) {
      return .googleforms
    }
    return .csv
  }

  private static func hasCheckboxes(_ names: [String]) -> Bool {
    names.contains { NameStem.split($0)?.form == .underscores }
  }
}

/// What a platform means by its columns and codes, applied to a survey that was read.
struct PlatformRules {
  let format: SurveyFormat
  let file: String

  /// Applies the platform's rules, and recognises multiple-response questions.
  func apply(to read: SurveyFile, options: ReadingOptions) -> SurveyFile {
    var survey = read.survey
    var notices = read.notices
    var lines = read.lines
    var kept: [Int]?
    switch format {
    case .qualtrics:
      kept = dropPreviews(survey, &notices)
      declare(.number(-99), .notAnswered, "seen but unanswered", options, &survey, &notices)
    case .limesurvey:
      declare(.text("N/A"), .notAsked, "not shown", options, &survey, &notices)
    case .kobo: dropJoined(&survey, &notices)
    default: break
    }
    PlatformWordings.clean(&survey)
    if let kept {
      survey = survey.selecting(kept)
      lines = RowLines(kept.map { lines[$0] })
    }
    let finding = MultipleResponseFinder.find(in: survey)
    for variable in finding.recoded where options.levels[variable.name] == nil {
      survey.put(variable)
    }
    survey.sets += finding.sets
    notices += finding.sets.filter { !$0.isBounded }.map { Self.unboundedNotice($0, file: file) }
    var sources = read.sources
    if kept != nil, let only = sources.first, sources.count == 1 {
      sources = [
        SourceFile(
          path: only.path, byteCount: only.byteCount, sha256: only.sha256,
          respondents: lines.count)
      ]
    }
    return SurveyFile(
      survey: survey, format: format, notices: notices, sources: sources, lines: lines,
      rejected: read.rejected, offending: read.offending, label: read.label)
  }

  /// Says that a question was put together from columns that may be several questions.
  static func unboundedNotice(_ set: MultipleResponseSet, file: String) -> FileNotice {
    let last = set.members.last ?? ""
    return FileNotice(
      file: file, column: set.members.first,
      message: "\(set.members.count) neighbouring columns, to '\(DisplayText.escaped(last))', hold "
        + "nothing but their own name and are taken for one question; the file does not say where a "
        + "question ends: if they are several, list the columns of each under survey.sets in the "
        + "study file")
  }

  /// The respondents that are left when previews and tests are taken out; `nil` if all are.
  private func dropPreviews(_ survey: Survey, _ notices: inout [FileNotice]) -> [Int]? {
    guard let status = survey["Status"] ?? survey["V7"] ?? survey["DistributionChannel"] else {
      return nil
    }
    // The channel is written in English, whatever the language of the account.
    let channel = survey["DistributionChannel"]
    let previewed = channel?.categories.firstIndex { $0.code.text == "preview" }.map { $0 + 1 }
    let previews = Set(status.categories.map(\.code.text).filter(Self.isPreview))
    let kept = (0..<survey.respondentCount).filter { respondent in
      if let channel, let previewed, channel.answers.position(respondent) == previewed {
        return false
      }
      let position = status.answers.position(respondent)
      return position == 0 || !previews.contains(status.categories[position - 1].code.text)
    }
    let dropped = survey.respondentCount - kept.count
    guard dropped > 0, !kept.isEmpty else { return nil }
    notices.append(
      FileNotice(
        file: file, column: status.name,
        message: dropped == 1
          ? "1 preview or test was left out" : "\(dropped) previews and tests were left out"))
    return kept
  }

  /// Whether Qualtrics' status of a response is that of a preview or test, in the account's language.
  private static func isPreview(_ status: String) -> Bool {
    if ["1", "2"].contains(status) { return true }
    let line = PlainText.folded(status)
    return [
      "preview", "survey test", "vorschau", "umfragetest", "apercu", "vista previa", "previsual",
      "pre-visual", "visualizacao previa", "anteprima", "voorbeeld", "voorvertoning", "podglad",
      "forhandsgranskning", "プレビュー", "预览",
    ].contains { line.contains(PlainText.folded($0)) }
  }

  /// Takes a code for an absent answer in every column that holds it beside others.
  private func declare(
    _ code: AnswerCode, _ kind: MissingReason.Kind, _ label: String, _ options: ReadingOptions,
    _ survey: inout Survey, _ notices: inout [FileNotice]
  ) {
    var columns = 0
    for variable in survey.variables
    where variable.level != .text && options.missingInColumn[variable.name] == nil {
      guard let changed = variable.taking(code, as: kind, label) else { continue }
      var settled = changed
      settled.level = options.levels[variable.name] ?? LevelGuess.level(of: changed)
      survey.put(settled)
      notices.removeAll {
        $0.column == variable.name && $0.message.hasPrefix("\(code.text) is kept as an answer")
      }
      columns += 1
    }
    if columns > 0 {
      notices.append(
        FileNotice(
          file: file,
          message: "\(code.text) is taken as '\(label)' in \(columns) "
            + "column\(columns == 1 ? "" : "s")"))
    }
  }

  /// Drops `channels` where `channels/web` and the like say the same.
  private func dropJoined(_ survey: inout Survey, _ notices: inout [FileNotice]) {
    var stems = Set<AnswerCode>()
    for variable in survey.variables {
      if let split = NameStem.split(variable.name), split.form == .slash {
        stems.insert(.text(split.stem))
      }
    }
    let joined = survey.variables.filter { stems.contains(.text($0.name)) && !$0.isNumeric }
    guard !joined.isEmpty else { return }
    let names = Set(joined.map { AnswerCode.text($0.name) })
    survey = Survey(
      variables: survey.variables.filter { !names.contains(.text($0.name)) }, sets: survey.sets,
      weightVariable: survey.weightVariable)
    for variable in joined {
      notices.append(
        FileNotice(
          file: file, column: variable.name,
          message: "left out: a column for each of its answers says the same"))
    }
  }
}

extension Variable {
  /// The variable with one of its categories made a reason for a missing answer.
  ///
  /// - Returns: `nil` if the code is none of the categories.
  func taking(_ code: AnswerCode, as kind: MissingReason.Kind, _ label: String) -> Variable? {
    if case .numbers(let numbers) = answers {
      guard let value = code.number, numbers.contains(value) else { return nil }
      var result = self
      result.reasons.append(MissingReason(kind: kind, code: code, label: label))
      if result.missing.isEmpty { result.missing = [UInt8](repeating: 0, count: numbers.count) }
      for row in numbers.indices where numbers[row] == value {
        result.missing[row] = UInt8(result.reasons.count)
      }
      result.answers = .numbers(numbers.map { $0 == value ? .nan : $0 })
      return result
    }
    guard let place = categories.firstIndex(where: { $0.code == code }), reasons.count < 255 else {
      return nil
    }
    var result = self
    result.categories.remove(at: place)
    result.reasons.append(MissingReason(kind: kind, code: code, label: label))
    if result.missing.isEmpty { result.missing = [UInt8](repeating: 0, count: answers.count) }
    let positions = (0..<answers.count).map { row -> Int in
      let position = answers.position(row)
      if position == place + 1 {
        result.missing[row] = UInt8(result.reasons.count)
        return 0
      }
      return position > place + 1 ? position - 1 : position
    }
    result.answers = AnswerColumn(positions: positions, categoryCount: result.categories.count)
    return result
  }
}
