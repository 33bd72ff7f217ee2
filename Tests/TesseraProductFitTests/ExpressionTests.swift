import TesseraMath
import TesseraProductFit
import TesseraStudy
import TesseraSurvey
import Testing

/// Expressions as a study uses them: seen through what a barrier does to a fit.
@Suite struct ExpressionTests {
  /// The hand-worked case with one barrier.
  static func result(
    violatedWhen: String, heldBy: String? = nil,
    products: ProductTable = HandCase.products,
    change: (inout [[Double]]) -> Void = { _ in }
  ) throws -> FitResult {
    var file = HandCase.file()
    file.barriers = [
      BarrierDeclaration(name: "b", violatedWhen: violatedWhen, heldBy: heldBy)
    ]
    file.edits = []
    file.lines = ["barriers.b.violated_when": 17, "barriers.b": 16]
    var rows = HandCase.rows
    change(&rows)
    return try ProductFit.run(
      HandCase.source(file, products: products), HandCase.segmented(rows: rows),
      settings: HandCase.settings())
  }

  /// The shares of families and singles whom a barrier stops from taking the coupe.
  static func stopped(_ violatedWhen: String, heldBy: String? = nil) throws -> [Double] {
    let result = try result(violatedWhen: violatedWhen, heldBy: heldBy)
    return try ["family", "single"].map {
      let cell = try #require(result.cell(segment: $0, product: "coupe"))
      return try #require(cell.ledger?.barriers[0].shareAffected)
    }
  }

  @Test(arguments: [
    ("seats < 5", 1.0, 1.0), ("seats <= 2", 1, 1), ("seats = 2", 1, 1), ("seats == 2", 1, 1),
    ("seats != 2", 0, 0), ("seats >= 3", 0, 0), ("seats > 1.5", 1, 1), ("seats ≤ 2", 1, 1),
    ("child_seat_fit < tight", 1, 1), ("child_seat_fit = none", 1, 1),
    ("child_seat_fit >= 'comfortable'", 0, 0), ("price > max_price_k", 0.8, 0.5),
    ("price > column.max_price_k", 0.8, 0.5), ("not price <= max_price_k", 0.8, 0.5),
    ("seats < 5 and price > max_price_k", 0.8, 0.5),
    ("seats > 5 or price > max_price_k", 0.8, 0.5),
    ("seats > 5 and price > max_price_k", 0, 0),
    ("seats < 5 or seats > 9 and price > 999", 1, 1),
    ("(seats < 5 or seats > 9) and price > 999", 0, 0),
    ("not (seats < 5 and price > max_price_k)", 0.2, 0.5),
    ("column.barrier_child_seat = 1 and seats = 2", 0.8, 0), ("mpg is missing", 0, 0),
    ("mpg is not missing", 1, 1), ("not mpg is missing", 1, 1), ("NOT seats > 2", 1, 1),
  ])
  func `statements hold for whom they should`(
    text: String, family: Double, single: Double
  ) throws {
    let stopped = try Self.stopped(text)
    #expect(isNear(stopped[0], family) && isNear(stopped[1], single))
  }

  @Test func `who holds a barrier is asked of columns`() throws {
    let stopped = try Self.stopped("seats < 5", heldBy: "income_k > 95 and barrier_child_seat = 0")
    #expect(isNear(stopped[0], 0.2) && isNear(stopped[1], 0.5))
  }

  @Test(arguments: [
    ("", "empty"), ("seats", "not compared"), ("seats <", "breaks off"),
    ("2 < seats", "name must stand on the left"), ("seats < 5 < 9", "chained"),
    ("(seats < 5", "no ')'"), ("seats < 5)", "no '('"), ("seats # 5", "means nothing"),
    ("seats < 'five", "not closed"), ("seats is 5", "'missing'"), ("seatz < 5", "seatz"),
    ("seats < 5 price > 3", "'and' or 'or'"), ("price > max_price_j", "max_price_j"),
    ("child_seat_fit < tigth", "tigth"), ("child_seat_fit < 3", "no level"),
    ("seats includes 2", "one level"), ("seats < five", "no column"), ("seats + 1 > 2", "+"),
    ("income_k > 3", "no feature"), ("column.incme_k > 3", "incme_k"),
    (String(repeating: "(", count: 500) + "seats < 5", "nested"),
  ])
  func `what cannot be read is told with its line`(text: String, part: String) {
    do {
      _ = try Self.result(violatedWhen: text)
      Issue.record("'\(text)' was accepted")
    } catch let error as StudyError {
      #expect(error.report.code == "E0601")
      #expect(error.report.row == 17)
      #expect(error.report.line.contains(part), "\(error.report.line)")
    } catch {
      Issue.record("an error of another kind: \(error)")
    }
  }

  @Test func `the nearest name is suggested`() {
    do {
      _ = try Self.result(violatedWhen: "child_seat_fit < tigth")
    } catch let error as StudyError {
      #expect(error.report.hint == "did you mean 'tight'?")
    } catch {
      Issue.record("an error of another kind: \(error)")
    }
  }

  // MARK: - Three-valued logic

  /// Kleene's tables: no, unknown, yes as 0, 1, 2.
  @Test(arguments: 0..<3, 0..<3)
  func `unknown answers follow Kleene`(one: Int, two: Int) throws {
    // Column 11 is the stated maximum price, column 1 the income; 1 stands for no answer.
    let values: [Double] = [0, .nan, 1]
    func share(_ text: String) throws -> Double {
      let result = try Self.result(violatedWhen: text) { rows in
        for row in rows.indices {
          rows[row][11] = values[one]
          rows[row][1] = values[two]
        }
      }
      return try #require(
        result.cell(segment: "family", product: "suv")?.ledger?.barriers[0].shareAffected)
    }
    let (a, b) = ("column.max_price_k = 1", "column.income_k = 1")
    #expect(try share("\(a) and \(b)") == (min(one, two) == 2 ? 1 : 0))
    #expect(try share("\(a) or \(b)") == (max(one, two) == 2 ? 1 : 0))
    #expect(try share("not (\(a) and \(b))") == (min(one, two) == 0 ? 1 : 0))
    #expect(try share("not (\(a) or \(b))") == (max(one, two) == 0 ? 1 : 0))
    #expect(try share("not \(a)") == (one == 0 ? 1 : 0))
    #expect(try share("column.max_price_k is missing") == (one == 1 ? 1 : 0))
  }

  @Test func `an unanswered maximum price is not hit, and counted`() throws {
    let result = try Self.result(violatedWhen: "price > max_price_k") { $0[0][11] = .nan }
    let ledger = try #require(result.cell(segment: "family", product: "coupe")?.ledger)
    #expect(isNear(ledger.barriers[0].shareAffected, 0.4))
    #expect(
      result.warnings.contains {
        $0.contains("1 person did not answer") && $0.contains("b counts as not stopping them")
      })
  }

  @Test func `an unknown feature gives bounds, and the fit stands midway`() throws {
    var cells = HandCase.products.cells
    cells[0][5] = nil
    let products = ProductTable(
      names: ["coupe", "suv"], features: HandCase.products.features, cells: cells,
      lines: [2, 3])
    let result = try Self.result(violatedWhen: "price > max_price_k", products: products)
    for cell in result.cells where cell.product == "coupe" {
      let fit = try #require(cell.fit)
      let (low, high) = (try #require(cell.fitMin), try #require(cell.fitMax))
      #expect(low == 0 && high > 0 && isNear(fit, (low + high) / 2))
      #expect(isNear(HandCaseTests().sum(cell), 100))
      #expect(isNear(cell.acceptance, 0.5))
    }
    #expect(result.cell(segment: "family", product: "suv")?.fitMin == nil)
  }
}
