import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct StudyFileParseTests {
  static let full = """
    title: Family cars
    survey:
      file: [wave1.csv, "wave2*.csv"]
      id: respondent
      weight: weight
      strata: region
      cluster: village
      missing: { all: { -99: refused, "Prefer not to say": refused }, income: [999, 998] }
      levels: { education: [none, school, college], age: numeric, children: count, town: nominal }
      sets:
        activities: { columns: "act_*", chosen: 1 }
        stops_me:   { column: q20, separator: "," }
        media:      { columns: [tv, radio] }
      encoding: windows-1252
      delimiter: ";"
      decimal: ","
      sheet: 2
      salvage: yes
    segments:
      active: [income, activities]
      passive: region
      covariates: [gender]
      count: 2-8
      method: kmeans
      names: { S1: Families, S2: City singles }
      starts: 40
      tolerance: 1e-9
      prior: none
      stability: 0
    need_scale: [1, 5]
    needs:
      carry: { label: Carries a toddler, importance: imp_c, satisfaction: sat_c }
      safe:  { importance: imp_s, combine: all, scale: [0, 10] }
    features:
      seat:  { levels: { none: 0, tight: 0.5, comfortable: 1 } }
      seats: { value: { linear: [2, 5] } }
      mpg:   { label: Economy, unit: mpg, value: { diminishing: [[10, 0], [20, 0.5], [50, 1]] } }
      boot:  { value: { diminishing: { rate: [100, 250] } } }
      range: { value: { rate: [0, 300] } }
      size:  { value: { target: [4.2, 0.5] } }
      power: { value: { threshold: [80, 20] } }
      price: { unit: USD, value: { burden: { income: income, full_at: 0.4, zero_at: 1.0 } } }
      trim:  { value: { levels: { plain: 0.2, rich: 1 } } }
    products: products.csv
    relations: { carry: { seat: 9, seats: medium }, safe: { power: -3 } }
    barriers:
      no_seat: { violated_when: "seat < tight", held_by: "stops_me includes seat", strength: 0.5 }
      budget:  { label: Too dear, violated_when: "price > max_price" }
    rho: 0.5
    edits:
      faster: { label: Faster, product: suv, set: { power: 120, seat: comfortable }, cost: 400 }
    values: [environment, roads]
    channels: media
    population: 1200000
    funnel: { suv: [aware_suv, bought_suv], coupe: [aware_coupe, bought_coupe] }
    """

  @Test func `every key of a study is read`() throws {
    let study = try StudyFile.parse(Self.full, file: "study.yaml")
    #expect(study.title == "Family cars")
    var survey = SurveyDeclaration(files: ["wave1.csv", "wave2*.csv"])
    survey.id = "respondent"
    survey.weight = .sampling("weight")
    survey.strata = "region"
    survey.cluster = "village"
    survey.missingEverywhere = [
      MissingDeclaration(code: "-99", reason: "refused"),
      MissingDeclaration(code: "Prefer not to say", reason: "refused"),
    ]
    survey.missingByColumn = [
      ColumnMissing(
        column: "income",
        codes: [
          MissingDeclaration(code: "999", reason: nil),
          MissingDeclaration(code: "998", reason: nil),
        ])
    ]
    survey.levels = [
      LevelDeclaration(
        column: "education", level: .ordinal, order: ["none", "school", "college"]),
      LevelDeclaration(column: "age", level: .numeric),
      LevelDeclaration(column: "children", level: .count),
      LevelDeclaration(column: "town", level: .nominal),
    ]
    survey.sets = [
      SetDeclaration(name: "activities", source: .columns(["act_*"], chosen: "1")),
      SetDeclaration(name: "stops_me", source: .delimited(column: "q20", separator: ",")),
      SetDeclaration(name: "media", source: .columns(["tv", "radio"], chosen: nil)),
    ]
    survey.reading = [
      "encoding": "windows-1252", "delimiter": ";", "decimal": ",", "sheet": "2",
      "salvage": "yes",
    ]
    #expect(study.survey == survey)
    #expect(study.segments.active == ["income", "activities"])
    #expect(study.segments.passive == ["region"])
    #expect(study.segments.covariates == ["gender"])
    #expect(study.segments.count == .between(2, 8))
    #expect(study.segments.method == .kmeans)
    #expect(
      study.segments.names == [
        SegmentName(id: "S1", name: "Families"), SegmentName(id: "S2", name: "City singles"),
      ])
    #expect(study.segments.starts == 40)
    #expect(study.segments.tolerance == 1e-9)
    #expect(study.segments.prior == PriorDeclaration.none)
    #expect(study.segments.stability == 0)
    #expect(study.rho == 0.5)
    #expect(study.values == ["environment", "roads"])
    #expect(study.channels == ["media"])
    #expect(study.population == 1_200_000)
  }

  @Test func `needs, features, barriers and edits keep their order and their numbers`() throws {
    let study = try StudyFile.parse(Self.full, file: "study.yaml")
    #expect(study.needScale == RatingScale(low: 1, high: 5))
    #expect(
      study.needs == [
        NeedDeclaration(
          name: "carry", label: "Carries a toddler", importance: "imp_c", satisfaction: "sat_c"),
        NeedDeclaration(
          name: "safe", importance: "imp_s", scale: RatingScale(low: 0, high: 10), combine: .all),
      ])
    typealias Knot = ValueFunction.Knot
    typealias Named = ValueFunction.NamedLevel
    let values: [ValueFunction] = [
      .levels([
        Named(name: "none", value: 0), Named(name: "tight", value: 0.5),
        Named(name: "comfortable", value: 1),
      ]),
      .linear(2, 5),
      .knots([
        Knot(level: 10, value: 0), Knot(level: 20, value: 0.5), Knot(level: 50, value: 1),
      ]),
      .rate(from: 100, scale: 250), .rate(from: 0, scale: 300), .target(4.2, tolerance: 0.5),
      .threshold(80, ramp: 20), .burden(income: "income", fullAt: 0.4, zeroAt: 1),
      .levels([Named(name: "plain", value: 0.2), Named(name: "rich", value: 1)]),
    ]
    #expect(study.features.map(\.value) == values)
    #expect(study.features[2].label == "Economy")
    #expect(study.features[2].unit == "mpg")
    #expect(study.products == .file("products.csv"))
    guard case .inline(let rows)? = study.relations else {
      Issue.record("the relations stand in the study")
      return
    }
    #expect(rows.map(\.name) == ["carry", "safe"])
    #expect(rows[0].cells.map(\.feature) == ["seat", "seats"])
    #expect(rows[0].cells.map(\.text) == ["9", "medium"])
    #expect(
      study.barriers == [
        BarrierDeclaration(
          name: "no_seat", violatedWhen: "seat < tight", heldBy: "stops_me includes seat",
          strength: 0.5),
        BarrierDeclaration(name: "budget", label: "Too dear", violatedWhen: "price > max_price"),
      ])
    #expect(
      study.edits == [
        EditDeclaration(
          name: "faster", label: "Faster", product: "suv",
          set: [
            FeatureSetting(feature: "power", level: "120"),
            FeatureSetting(feature: "seat", level: "comfortable"),
          ], cost: 400)
      ])
    #expect(
      study.funnel
        == .byProduct([
          FunnelDeclaration.ProductFunnel(product: "suv", steps: ["aware_suv", "bought_suv"]),
          FunnelDeclaration.ProductFunnel(
            product: "coupe", steps: ["aware_coupe", "bought_coupe"]),
        ]))
  }

  @Test func `a study of one line takes every default`() throws {
    let study = try StudyFile.parse("survey: answers.sav\n", file: "folder/cars.yaml")
    #expect(study.title == "cars")
    #expect(study.survey.files == ["answers.sav"])
    #expect(study.segments.count == .between(1, 8))
    #expect(study.segments.method == .latentClass)
    #expect(study.rho == 1)
    #expect(study.needs.isEmpty && study.products == nil && study.funnel == nil)
  }

  @Test func `each key knows its line`() throws {
    let study = try StudyFile.parse(Self.full, file: "study.yaml")
    #expect(study.lines["title"] == 1)
    #expect(study.lines["survey.sets.stops_me.column"] == 12)
    #expect(study.lines["needs.carry.importance"] == 32)
    #expect(study.lines["segments.active[1]"] == 20)
    #expect(study.line(of: "needs.safe.satisfaction") == 33)
    #expect(study.line(of: "nowhere") == nil)
  }

  @Test func `words that other readers take for booleans stay words`() throws {
    let study = try StudyFile.parse(
      """
      survey:
        file: a.csv
        levels: { country: [DE, NO, FR], smokes: [no, yes, on, off, true, 01234, 1.10] }
      """, file: "study.yaml")
    #expect(study.survey.levels[0].order == ["DE", "NO", "FR"])
    #expect(
      study.survey.levels[1].order == ["no", "yes", "on", "off", "true", "01234", "1.10"])
  }

  @Test func `JSON with the same keys says the same`() throws {
    let json = """
      \u{FEFF}{"title": "K\\u00f6ln \\ud83d\\ude97 a\\/b \\\\ud83d", "survey":{"file":"a.csv","missing":{"all":["-9"]}},
      \t"segments":{"count":3,"active":["a","b"]},
       "needs": {"n": {"importance": "i", "scale": [1, 7]}}}
      """
    let study = try StudyFile.parse(json, file: "study.json")
    #expect(study.title == "Köln 🚗 a/b \\ud83d")
    #expect(study.survey.missingEverywhere == [MissingDeclaration(code: "-9", reason: nil)])
    #expect(study.segments.count == .exactly(3))
    #expect(study.segments.active == ["a", "b"])
    #expect(study.needs[0].scale == RatingScale(low: 1, high: 7))
  }

  @Test(arguments: [
    ("4", SegmentCount.exactly(4)), ("2-8", .between(2, 8)), ("\"2-8\"", .between(2, 8)),
    ("2 – 6", .between(2, 6)), ("3-3", .exactly(3)), ("1", .exactly(1)),
  ])
  func `a number of segments is a number or a range`(text: String, count: SegmentCount) throws {
    let study = try StudyFile.parse("survey: a.csv\nsegments: { count: \(text) }", file: "s.yaml")
    #expect(study.segments.count == count)
  }

  @Test func `missing codes may stand alone, in a list or with reasons`() throws {
    func missing(_ text: String) throws -> [MissingDeclaration] {
      try StudyFile.parse("survey: { file: a.csv, missing: \(text) }", file: "s.yaml")
        .survey.missingEverywhere
    }
    let plain = [MissingDeclaration(code: "-99", reason: nil)]
    #expect(try missing("-99") == plain)
    #expect(try missing("[-99]") == plain)
    #expect(try missing("{ all: [-99] }") == plain)
    #expect(
      try missing("{ all: { -99: refused } }")
        == [MissingDeclaration(code: "-99", reason: "refused")])
  }

  @Test func `given segments need nothing else`() throws {
    let study = try StudyFile.parse(
      "survey: a.csv\nsegments: { given: tribe, method: given }", file: "s.yaml")
    #expect(study.segments.given == "tribe")
  }
}
