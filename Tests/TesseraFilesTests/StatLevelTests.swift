import TesseraSurvey
import Testing

@testable import TesseraFiles

@Suite struct StatLevelTests {
  /// A variable of codes from 1, or as given, with labels.
  private static func variable(
    _ name: String, _ labels: [String?], codes: [Double]? = nil, label: String = ""
  ) -> Variable {
    let codes = codes ?? labels.indices.map { Double($0 + 1) }
    let categories = zip(codes, labels).map { Category(code: .number($0), label: $1) }
    return Variable(
      name: name, label: label, level: .numeric, categories: categories,
      answers: AnswerColumn(
        positions: (0..<60).map { 1 + $0 % labels.count }, categoryCount: labels.count))
  }

  private static func level(_ variable: Variable, measure: Int, sharing: Int = 1)
    -> MeasurementLevel
  {
    StatLevel(variable: variable, measure: measure, sharing: sharing).level
  }

  @Test func `ratings, ranges and numbers called nominal have their order`() {
    let ratings = ["Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied"]
    #expect(Self.level(Self.variable("q1", ratings), measure: 1) == .ordinal)
    #expect(
      Self.level(Self.variable("age", ["18-24", "25-34", "35 or older"]), measure: 1) == .ordinal)
    #expect(
      Self.level(
        Self.variable("q2", ["Not at all likely", nil, nil, nil, "Extremely likely"]), measure: 1)
        == .ordinal)
    let years = Self.variable(
      "school", [String?](repeating: nil, count: 20), codes: (0..<20).map(Double.init))
    #expect(Self.level(years, measure: 1) == .numeric)
  }

  @Test func `kinds have none, whatever the file says`() {
    let status = ["Married", "Widowed", "Divorced", "Single"]
    for measure in 0...3 {
      #expect(
        Self.level(Self.variable("marital", status, label: "Marital status"), measure: measure)
          == .nominal)
    }
    #expect(Self.level(Self.variable("brand", ["Ford", "Fiat", "Audi"]), measure: 3) == .nominal)
  }

  @Test func `labels in another order than their codes are left to the draft`() {
    let liking = ["Hate", "Dislike", "Neither like nor dislike", "Love", "Like"]
    #expect(Self.level(Self.variable("q4", liking), measure: 1) == .nominal)
  }
}
