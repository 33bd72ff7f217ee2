import Foundation
import TesseraFiles
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// Made-up people with the answers that Tessera gives for them, so that an engine can prove that it
/// computes the same.
///
/// Answers are drawn from the model's categories and numbers, with gaps and answers that the model
/// does not know; nobody of the survey is among them.
struct SQLGolden {
  /// Names of the columns, as the table has them.
  let columns: [String]
  /// People × columns; `nil` for no answer.
  let rows: [[String?]]
  /// For each of them the segment's id; `nil` where there is none.
  let segments: [String?]
  /// People × segments; only of those with probabilities.
  let chances: [[Double]?]

  /// People that are drawn.
  static let count = 50

  /// Draws people and places them with the model.
  ///
  /// - Parameter statement: The statement that they prove.
  /// - Throws: `StudyError` where the model cannot place them, or the temporary folder cannot be
  ///   written.
  init(_ statement: SQLStatement) throws(StudyError) {
    columns = statement.columns
    rows = Self.draw(statement)
    let batch = try Self.placed(statement.modelColumns, rows, statement.model)
    let ids = statement.model.segments.map(\.id)
    segments = batch.labels.map { label in label.map { ids[$0] } }
    chances = batch.labels.indices.map { row in
      batch.labels[row] != nil || batch.isDoubtful(row) ? Array(batch.posterior.row(row)) : nil
    }
  }

  // MARK: - People

  private static func draw(_ statement: SQLStatement) -> [[String?]] {
    let model = statement.model
    var stream = RandomStream(seed: 7)
    return (0..<count).map { person in
      var cells: [String: String] = [:]
      // The first person says nothing at all.
      guard person > 0 else { return statement.columns.map { _ in nil } }
      for indicator in model.indicators {
        let column = statement.columnName(indicator.name)
        if let list = statement.list(of: indicator) {
          guard stream.uniform() < 0.4 else { continue }
          let known = cells[list.column].map { $0 + list.separator } ?? ""
          cells[list.column] = known + list.answer
        } else if let cell = cell(indicator, model, &stream) {
          cells[column] = cell
        }
      }
      for covariate in model.covariates where stream.uniform() > 0.05 {
        let column = statement.columnName(covariate.name)
        guard cells[column] == nil else { continue }
        if let reference = covariate.reference {
          let all = [reference] + covariate.codes
          cells[column] = all[stream.below(all.count)].codes.first?.text
        } else {
          cells[column] = "\(stream.below(10))"
        }
      }
      if case .given(let column, let values) = model.parameters, person % 7 > 0 {
        cells[statement.columnName(column)] = values[stream.below(values.count)].text
      }
      return statement.columns.map { cells[$0] }
    }
  }

  /// An answer to a question; `nil` for none.
  private static func cell(
    _ indicator: IndicatorEncoding, _ model: SegmentModel, _ stream: inout RandomStream
  ) -> String? {
    let chance = stream.uniform()
    guard chance > 0.15 else { return nil }
    switch indicator.form {
    case .nominal(let categories), .ordinal(let categories):
      let known = categories.flatMap(\.codes)
      // Some answers are not known to the model.
      guard chance > 0.2, !known.isEmpty else {
        let numbers = known.compactMap(\.number)
        return numbers.count == known.count
          ? "\(Int((numbers.max() ?? 0) + 77))" : "not one of these"
      }
      return known[stream.below(known.count)].text
    case .chosen(let code):
      return stream.uniform() < 0.4 ? code.text : code.text == "0" ? "1" : "0"
    case .numeric, .count:
      let place = model.indicators.firstIndex { $0.name == indicator.name } ?? 0
      let center: (mean: Double, spread: Double) = numbers(place, model, &stream)
      let value = center.mean + center.spread * (2 * stream.uniform() - 1) * 2
      if case .count = indicator.form { return "\(Int(max(0, value.rounded())))" }
      return "\((value * 1000).rounded() / 1000)"
    }
  }

  /// Where the numbers of a question lie in some segment.
  private static func numbers(
    _ place: Int, _ model: SegmentModel, _ stream: inout RandomStream
  ) -> (mean: Double, spread: Double) {
    let segment = stream.below(max(1, model.segments.count))
    switch model.parameters {
    case .latentClass(let classes):
      let item = classes.items[place]
      return (item.means[segment], (item.variances?[segment] ?? 1).squareRoot())
    case .nearest(let points):
      guard
        let column = points.encoding.columns.firstIndex(where: { $0.indicator == place }),
        case let own = points.encoding.columns[column], own.scale != 0,
        points.points[segment, column].isFinite
      else { return (0, 1) }
      return (own.center + points.points[segment, column] / own.scale, 0.5 / abs(own.scale))
    case .given: return (0, 1)
    }
  }

  // MARK: - Their segments

  /// What `tessera assign` says of them, read from a file as any survey is.
  private static func placed(
    _ columns: [String], _ rows: [[String?]], _ model: SegmentModel
  ) throws(StudyError) -> AssignmentBatch {
    var writer = CSVWriter(isRaw: true)
    writer.append(columns.map { .text($0) })
    for row in rows { writer.append(row.map { $0.map { .text($0) } ?? .empty }) }
    var survey = model.survey
    // What the study made of other columns stands in the table.
    survey?.preparation = PreparationDeclaration()
    let plain = SegmentModel(
      result: model.result, indicators: model.indicators, covariates: model.covariates,
      parameters: model.parameters, survey: survey, style: model.style, evidence: model.evidence)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-golden-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("people.csv").path
    let file: SurveyFile
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(writer.bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      throw StudyError(
        code: "E0672", message: "the temporary folder cannot be written", exitStatus: 74)
    }
    do throws(SurveyFileError) {
      var options = ReadingOptions()
      options.delimiter = 0x2C
      options.header = true
      file = try SurveyReader.read([path], options: options)
    } catch {
      throw StudyError(error.report)
    }
    let assigner = Assigner(plain)
    return try assigner.assign(try assigner.prepare(file).survey)
  }
}

extension SQLStatement {
  /// The column that lists a member of a set, what stands between its answers, and the answer.
  func list(
    of indicator: IndicatorEncoding
  ) -> (column: String, separator: String, answer: String)? {
    guard let set = indicator.set,
      let declared = model.survey?.sets.first(where: { $0.name == set }),
      case .delimited(let column, let separator, _) = declared.source
    else { return nil }
    return (columnName(column), separator, String(indicator.name.dropFirst(set.count + 2)))
  }

  /// Rows as a step of a WITH: one SELECT each, all texts.
  func step(_ golden: SQLGolden) -> String {
    let rows = golden.rows.enumerated().map { place, row -> String in
      let cells = zip(golden.columns, row).map { column, cell in
        (cell.map(dialect.text) ?? dialect.noText)
          + (place == 0 ? " AS \(dialect.name(column))" : "")
      }
      return "  SELECT \(place + 1)" + (place == 0 ? " AS golden_row" : "") + ", "
        + cells.joined(separator: ", ")
    }
    return "tessera_golden \(dialect.step)\n" + rows.joined(separator: "\n  UNION ALL\n") + "\n)"
  }

  /// What Tessera says of them, as a step.
  func step(expected golden: SQLGolden) -> String {
    let rows = golden.rows.indices.map { place -> String in
      func named(_ text: String, _ name: String) -> String {
        place == 0 ? "\(text) AS \(name)" : text
      }
      let own = golden.chances[place]
      let cells =
        [named(golden.segments[place].map(dialect.text) ?? dialect.noText, "segment")]
        + chances.enumerated().map { position, name in
          named(
            own.map { dialect.number($0[position]) } ?? "CAST(NULL AS \(dialect.doubleType))", name)
        }
      return "  SELECT \(place + 1)" + (place == 0 ? " AS golden_row" : "") + ", "
        + cells.joined(separator: ", ")
    }
    return "tessera_expected \(dialect.step)\n" + rows.joined(separator: "\n  UNION ALL\n") + "\n)"
  }
}
