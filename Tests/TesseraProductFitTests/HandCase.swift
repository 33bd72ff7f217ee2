import TesseraMath
import TesseraProductFit
import TesseraSurvey

@testable import TesseraStudy

/// The case worked by hand: seven respondents, a coupe and a sport utility vehicle.
enum HandCase {
  static let header = [
    "weight", "income_k", "imp_carry_toddler", "imp_keep_safe", "imp_affordable",
    "imp_feel_special", "sat_carry_toddler", "sat_keep_safe", "sat_affordable",
    "sat_feel_special", "barrier_child_seat", "max_price_k",
  ]

  /// Four family respondents, then three singles.
  static let rows: [[Double]] = [
    [2, 80, 5, 5, 4, 2, 2, 3, 2, 3, 1, 45],
    [1, 100, 5, 4, 4, 3, 3, 4, 3, 3, 1, 60],
    [1, 64, 4, 5, 5, 1, 2, 2, 2, 4, 1, 40],
    [1, 200, 3, 3, 2, 5, 4, 4, 4, 2, 0, 180],
    [1, 400, 1, 3, 1, 5, 3, 4, 4, 2, 0, 200],
    [2, 90, 1, 3, 4, 4, 3, 3, 3, 3, 0, 50],
    [1, 500, 1, 2, 1, 5, 4, 4, 5, 3, 0, 250],
  ]
  static let isFamily = [true, true, true, true, false, false, false]

  static let needs = ["carry_toddler", "keep_safe", "affordable", "feel_special"]

  static let features: [FeatureDeclaration] = [
    FeatureDeclaration(
      name: "child_seat_fit",
      value: .levels([
        .init(name: "none", value: 0), .init(name: "tight", value: 0.5),
        .init(name: "comfortable", value: 1),
      ])),
    FeatureDeclaration(name: "seats", value: .linear(2, 5)),
    FeatureDeclaration(name: "safety", value: .linear(1, 5)),
    FeatureDeclaration(name: "accel", unit: "s", value: .linear(10, 4)),
    FeatureDeclaration(
      name: "mpg", unit: "mpg",
      value: .knots([
        .init(level: 10, value: 0), .init(level: 20, value: 0.5), .init(level: 30, value: 0.8),
        .init(level: 50, value: 1),
      ])),
    FeatureDeclaration(
      name: "price", unit: "thousand USD",
      value: .burden(income: "income_k", fullAt: 0.4, zeroAt: 1)),
    FeatureDeclaration(name: "prestige", value: .linear(1, 5)),
  ]

  static let relations: [[Double]] = [
    [9, 3, 0, 0, 0, 0, 0],
    [0, 0, 9, -1, 0, 0, 0],
    [0, 0, 0, 0, 3, 9, 0],
    [0, 0, 0, 3, 0, 0, 9],
  ]

  static func file() -> StudyFile {
    var file = StudyFile(
      title: "Coupe or SUV", survey: SurveyDeclaration(files: ["respondents.csv"]),
      segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.needs = needs.map {
      NeedDeclaration(name: $0, importance: "imp_\($0)", satisfaction: "sat_\($0)")
    }
    file.features = features
    file.barriers = [
      BarrierDeclaration(
        name: "no_child_seat", violatedWhen: "child_seat_fit < tight",
        heldBy: "barrier_child_seat = 1"),
      BarrierDeclaration(name: "over_budget", violatedWhen: "price > max_price_k"),
    ]
    func edit(_ name: String, _ product: String, _ set: [(String, String)]) -> EditDeclaration {
      EditDeclaration(
        name: name, product: product,
        set: set.map { FeatureSetting(feature: $0.0, level: $0.1) })
    }
    let child = [("child_seat_fit", "comfortable"), ("seats", "4")]
    file.edits = [
      edit("suv_prestige", "suv", [("prestige", "3")]),
      edit("suv_accel", "suv", [("accel", "7.0")]),
      edit("suv_mpg", "suv", [("mpg", "40")]),
      edit("coupe_family", "coupe", child),
      edit("coupe_price", "coupe", [("price", "45")]),
      edit("coupe_both", "coupe", child + [("price", "45")]),
    ]
    return file
  }

  static let products = ProductTable(
    names: ["coupe", "suv"], features: features.map(\.name),
    cells: [
      [
        .name("none"), .number(2), .number(3), .number(4), .number(18), .number(150), .number(5),
      ],
      [
        .name("comfortable"), .number(5), .number(5), .number(8.8), .number(30), .number(32),
        .number(2),
      ],
    ], file: "products.csv", lines: [2, 3])

  static func source(
    _ file: StudyFile = HandCase.file(), products: ProductTable = HandCase.products
  ) -> FitSource {
    FitSource(
      file: file, path: "study.yaml", products: products,
      relations: RelationTable(
        needs: needs, features: features.map(\.name), strength: relations,
        file: "relations.csv"))
  }

  /// The respondents, each so many times over.
  static func segmented(
    copies: Int = 1, kind: SurveyDesign.WeightKind = .sampling, rows: [[Double]] = HandCase.rows
  ) -> SegmentedSurvey {
    let all = (0..<copies).flatMap { _ in rows }
    let family = (0..<copies).flatMap { _ in isFamily.prefix(rows.count) }
    var posterior = Matrix(rows: all.count, columns: 2)
    for (respondent, isFamily) in family.enumerated() {
      posterior[respondent, isFamily ? 0 : 1] = 1
    }
    let survey = Survey(
      variables: header.enumerated().map { column, name in
        Variable(name: name, level: .numeric, answers: .numbers(all.map { $0[column] }))
      })
    return SegmentedSurvey(
      survey: survey, design: SurveyDesign(kind: kind, weights: all.map { $0[0] }),
      sourceRows: Array(0..<all.count),
      segments: [
        Segment(id: "family", name: "family", share: 5 / 9, respondents: 4),
        Segment(id: "single", name: "single", share: 4 / 9, respondents: 3),
      ], posterior: posterior, resegmenter: nil)
  }

  static func settings(replicates: Int = 0, minimumCell: Int = 1) -> RunSettings {
    var settings = RunSettings()
    settings.replicates = replicates
    settings.minimumCell = minimumCell
    return settings
  }
}

/// Whether a number is there and within a tolerance of another.
func isNear(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  value.map { abs($0 - expected) <= tolerance } ?? false
}
