import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey
import TesseraWaves

/// A table of assignments on disk.
enum AssignmentFile {
  /// Reads who belongs where; people without a segment are left out.
  ///
  /// - Parameters:
  ///   - path: A file with columns `id` and `segment`, such as assignments.csv.
  ///   - options: How files are read.
  /// - Returns: Identifier and segment of each person.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  static func read(
    _ path: String, _ options: ReadingOptions
  ) throws -> [ComparedSegmentation.Person] {
    let survey = try SurveyReader.read([path], options: options).survey
    func column(_ name: String) throws -> Variable {
      guard let found = survey[name] else {
        throw StudyError(
          code: "E0530", message: "there is no column '\(name)' in this table of assignments",
          file: path, column: name,
          hint: NearestName.question(name, among: survey.variables.map(\.name))
            ?? "assignments have columns id and segment, as tessera assign writes them")
      }
      return found
    }
    // Under --own-id-name the first column bears the survey's own name.
    let first = survey.variables.first.map(\.name) ?? Assignments.plainIDName
    let own = survey[Assignments.plainIDName] == nil && first != "segment"
    let (ids, segments) = (
      texts(try column(own ? first : Assignments.plainIDName)), texts(try column("segment"))
    )
    return zip(ids, segments).compactMap { id, segment in
      id.isEmpty || segment.isEmpty ? nil : .init(id: id, segment: segment)
    }
  }

  /// The answers of a column as text; empty where there is none.
  private static func texts(_ variable: Variable) -> [String] {
    if case .numbers(let numbers) = variable.answers {
      return numbers.map { $0.isNaN ? "" : AnswerCode.number($0).text }
    }
    return (0..<variable.answers.count).map { row in
      let position = variable.answers.position(row)
      guard position > 0 else { return "" }
      let category = variable.categories[position - 1]
      // Labelled files hold "S1 Families" under a code; the id stands before the name.
      if case .number = category.code, !category.label.isEmpty {
        return String(category.label.prefix { $0 != " " })
      }
      return category.code.text
    }
  }
}
