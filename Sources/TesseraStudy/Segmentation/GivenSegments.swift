import TesseraMath
import TesseraSurvey

/// Segments that exist already in a column.
enum GivenSegments {
  /// Reads the column.
  ///
  /// - Parameters:
  ///   - data: The respondents.
  ///   - column: The column's name.
  /// - Returns: The respondents with a segment, their memberships, and the segments as (value,
  ///   label), largest share first.
  /// - Throws: ``StudyError`` E0501 if there is no such column, E0504 if nobody has a segment.
  static func read(
    _ data: StudyData, column: String
  ) throws(StudyError) -> (
    data: StudyData, posterior: Matrix, shares: [Double], segments: [Category], note: String?
  ) {
    let question = try data.survey.question(column, under: "segments.given")
    guard question.set == nil, let variable = question.variables.first else {
      throw StudyError(
        code: "E0502", message: "segments.given names a set, of which several may be chosen",
        column: column, hint: "name a column that holds one segment for each respondent")
    }
    let answers = CategoricalAnswers(variable)
    let positions = answers.positions
    let rows = positions.indices.filter { positions[$0] > 0 }
    guard !rows.isEmpty else {
      throw StudyError(
        code: "E0504", message: "no respondent has a segment in '\(column)'", column: column,
        hint: "check the column and its missing codes")
    }
    let used = data.selecting(rows)
    var masses = [Double](repeating: 0, count: answers.categories.count)
    for (place, row) in rows.enumerated() {
      masses[positions[row] - 1] += used.design.weights[place]
    }
    let total = masses.reduce(0, +)
    let order = masses.indices.filter { masses[$0] > 0 }.sorted {
      masses[$0] != masses[$1] ? masses[$0] > masses[$1] : $0 < $1
    }
    guard order.count <= 64 else {
      throw StudyError(
        code: "E0502",
        message: "'\(column)' holds \(order.count) different values, too many for segments",
        column: column, hint: "name a column with at most 64 different segments")
    }
    var place = [Int](repeating: 0, count: masses.count)
    for (segment, category) in order.enumerated() { place[category] = segment }
    var posterior = Matrix(rows: rows.count, columns: order.count)
    for (index, row) in rows.enumerated() {
      posterior[index, place[positions[row] - 1]] = 1
    }
    let left = data.design.respondents - used.design.respondents
    return (
      used, posterior, order.map { masses[$0] / total }, order.map { answers.categories[$0] },
      left > 0 ? "\(whole(left)) respondents without a value in '\(column)' are left out." : nil
    )
  }
}
