/// Recognises the header rows of survey platforms.
enum PlatformHeader {
  /// Reads further header rows, if the layout has them.
  static func apply(
    _ rows: [CSVRecords.Record], _ behind: Int, file: String, format: SurveyFormat?,
    to header: inout CSVHeader
  ) {
    let width = header.names.count
    guard rows.count > 1 else { return }
    if format == nil || format == .qualtrics, rows.count > 2, rows[1].fields.count == width,
      rows[2].fields.count == width,
      rows[2].fields.allSatisfy({ $0.isEmpty || isImportID($0) }),
      rows[2].fields.contains(where: { !$0.isEmpty })
    {
      header.labels = rows[1].fields
      header.format = .qualtrics
      header.dataStart = rows[2].end
      header.dataLine = CSVHeader.lineBehind(rows, 2, behind)
      return
    }
    if format == nil || format == .qualtrics, rows[0].fields[0] == "V1",
      rows[1].fields.count == width, rows[1].fields[0].lowercased().hasPrefix("response")
    {
      header.labels = rows[1].fields
      header.format = .qualtrics
      header.dataStart = rows[1].end
      header.dataLine = CSVHeader.lineBehind(rows, 1, behind)
      return
    }
    if isWorded(rows, width: width) {
      header.labels = rows[1].fields
      header.dataStart = rows[1].end
      header.dataLine = CSVHeader.lineBehind(rows, 1, behind)
      header.notices.append(
        FileNotice(
          file: file, row: rows[1].line + 1,
          message: "taken as a second header row, with the wordings of the questions"))
      return
    }
    twoRows(rows, behind, file: file, format: format, to: &header)
  }

  /// Whether the second row words the questions whose codes stand in the first: most names are codes,
  /// most cells below are of four words or end in a question mark, and hardly any of the third row are.
  private static func isWorded(_ rows: [CSVRecords.Record], width: Int) -> Bool {
    guard rows.count > 2, width >= 4, rows[1].fields.count == width, rows[2].fields.count == width
    else { return false }
    let names = rows[0].fields
    let codes = names.count { !$0.isEmpty && $0.count <= 20 && !$0.contains(" ") }
    guard codes * 10 >= width * 7 else { return false }
    func isWording(_ cell: String) -> Bool {
      let words = cell.split(separator: " ").count
      return words >= 4 || words >= 2 && cell.hasSuffix("?")
    }
    let worded = (0..<width).filter { isWording(rows[1].fields[$0]) }
    guard worded.count * 10 >= width * 6, rows[1].fields.allSatisfy({ Double($0) == nil }) else {
      return false
    }
    let below = worded.count { isWording(rows[2].fields[$0]) }
    return below * 5 <= worded.count
  }

  /// Whether a cell names a question as Qualtrics does in its third header row.
  private static func isImportID(_ cell: String) -> Bool {
    // Files of some years have single quotes.
    let sign = cell.filter { $0 != " " && $0 != "\"" && $0 != "'" }
    return sign.hasPrefix("{ImportId:")
  }

  /// What SurveyMonkey writes below a question that has no options, in the survey's language.
  private static let placeholders: Set<String> = [
    "response", "open-ended response", "antwort", "offene antwort", "beantwortung mit freitext",
    "réponse", "réponse ouverte", "respuesta", "respuesta abierta",
  ]

  /// Two header rows: a question over the first of its columns, and an option over each.
  private static func twoRows(
    _ rows: [CSVRecords.Record], _ behind: Int, file: String, format: SurveyFormat?,
    to header: inout CSVHeader
  ) {
    let first = rows[0].fields
    let second = rows[1].fields
    guard format == nil || format == .surveymonkey, second.count == first.count, first.count > 1,
      !first[0].isEmpty, second[0].isEmpty
    else { return }
    let isSurveyMonkey = first[0] == "Respondent ID" || first.contains("Collector ID")
    let gaps = first.indices.filter { first[$0].isEmpty && !second[$0].isEmpty }
    guard isSurveyMonkey || !gaps.isEmpty,
      second.allSatisfy({ $0.isEmpty || !$0.allSatisfy { $0.isNumber || $0 == "." } })
    else { return }
    var question = ""
    for column in first.indices {
      if !first[column].isEmpty { question = first[column] }
      let option = second[column]
      let stands = !option.isEmpty && !placeholders.contains(option.lowercased())
      header.names[column] = stands ? "\(question) [\(option)]" : question
      header.labels[column] = stands ? "\(question): \(option)" : question
    }
    header.format = isSurveyMonkey ? .surveymonkey : .csv
    header.dataStart = rows[1].end
    header.dataLine = CSVHeader.lineBehind(rows, 1, behind)
    if !isSurveyMonkey {
      header.notices.append(
        FileNotice(
          file: file, row: rows[1].line + 1,
          message: "taken as a second header row, with the options of the questions above"))
    }
  }
}
