package import TesseraMath
import TesseraSurvey

/// Reads the columns on which membership may depend.
package struct CovariateReader {
  /// How each column becomes numbers.
  package let encodings: [CovariateEncoding]
  /// The rows without a gap.
  package let rows: [Int]
  /// Those rows × columns of numbers; absent without covariates.
  package let matrix: Matrix?
  /// What was left out.
  package let notes: [String]

  /// Reads columns and leaves out the rows with gaps.
  ///
  /// - Parameters:
  ///   - data: The respondents.
  ///   - names: Columns or sets.
  ///   - minimum: Answers of fewer people count as gaps.
  ///   - key: Where the names stand, for messages.
  /// - Throws: ``StudyError`` E0501 for an unknown column, E0502 for one of texts, E0504 where fewer
  ///   than two people answered all of them.
  package init(
    data: StudyData, names: [String], minimum: Double = 1, key: String = "segments.covariates"
  ) throws(StudyError) {
    var encodings: [CovariateEncoding] = []
    var columns: [[Double]] = []
    for name in names {
      let question = try data.survey.question(name, under: key)
      for variable in question.variables {
        guard variable.level != .text, variable.level != .date else {
          throw StudyError(
            code: "E0502", message: "\(name) holds text, which cannot explain membership",
            column: name, hint: "use a column of numbers or categories")
        }
        let encoding = CovariateReader.encoding(
          variable, set: question.set, heads: data.design.heads, minimum: minimum)
        encodings.append(encoding)
        columns += encoding.columns(variable)
      }
    }
    let all = 0..<data.survey.respondentCount
    let rows = all.filter { row in columns.allSatisfy { !$0[row].isNaN } }
    guard rows.count > 1 else {
      throw StudyError(
        code: "E0504", message: "fewer than two respondents answered every covariate",
        column: names.first, hint: "name covariates that more respondents answered")
    }
    var notes: [String] = []
    if rows.count < all.count {
      let left = data.design.respondents - rows.reduce(0) { $0 + data.design.heads($1) }
      notes.append(
        "\(whole(left)) respondents without an answer to every covariate "
          + "(\(names.joined(separator: ", "))) are left out.")
    }
    self.encodings = encodings
    self.rows = rows
    self.notes = notes
    guard !columns.isEmpty else {
      matrix = nil
      return
    }
    var matrix = Matrix(rows: rows.count, columns: columns.count)
    for (place, row) in rows.enumerated() {
      for column in columns.indices { matrix[place, column] = columns[column][row] }
    }
    self.matrix = matrix
  }

  private static func encoding(
    _ variable: Variable, set: MultipleResponseSet?, heads: [Double], minimum: Double
  ) -> CovariateEncoding {
    if set == nil, variable.level != .nominal, !variable.answers.isCoded || variable.isNumeric {
      return CovariateEncoding(name: variable.name)
    }
    let answers = CategoricalAnswers(variable)
    let counts = answers.counts(heads: heads)
    let present = counts.indices.filter { counts[$0] >= minimum }.map {
      EncodedCategory(label: answers.categories[$0].label, codes: [answers.categories[$0].code])
    }
    return CovariateEncoding(
      name: variable.name, codes: Array(present.dropFirst()), reference: present.first)
  }
}

extension CovariateEncoding {
  /// The columns of numbers that this makes of a column of answers; NaN is missing.
  func columns(_ variable: Variable) -> [[Double]] {
    guard let reference else { return [variable.numbers] }
    let answers = CategoricalAnswers(variable)
    let places = answers.match([reference] + codes).places
    return codes.indices.map { column in
      answers.positions.map { position in
        guard position > 0, places[position - 1] > 0 else { return .nan }
        return places[position - 1] == column + 2 ? 1 : 0
      }
    }
  }
}

extension StudyData {
  /// The data of some respondents, in the order given.
  ///
  /// - Parameter rows: Which, from 0.
  /// - Returns: The data of that many respondents.
  public func selecting(_ rows: [Int]) -> StudyData {
    guard rows.count != survey.respondentCount else { return self }
    let share = rows.reduce(0) { $0 + design.weights[$1] } / design.weights.reduce(0, +)
    return StudyData(
      survey: survey.selecting(rows), design: design.selecting(rows),
      weightSum: weightSum * share, sourceRows: rows.map { sourceRows[$0] },
      ids: ids.map { ids in rows.map { ids[$0] } }, notes: notes, reserved: reserved)
  }
}
