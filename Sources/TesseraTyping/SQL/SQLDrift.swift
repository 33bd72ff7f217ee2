import Foundation
import TesseraSegmentation
public import TesseraStudy

/// How far the people of a table differ from those of whom a model was made, as two queries: the
/// index of each question, and the segments' sizes.
extension SQLStatement {
  /// Population stability of each question of categories: Σ (a − e) ln(a / e) between the table's
  /// answers and those that the model expects, as `tessera assign --drift` has it.
  ///
  /// - Parameter table: The table.
  /// - Returns: A row a question; `nil` for a model without questions of categories.
  /// - Throws: `StudyError` E0671 for what SQL cannot read.
  /// - Reference: Yurdakul and Naranjo (2020), *Journal of Risk Model Validation* 14(4), 89–100.
  public func stability(over table: String) throws(StudyError) -> String? {
    let answers = SQLAnswers(model: model, dialect: dialect, columnName: columnName)
    let expressions = try answers.expressions()
    let shares = model.segments.map(\.share)
    let own = max(model.result.respondents, 1)
    var expected: [String] = []
    var counted: [String] = []
    var read: [String] = []
    for (place, indicator) in model.result.indicators.enumerated() where !indicator.codes.isEmpty {
      let width = indicator.bySegment.first?.count ?? 0
      let mixed = (0..<width).map { category in
        zip(shares, indicator.bySegment).reduce(0) { $0 + $1.0 * $1.1[category] }
      }
      let total = mixed.reduce(0, +)
      guard total > 0 else { continue }
      let alias = SQLAnswers.alias(place)
      read.append("    \(expressions[place]) AS \(alias)")
      let question = dialect.text(Self.oneLine(indicator.name))
      for (category, share) in mixed.enumerated() {
        let old = dialect.number(max(share / total, 0.5 / own))
        expected.append(
          "  SELECT \(question) AS question, \(category + 1) AS answer, \(old) AS share")
      }
      counted.append(
        "  SELECT \(question) AS question, \(alias) AS answer, COUNT(*) AS people "
          + "FROM tessera_answers WHERE \(alias) IS NOT NULL GROUP BY \(alias)")
    }
    guard !read.isEmpty else { return nil }
    let new =
      "(CASE WHEN people > 0 THEN \(dialect.number(1)) * people ELSE \(dialect.number(0.5)) END / asked)"
    return [
      "WITH tessera_answers \(dialect.step)", "  SELECT", read.joined(separator: ",\n"),
      "  FROM \(dialect.table(table))", "),", "tessera_model \(dialect.step)",
      expected.joined(separator: "\n  UNION ALL\n"), "),", "tessera_counts \(dialect.step)",
      counted.joined(separator: "\n  UNION ALL\n"), "),", "tessera_asked \(dialect.step)",
      "  SELECT question, SUM(people) AS asked FROM tessera_counts GROUP BY question", "),",
      "tessera_cells \(dialect.step)",
      "  SELECT m.question, m.share, COALESCE(c.people, 0) AS people, a.asked",
      "  FROM tessera_model m",
      "  JOIN tessera_asked a ON a.question = m.question",
      "  LEFT JOIN tessera_counts c ON c.question = m.question AND c.answer = m.answer", ")",
      "SELECT question, MAX(asked) AS people,",
      "  SUM((\(new) - share) * LN(\(new) / share)) AS stability_index",
      "FROM tessera_cells", "GROUP BY question", "ORDER BY stability_index DESC",
    ].joined(separator: "\n")
  }

  /// Sizes of the segments, and how sure their members are.
  ///
  /// - Parameter table: The table.
  /// - Returns: A row a segment, and one for those without.
  /// - Throws: `StudyError` E0671 for what SQL cannot read or compute.
  public func sizes(over table: String) throws(StudyError) -> String {
    let one = dialect.number(1)
    return try query(
      over: dialect.table(table),
      select: [
        "SELECT segment, segment_name, COUNT(*) AS people,",
        "  \(one) * COUNT(*) / (SELECT COUNT(*) FROM tessera_placed) AS share,",
        "  AVG(probability) AS mean_probability,",
        "  AVG(CASE WHEN probability < \(dialect.number(AssignmentDrift.sure)) THEN \(one) ELSE "
          + "\(dialect.number(0)) END) AS doubtful_share",
        "FROM tessera_placed", "GROUP BY segment, segment_name", "ORDER BY segment",
      ].joined(separator: "\n"))
  }
}
