package import TesseraFiles

/// A respondent of the General Social Survey 2018: the real part of the family-car study.
package struct Adult: Sendable {
  /// Row number in the source, from 1.
  package let id: Int
  /// Years; 89 stands for 89 and more.
  package let age: Int?
  package let gender: String
  package let maritalStatus: String
  /// Children ever had (8 stands for 8 and more), not children at home.
  package let children: Int?
  package let education: String
  package let workStatus: String
  package let occupation: String
  /// Own income of the year before, the midpoint of the bracket named, dollars of that year.
  package let income: Double?
  /// The bracket of own income, 1 to 26.
  package let incomeBracket: Int?
  /// Kind of place, 1 (large city) to 10 (open country).
  package let place: Int?
  /// How often a newspaper is read, 1 (every day) to 5 (never).
  package let newspaper: Int?
  /// Judgements of national spending: -1 too much, 0 about right, 1 too little.
  package let spending: [Int?]

  /// The spending items kept, as the source names them.
  static let spendingItems = [
    "natenvir", "natchld", "natroad", "natmass", "natheal", "nateduc",
  ]

  /// Dollars of the income year per dollar in `realrinc`.
  ///
  /// `realrinc` is the bracket's midpoint times 0.454, in dollars of 1986: bracket 18
  /// (40,000 to 49,999) stands as 20,430 = 45,000 x 0.454.
  static let constantDollarFactor = 0.454
}

extension Adult {
  /// Reads the respondents from the table in `datasets/gss2018`.
  ///
  /// - Parameter table: The survey, a row a respondent.
  /// - Returns: The respondents, in the order of the table.
  /// - Throws: ``SurveyTableError`` when a column is missing or a number cannot be read.
  package static func all(in table: TextTable) throws(SurveyTableError) -> [Adult] {
    let columns = try Columns(of: table)
    var adults: [Adult] = []
    for row in table.rows {
      adults.append(try columns.adult(in: row))
    }
    return adults
  }

  var isMarried: Bool { maritalStatus == "Married" }
  var isMale: Bool { gender == "Male" }
  var isYoung: Bool { age.map { $0 < 30 } ?? false }
  var isOld: Bool { age.map { $0 >= 65 } ?? false }
  /// Lives in a city of 50,000 or more.
  var isInCity: Bool { place.map { $0 <= 2 } ?? false }
  var works: Bool { ["Full-Time", "Part-Time", "Temporarily Not Working"].contains(workStatus) }

  /// People in the household, estimated: one, a spouse, and up to four children while the
  /// respondent is under 55; missing where the answers it rests on are.
  package var household: Int? {
    guard let age, let children, !maritalStatus.isEmpty else { return nil }
    return 1 + (isMarried ? 1 : 0) + (age < 55 ? min(children, 4) : 0)
  }

  /// Where the columns stand that the study takes.
  private struct Columns {
    let index: [String: Int]

    init(of table: TextTable) throws(SurveyTableError) {
      var index: [String: Int] = [:]
      let names = [
        "id", "age", "gender", "maritalcat", "childs", "educcat", "wrkstat", "occrecode",
        "realrinc", "rincom16", "xnorcsiz", "news",
      ]
      for name in names + Adult.spendingItems {
        guard let place = table.column(name) else { throw .noColumn(name) }
        index[name] = place
      }
      self.index = index
    }

    func text(_ name: String, _ row: TextTable.Row) throws(SurveyTableError) -> String {
      guard let place = index[name] else { throw .noColumn(name) }
      return row.cells[place]
    }

    func number(_ name: String, _ row: TextTable.Row) throws(SurveyTableError) -> Double? {
      let cell = try text(name, row)
      if cell.isEmpty { return nil }
      guard let value = Double(cell) else { throw .notANumber(line: row.line, column: name) }
      return value
    }

    func whole(_ name: String, _ row: TextTable.Row) throws(SurveyTableError) -> Int? {
      guard let value = try number(name, row) else { return nil }
      guard let whole = Int(exactly: value) else {
        throw .notANumber(line: row.line, column: name)
      }
      return whole
    }

    func adult(in row: TextTable.Row) throws(SurveyTableError) -> Adult {
      guard let id = try whole("id", row) else {
        throw .notANumber(line: row.line, column: "id")
      }
      var spending: [Int?] = []
      for item in Adult.spendingItems { spending.append(try whole(item, row)) }
      return Adult(
        id: id,
        age: try whole("age", row),
        gender: try text("gender", row),
        maritalStatus: try text("maritalcat", row),
        children: try whole("childs", row),
        education: try text("educcat", row),
        workStatus: try text("wrkstat", row),
        occupation: try text("occrecode", row),
        income: try number("realrinc", row).map { $0 / Adult.constantDollarFactor },
        incomeBracket: try whole("rincom16", row),
        place: try whole("xnorcsiz", row),
        newspaper: try whole("news", row),
        spending: spending)
    }
  }
}
