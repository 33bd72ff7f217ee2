public import TesseraFiles
public import TesseraSurvey

/// What a survey calls columns of a model that have another name there.
public struct ColumnNames: Sendable, Equatable {
  /// For a name of the model the column of the survey.
  private let names: [(model: String, survey: String)]

  /// No column has another name.
  public init() { names = [] }

  /// Reads a table of two columns, `model` and `file`.
  ///
  /// - Parameter table: A row a column; others keep their names.
  /// - Throws: ``StudyError`` E0519 naming the line where a name is missing or stands twice.
  public init(_ table: TextTable) throws(StudyError) {
    guard let model = table.column("model"), let survey = table.column("file") else {
      throw StudyError(
        code: "E0519", message: "a table with the columns 'model' and 'file' is expected",
        file: table.file, row: 1,
        hint: "write a line model,file and below it, for example, q12_age,customer_age")
    }
    var names: [(model: String, survey: String)] = []
    for row in table.rows {
      let pair = (model: row.cells[model], survey: row.cells[survey])
      guard !pair.model.isEmpty, !pair.survey.isEmpty else {
        throw StudyError(
          code: "E0519", message: "a name is missing", file: table.file, row: row.line,
          hint: "give both names, or leave the line out")
      }
      guard !names.contains(where: { $0.model == pair.model || $0.survey == pair.survey }) else {
        throw StudyError(
          code: "E0519", message: "a name stands twice", file: table.file, row: row.line,
          hint: "name each column of the model and of the file once")
      }
      names.append(pair)
    }
    self.names = names
  }

  /// The names of those columns only that a survey has.
  ///
  /// - Parameter survey: A survey that may lack some, such as one wave of several.
  /// - Returns: Some of these names, or all.
  public func present(in survey: Survey) -> ColumnNames {
    ColumnNames(names: names.filter { survey[$0.survey] != nil })
  }

  private init(names: [(model: String, survey: String)]) { self.names = names }

  /// Whether no column has another name.
  public var isEmpty: Bool { names.isEmpty }

  /// The columns of the model that have another name.
  public var mapped: [String] { names.map(\.model) }

  /// What the survey calls a column of the model.
  public func name(of column: String) -> String {
    names.first { $0.model == column }?.survey ?? column
  }

  /// A survey with the model's names.
  ///
  /// A column of the survey that bears by chance the name another was given is left out. So are sets
  /// of renamed columns that the model does not have: they may have been guessed from the names.
  func applied(
    to file: SurveyFile, sets known: Set<String>
  ) throws(StudyError) -> SurveyFile {
    guard !names.isEmpty else { return file }
    var file = file
    let survey = file.survey
    for pair in names where survey[pair.survey] == nil {
      throw StudyError(
        code: "E0519",
        message: "the survey has no column '\(DisplayText.escaped(pair.survey))', which the map "
          + "names for '\(DisplayText.escaped(pair.model))'",
        column: pair.survey,
        hint: NearestName.question(pair.survey, among: survey.variables.map(\.name))
          ?? "tessera inspect lists the columns of the survey")
    }
    func renamed(_ name: String) -> String {
      names.first { $0.survey == name }?.model ?? name
    }
    let taken = Set(names.map { AnswerCode.text($0.model) })
    let variables = survey.variables.filter { variable in
      !taken.contains(.text(variable.name)) || names.contains { $0.survey == variable.name }
    }.map { $0.renamed(renamed($0.name)) }
    let present = Set(variables.map { AnswerCode.text($0.name) })
    let kept = survey.sets.filter { set in
      known.contains(set.name) || set.members.allSatisfy { renamed($0) == $0 }
    }
    let sets = kept.map { set in
      MultipleResponseSet(
        name: set.name, label: set.label, members: set.members.map(renamed), coding: set.coding,
        optionLabels: set.optionLabels, isBounded: set.isBounded)
    }.filter { set in set.members.allSatisfy { present.contains(.text($0)) } }
    file.survey = Survey(
      variables: variables, sets: sets, weightVariable: survey.weightVariable.map(renamed))
    return file
  }

  /// Whether both give the same names.
  public static func == (left: ColumnNames, right: ColumnNames) -> Bool {
    left.names.elementsEqual(right.names) { $0 == $1 }
  }
}

extension Variable {
  /// The same variable under another name.
  fileprivate func renamed(_ name: String) -> Variable {
    guard name != self.name else { return self }
    var result = Variable(
      name: name, label: label, level: level, categories: categories, answers: answers,
      missingRules: missingRules, reasons: reasons, missing: missing)
    result.format = format
    result.otherLabels = otherLabels
    result.attributes = attributes
    return result
  }
}
