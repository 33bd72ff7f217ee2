import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Ratings with labels that a study takes as numbers; all answers are simulated.
@Suite("Labels of ratings that are numbers") struct NumericScaleTests {
  private static let words = ["never", "seldom", "sometimes", "often", "always"]

  /// Answers from 1 to 5 under codes and labels of their own.
  private static func variable(_ codes: [Int], _ words: [String] = words) -> Variable {
    var variable = Made.nominal(
      "o", (0..<100).map { row in 1 + (codes.firstIndex(of: row % 5 + 1) ?? 0) }, labels: words)
    variable.categories = zip(codes, words).map { Category(code: .number(Double($0)), label: $1) }
    variable.level = .numeric
    return variable
  }

  private static func encoding(_ variable: Variable) throws -> IndicatorEncoding {
    let builder = IndicatorBuilder(heads: [Double](repeating: 1, count: 100), minimum: 10)
    guard case .used(let encoding, _, _) = builder.build(variable, in: nil) else {
      throw StudyError(code: "E0000", message: "not used")
    }
    return encoding
  }

  @Test func `a scale that was turned round is read by its labels`() throws {
    let encoding = try Self.encoding(Self.variable([1, 2, 3, 4, 5]))
    #expect(encoding.form == .numeric && encoding.scale.map(\.label) == Self.words)
    let turned = Self.variable([5, 4, 3, 2, 1])
    #expect(encoding.conflict(turned) == nil)
    guard case .numbers(let numbers) = encoding.read(turned).answers else {
      Issue.record("no numbers")
      return
    }
    for (row, number) in numbers.enumerated() { #expect(number == Double(5 - row % 5)) }
  }

  @Test func `answers in words are read, and words of another question are refused`() throws {
    let encoding = try Self.encoding(Self.variable([1, 2, 3, 4, 5]))
    var spoken = Self.variable([1, 2, 3, 4, 5])
    spoken.categories = Self.words.map { Category(code: .text($0), label: $0) }
    guard case .numbers(let numbers) = encoding.read(spoken).answers else {
      Issue.record("no numbers")
      return
    }
    for (row, number) in numbers.enumerated() { #expect(number == Double(1 + row % 5)) }
    var other = spoken
    other.categories = ["red", "blue", "green", "white", "black"].map {
      Category(code: .text($0), label: $0)
    }
    #expect(encoding.conflict(other) == "none of its answers is a number")
  }

  @Test func `labels of what few answered stay out of the model`() throws {
    var few = Self.variable([1, 2, 3, 4, 5])
    few.answers =
      Made.nominal(
        "o", (0..<100).map { $0 < 4 ? 5 : 1 + $0 % 4 }, labels: Self.words
      ).answers
    #expect(try Self.encoding(few).scale.map(\.label) == ["never", "seldom", "sometimes", "often"])
  }
}
