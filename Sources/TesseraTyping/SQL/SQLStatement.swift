import Foundation
import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// A model as a statement that places the people of a table: one WITH whose steps read the answers,
/// score every segment, and make probabilities without overflow.
///
/// The statement holds numbers of the model only, and nothing of a single respondent.
public struct SQLStatement: Sendable {
  let model: SegmentModel
  let dialect: SQLDialect
  /// Columns of the table that are carried along, such as a customer's number.
  let keys: [String]
  let columnName: @Sendable (String) -> String

  /// Makes ready to write.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - dialect: The engine.
  ///   - keys: Columns of the table that are carried along.
  ///   - columnName: What the table calls a column of the model.
  /// - Throws: `StudyError` E0671 for a model that SQL cannot compute row by row, or whose parameters
  ///   are the answers of single people.
  public init(
    _ model: SegmentModel, dialect: SQLDialect, keys: [String],
    columnName: @escaping @Sendable (String) -> String = { $0 }
  ) throws(StudyError) {
    self.model = model
    self.dialect = dialect
    self.keys = keys
    self.columnName = columnName
    if case .nearest(let points) = model.parameters, points.areRespondents {
      throw StudyError(
        code: "E0671",
        message:
          "a model of \(model.result.method) holds the answers of \(points.points.rows) real "
          + "people, which must not leave it",
        hint: "fit the segments with --method latent-class or kmeans")
    }
    let told =
      ["segment", "segment_name", "probability", "reason"] + model.segments.map { "p_\($0.id)" }
    for (place, key) in keys.enumerated() {
      let plain = key.lowercased()
      guard
        told.contains(where: { $0.lowercased() == plain }) || plain.hasPrefix("tessera_")
          || keys[..<place].contains(where: { $0.lowercased() == plain })
      else { continue }
      throw StudyError(
        code: "E0671",
        message:
          "'\(DisplayText.escaped(key))' cannot be carried along: the result has a column of "
          + "that name", column: key, hint: "name another column, such as the customer's number")
    }
    if let style = model.style {
      throw StudyError(
        code: "E0671",
        message: "the model corrects ratings for each person's use of the scale, from all "
          + "\(style.columns.count) of them together, which is not written as SQL",
        column: style.columns.first,
        hint: "fit the segments on raw ratings (scale_use: raw), or use tessera assign")
    }
  }

  /// Columns that the table must have beside the keys.
  public var columns: [String] { modelColumns.map(columnName) }

  /// The same by the model's own names.
  var modelColumns: [String] { answers.modelColumns }

  /// Questions that the study made of other columns: the table must hold them ready made.
  public var derived: [String] {
    let made = Set(model.survey?.preparation.derived.map(\.name) ?? [])
    return (model.indicators.map(\.name) + model.covariates.map(\.name)).filter(made.contains)
  }

  private var answers: SQLAnswers {
    SQLAnswers(model: model, dialect: dialect, columnName: columnName)
  }

  /// The probability of each segment, as the result names it.
  var chances: [String] { model.segments.map { "p_\($0.id)" } }
  /// The same within the statement, where no column of the table has such a name.
  private var inner: [String] { model.segments.indices.map { "tessera_share_\($0 + 1)" } }

  // MARK: - The statement

  /// The statement over a table or a step before it, without a semicolon.
  ///
  /// - Parameters:
  ///   - source: A table, or the name of a step.
  ///   - before: Steps that stand first.
  ///   - select: What is selected from the last step, `tessera_placed`; all of it by default.
  /// - Returns: `WITH ... SELECT ...`.
  /// - Throws: `StudyError` E0671 for what SQL cannot read or compute.
  public func query(
    over source: String, before: [String] = [], select: String? = nil
  ) throws(StudyError) -> String {
    if case .given(let column, let values) = model.parameters {
      return given(column, values, over: source, before: before, select: select)
    }
    let scores = try SQLScores(model, dialect)
    let expressions = try answers.expressions()
    let covariates = answers.covariates()
    let keyList = keys.map { "    \(dialect.name($0))," }
    let aliases =
      expressions.indices.map { SQLAnswers.alias($0) }
      + covariates.indices.map { SQLAnswers.covariateAlias($0) }
    var read = ["tessera_answers \(dialect.step)", "  SELECT"] + keyList
    let all = zip(expressions + covariates, aliases).map { "    \($0) AS \($1)" }
    for (place, text) in all.enumerated() {
      if let indicator = model.indicators.indices.contains(place) ? model.indicators[place] : nil {
        read.append("    -- \(Self.comment(indicator))")
      }
      read.append(text + (place == all.count - 1 ? "" : ","))
    }
    read += ["  FROM \(source)", ")"]

    let segments = model.segments.indices
    var score = ["tessera_scores \(dialect.step)", "  SELECT"] + keyList
    score.append("    \(reason(expressions.count, covariates.count)) AS tessera_gap,")
    for segment in segments {
      score.append("    -- \(Self.oneLine(model.segments[segment].display))")
      score.append(
        "    " + scores.terms[segment].joined(separator: "\n      + ")
          + " AS tessera_score_\(segment + 1)" + (segment == segments.last ? "" : ","))
    }
    score += ["  FROM tessera_answers", ")"]

    let names = segments.map { "tessera_score_\($0 + 1)" }
    let top = dialect.largest(names)
    var weigh = ["tessera_weights \(dialect.step)", "  SELECT"] + keyList + ["    tessera_gap,"]
    weigh += segments.map { segment in
      let own = "tessera_score_\(segment + 1)"
      let ending = segment == segments.last ? "" : ","
      guard scores.isModel else {
        // The first of equal ones counts.
        let earlier = segments.prefix(segment).map { "tessera_score_\($0 + 1) < \(top)" }
        let isFirst = ([own + " = " + top] + earlier).joined(separator: " AND ")
        return "    CASE WHEN \(isFirst) THEN \(dialect.number(1)) ELSE \(dialect.number(0)) END "
          + "AS tessera_weight_\(segment + 1)\(ending)"
      }
      // The largest score is taken away first, so that nothing overflows.
      let behind = "\(own) - \(top)"
      return "    CASE WHEN \(behind) < \(dialect.number(-700)) THEN \(dialect.number(0)) ELSE "
        + "EXP(\(behind)) END AS tessera_weight_\(segment + 1)\(ending)"
    }
    weigh += ["  FROM tessera_scores", ")"]

    let weights = segments.map { "tessera_weight_\($0 + 1)" }
    let sum = weights.joined(separator: " + ")
    var shares = ["tessera_shares \(dialect.step)", "  SELECT"] + keyList + ["    tessera_gap,"]
    shares += segments.map {
      "    tessera_weight_\($0 + 1) / (\(sum)) AS \(inner[$0])" + ($0 == segments.last ? "" : ",")
    }
    shares += ["  FROM tessera_weights", ")"]
    return joined(before, [read, score, weigh, shares], placed(), select)
  }

  private func joined(
    _ before: [String], _ steps: [[String]], _ placed: [String], _ select: String?
  ) -> String {
    let all = before + steps.map { $0.joined(separator: "\n") }
    guard let select else {
      return "WITH " + all.joined(separator: ",\n") + "\n" + placed.joined(separator: "\n")
    }
    return "WITH " + all.joined(separator: ",\n") + ",\ntessera_placed \(dialect.step)\n"
      + placed.map { "  " + $0 }.joined(separator: "\n") + "\n)\n" + select
  }

  /// Segment, name, probabilities and reason.
  private func placed() -> [String] {
    let segments = model.segments
    let top = dialect.largest(inner)
    var isPlaced = "tessera_gap IS NULL"
    var reason = "tessera_gap"
    if let threshold = model.cannotTellBelow {
      isPlaced += " AND \(top) >= \(dialect.number(threshold))"
      reason =
        "CASE WHEN tessera_gap IS NOT NULL THEN tessera_gap WHEN \(top) < \(dialect.number(threshold)) THEN "
        + "\(dialect.text(UnplacedRespondent.doubt)) END"
    }
    func first(_ values: [String]) -> String {
      "CASE "
        + zip(inner, values).map { "WHEN \($0) = \(top) THEN \($1)" }
        .joined(separator: " ") + " END"
    }
    func known(_ expression: String, _ condition: String) -> String {
      "CASE WHEN \(condition) THEN \(expression) END"
    }
    return ["SELECT"] + keys.map { "  \(dialect.name($0))," } + [
      "  " + known(first(segments.map { dialect.text($0.id) }), isPlaced) + " AS segment,",
      "  " + known(first(segments.map { dialect.text($0.name) }), isPlaced) + " AS segment_name,",
      "  " + known(top, "tessera_gap IS NULL") + " AS probability,",
    ]
      + zip(inner, chances).map { own, name in
        "  \(known(own, "tessera_gap IS NULL")) AS \(name),"
      } + [
        "  \(reason) AS reason", "FROM tessera_shares",
      ]
  }

  /// Why somebody cannot be placed; NULL where nothing is in the way.
  private func reason(_ questions: Int, _ covariates: Int) -> String {
    var cases: [String] = []
    if covariates > 0 {
      let gaps = (0..<covariates).map { "\(SQLAnswers.covariateAlias($0)) IS NULL" }
      cases.append(
        "WHEN \(gaps.joined(separator: " OR ")) THEN \(dialect.text(UnplacedRespondent.covariate))")
    }
    // Columns on which membership depends say something too.
    if questions > 0, model.covariates.isEmpty || model.evidence["bridge"] == nil {
      let gaps = (0..<questions).map { "\(SQLAnswers.alias($0)) IS NULL" }
      cases.append(
        "WHEN \(gaps.joined(separator: " AND ")) THEN \(dialect.text(UnplacedRespondent.silence))")
    }
    return cases.isEmpty ? dialect.noText : "CASE \(cases.joined(separator: " ")) END"
  }

  private func given(
    _ column: String, _ values: [AnswerCode], over source: String, before: [String],
    select: String?
  ) -> String {
    let categories = values.map { EncodedCategory(label: $0.text, codes: [$0]) }
    let code = answers.categorical(
      dialect.name(columnName(column)), column: column, categories)
    let keyList = keys.map { "    \(dialect.name($0))," }
    let text = dialect.trimmed(dialect.name(columnName(column)))
    let name = DisplayText.escaped(column)
    let read =
      ["tessera_answers \(dialect.step)", "  SELECT"] + keyList
      + [
        "    \(code) AS tessera_answer_1,",
        "    CASE WHEN \(code) IS NOT NULL THEN NULL WHEN \(text) <> '' THEN "
          + "\(dialect.text("the value in \(name) is no segment of the model")) ELSE "
          + "\(dialect.text("no value in \(name)")) END AS tessera_gap", "  FROM \(source)", ")",
      ]
    let shares =
      ["tessera_shares \(dialect.step)", "  SELECT"] + keyList + ["    tessera_gap,"]
      + model.segments.indices.map { place in
        "    CASE WHEN tessera_answer_1 = \(place + 1) THEN \(dialect.number(1)) ELSE "
          + "\(dialect.number(0)) END AS \(inner[place])"
          + (place == model.segments.count - 1 ? "" : ",")
      } + ["  FROM tessera_answers", ")"]
    return joined(before, [read, shares], placed(), select)
  }

  // MARK: - Comments

  private static func comment(_ indicator: IndicatorEncoding) -> String {
    oneLine(
      indicator.label.isEmpty || indicator.label == indicator.name
        ? indicator.name : "\(indicator.name): \(indicator.label)")
  }

  /// A text that ends no comment.
  static func oneLine(_ text: String) -> String {
    let plain = text.unicodeScalars.map { scalar -> Character in
      scalar.properties.generalCategory == .control
        || ["\u{2028}", "\u{2029}", "\u{85}"].contains(Character(scalar)) ? " " : Character(scalar)
    }
    return String(plain.prefix(120))
  }
}
