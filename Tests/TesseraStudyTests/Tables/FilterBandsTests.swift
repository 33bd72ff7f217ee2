import Testing

@testable import TesseraStudy
@testable import TesseraSurvey

@Suite("Questions with many answers as filters")
struct FilterBandsTests {
  private func numbers(_ values: [Double], level: MeasurementLevel = .numeric) -> Variable {
    Variable(name: "age", label: "Age", level: level, categories: [], answers: .numbers(values))
  }

  @Test func `numbers are put into bands of about as many people at round numbers`() throws {
    let ages = (0..<300).map { 18 + Double($0 % 60) }
    let banded = try #require(FilterBands.banded(numbers(ages), name: "bands", label: "Age"))
    #expect(banded.categories.map(\.label) == ["under 40", "40 to 59", "60 or more"])
    let counts = (1...3).map { band in (0..<300).count { banded.answers.position($0) == band } }
    #expect(counts == [110, 100, 90])
    for (row, age) in ages.enumerated() {
      #expect(banded.answers.position(row) == (age < 40 ? 1 : age < 60 ? 2 : 3))
    }
  }

  @Test func `a missing number is in no band, and a fraction is told as such`() throws {
    let values = (0..<90).map { $0 == 5 ? Double.nan : Double($0) / 100 }
    let banded = try #require(FilterBands.banded(numbers(values), name: "bands", label: "Part"))
    #expect(banded.answers.position(5) == 0)
    #expect(banded.categories.map(\.label) == ["under 0.3", "0.3 to under 0.6", "0.6 or more"])
  }

  @Test func `few answers, alike answers and answers without an order stay as they are`() {
    #expect(
      FilterBands.banded(numbers((0..<90).map { Double($0 % 5) }), name: "b", label: "") == nil)
    #expect(
      FilterBands.banded(numbers([Double](repeating: 2.5, count: 9)), name: "b", label: "") == nil)
    let towns = Variable(
      name: "town", label: "Town", level: .nominal,
      categories: (0..<20).map { Category(code: .text("Town \($0)")) },
      answers: AnswerColumn(positions: (0..<100).map { 1 + $0 % 20 }, categoryCount: 20))
    #expect(FilterBands.banded(towns, name: "b", label: "") == nil)
  }

  @Test func `a long scale is told by the ends of its bands`() throws {
    let scale = Variable(
      name: "income", label: "Income", level: .ordinal,
      categories: (1...15).map { Category(code: .number(Double($0)), label: "Step \($0)") },
      answers: AnswerColumn(positions: (0..<150).map { 1 + $0 % 15 }, categoryCount: 15))
    let banded = try #require(FilterBands.banded(scale, name: "b", label: "Income"))
    #expect(
      banded.categories.map(\.label) == [
        "Step 1 to Step 5", "Step 6 to Step 10", "Step 11 to Step 15",
      ])
  }

  @Test func `intervals of R are read in words`() {
    func label(_ code: String) -> String { Category(code: .text(code)).label }
    #expect(label("(35,45]") == "over 35 to 45")
    #expect(label("[15,25]") == "15 to 25")
    #expect(label("[15,25)") == "15 to under 25")
    #expect(label("(85,Inf]") == "over 85")
    #expect(label("[-Inf,18)") == "under 18")
    #expect(label("(a,b]") == "(a,b]" && label("(9,1]") == "(9,1]")
    #expect(Category(code: .text("(35,45]"), label: "own").label == "own")
  }
}
