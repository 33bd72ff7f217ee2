import Foundation
import TesseraMath
import TesseraSegmentation

/// A survey with eight planted segments: three numbers, an ordinal, four nominal questions, twelve
/// boxes to tick, and twelve five-point scales, each unanswered by 5% at random.
struct SyntheticSurvey {
  /// A question with named answers.
  struct Choice {
    let name: String
    let answers: [String]
    /// From 1; 0 is missing.
    var codes: [UInt8] = []
  }

  /// Number columns in the order age, income, household size; NaN is missing.
  var numbers: [[Double]] = [[], [], []]
  /// Education 1 to 6; 0 is missing.
  var education: [UInt8] = []
  var choices: [Choice] = [
    Choice(
      name: "occupation",
      answers: [
        "Clerical", "Professional", "Manager", "Trades", "Service", "Sales", "Student", "Retired",
        "Homemaker", "Unemployed",
      ]),
    Choice(
      name: "marital", answers: ["Single", "Married", "Cohabiting", "Divorced", "Widowed"]),
    Choice(name: "gender", answers: ["Female", "Male", "Other"]),
    Choice(
      name: "region",
      answers: [
        "North", "South", "East", "West", "Central", "Coastal", "Island", "Highland",
      ]),
  ]
  /// Twelve boxes: 1 no, 2 yes, 0 missing.
  var boxes = [[UInt8]](repeating: [], count: 12)
  /// Twelve scales from 1 to 5; 0 is missing.
  var scales = [[UInt8]](repeating: [], count: 12)
  /// The planted segment of each respondent; empty if unknown.
  var truth: [Int] = []

  static let numberNames = ["age", "income", "household_size"]
  var count: Int { education.count }

  /// Draws respondents; more of them begin with the same ones.
  init(respondents: Int, seed: UInt64 = 20_261_123) {
    let stream = RandomStream(seed: seed)
    var structural = stream.split(0)
    let law = SurveyLaw(&structural)
    for respondent in 0..<respondents {
      var random = stream.split(respondent + 1)
      law.draw(into: &self, &random)
    }
  }

  /// An empty survey, for reading one from a file.
  init() {}
}

/// The law that respondents are drawn from.
private struct SurveyLaw {
  private static let sizes = [0.22, 0.18, 0.15, 0.12, 0.11, 0.09, 0.08, 0.05]
  private static let ages: [Double] = [24, 31, 38, 45, 52, 60, 67, 35]
  private static let incomes: [Double] = [18, 32, 45, 60, 52, 40, 26, 90]
  private static let households = [0.6, 1.0, 2.2, 2.6, 1.6, 0.9, 0.4, 1.8]
  private static let educations = [-0.4, 0.3, 0.5, 0.1, -0.2, -0.6, -0.9, 1.5]
  private static let educationCuts = [-1.5, -0.7, 0.0, 0.7, 1.5]
  private static let scaleCuts = [-1.3, -0.45, 0.35, 1.2]

  /// Chances of each answer to the four choices, by segment.
  private var choices: [[[Double]]]
  /// Chance of ticking each box, by segment.
  private var ticks: [[Double]]
  /// Centre of each scale, by segment.
  private var centres: [[Double]]

  init(_ random: inout RandomStream) {
    choices = [(10, 0.7), (5, 1.2), (0, 0), (8, 8.0)].map { answers, concentration in
      (0..<8).map { _ in
        guard answers > 0 else {
          let first = 0.3 + 0.4 * random.uniform()
          return [first, 0.98 - first, 0.02]
        }
        return random.dirichlet([Double](repeating: concentration, count: answers))
      }
    }
    ticks = (0..<8).map { _ in
      (0..<12).map { _ in 1 / (1 + exp(0.3 - 1.1 * random.normal())) }
    }
    centres = (0..<8).map { _ in (0..<12).map { _ in 0.8 * random.normal() } }
  }

  func draw(into survey: inout SyntheticSurvey, _ random: inout RandomStream) {
    let segment = random.categorical(Self.sizes)
    survey.truth.append(segment)
    let age = (Self.ages[segment] + 8 * random.normal()).rounded()
    let income = log(1_000 * Self.incomes[segment]) + 0.45 * random.normal()
    let numbers = [
      min(95, max(16, age)), (exp(income) / 100).rounded() * 100,
      Double(1 + random.poisson(mean: Self.households[segment])),
    ]
    for (column, value) in numbers.enumerated() {
      survey.numbers[column].append(isMissing(&random) ? .nan : value)
    }
    let learned = Self.educations[segment] + 0.9 * random.normal()
    survey.education.append(code(learned, Self.educationCuts, &random))
    for question in survey.choices.indices {
      let answer = random.categorical(choices[question][segment])
      survey.choices[question].codes.append(isMissing(&random) ? 0 : UInt8(1 + answer))
    }
    for box in 0..<12 {
      let isTicked = random.uniform() < ticks[segment][box]
      survey.boxes[box].append(isMissing(&random) ? 0 : isTicked ? 2 : 1)
    }
    for scale in 0..<12 {
      let felt = centres[segment][scale] + 0.85 * random.normal()
      survey.scales[scale].append(code(felt, Self.scaleCuts, &random))
    }
  }

  private func isMissing(_ random: inout RandomStream) -> Bool { random.uniform() < 0.05 }

  private func code(_ value: Double, _ cuts: [Double], _ random: inout RandomStream) -> UInt8 {
    isMissing(&random) ? 0 : UInt8(1 + cuts.count { $0 < value })
  }
}
