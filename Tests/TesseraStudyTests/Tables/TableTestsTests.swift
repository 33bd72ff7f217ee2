import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// People drawn by a generator that any language computes alike: Lehmer's, 16807 modulo 2³¹ - 1.
struct PlantedTable {
  var group: [Int] = []
  var cluster: [Int] = []
  var stratum: [Int] = []
  var weights: [Double] = []
  var rating: [Int] = []
  var amount: [Double] = []
  var tick: [Int] = []

  init(_ people: Int = 600) {
    var state = 20_240_229.0
    func draw() -> Double {
      state = (state * 16_807).truncatingRemainder(dividingBy: 2_147_483_647)
      return state / 2_147_483_647
    }
    for person in 0..<people {
      let (u1, u2, u3, u4, u5, u6) = (draw(), draw(), draw(), draw(), draw(), draw())
      group.append(u1 < 0.4 ? 1 : u1 < 0.75 ? 2 : 3)
      cluster.append(person % 30)
      stratum.append((person % 30 + 1) % 3)
      weights.append(0.5 + 1.5 * u2)
      let side = Double((person % 30 + 1) % 5) / 5
      let level = 0.75 * u3 + 0.15 * (group[person] == 2 ? 1 : 0) + 0.1 * side
      rating.append(u5 < 0.05 ? 0 : 1 + Int(5 * min(0.999999, level)))
      amount.append(
        50 + 10 * (u4 - 0.5) + 1.5 * (group[person] == 3 ? 1 : 0)
          + 0.5 * Double((person % 30 + 1) % 4))
      tick.append(u6 < 0.5 ? 1 : 0)
    }
  }

  func design(strata: Bool, clusters: Bool) -> SurveyDesign {
    SurveyDesign(
      kind: .sampling, weights: weights, strata: strata ? stratum : [],
      clusters: clusters ? cluster : [])
  }

  /// Total and three groups, each by itself.
  func banner(_ design: SurveyDesign) -> BannerMembers {
    let columns = [group.map { _ in 1.0 }] + (1...3).map { own in group.map { $0 == own ? 1 : 0 } }
    return BannerMembers(columns, groups: [0..<1, 1..<4], design: TableDesign(design))
  }
}

/// p values of R's survey 4.1: `svyttest(y ~ group, subset(design, ...))`, of two groups or of one
/// against the rest; weights alone (w), with strata (s), with clusters in strata (c).
private let published: [(String, Double)] = [
  ("w ab 4", 0.113122503536), ("w ab top2", 0.000000151596), ("w ab y", 0.955132066115),
  ("w ac 4", 0.445677982532), ("w ac top2", 0.587414274206), ("w ac mean", 0.444853370705),
  ("w ac y", 0.000013849627), ("w bc 4", 0.576618459508), ("w bc top2", 0.000099707973),
  ("w bc mean", 0.000000013593), ("w bc y", 0.000030163087), ("w a rest 4", 0.133173437994),
  ("w b rest 4", 0.169165578237), ("w c rest 4", 0.898891331866), ("s ab 4", 0.113624689216),
  ("s ab top2", 0.000000158998), ("s ab y", 0.955094281123), ("s ac 4", 0.446271548395),
  ("s ac top2", 0.587958338282), ("s ac mean", 0.445471635330), ("s ac y", 0.000014158021),
  ("s bc 4", 0.576892845931), ("s bc top2", 0.000102225775), ("s bc mean", 0.000000014236),
  ("s bc y", 0.000030576065), ("s a rest 4", 0.133808961063), ("s b rest 4", 0.169611095890),
  ("s c rest 4", 0.898983205603), ("c ab 4", 0.159912989494), ("c ab top2", 0.000008885302),
  ("c ab mean", 0.000000051685), ("c ab y", 0.954257353345), ("c ac 4", 0.305104919550),
  ("c ac top2", 0.461995931468), ("c ac mean", 0.421944883689), ("c ac y", 0.000128947788),
  ("c bc 4", 0.571107048820), ("c bc top2", 0.000256975730), ("c bc mean", 0.000002878117),
  ("c bc y", 0.000264773075), ("c a rest 4", 0.125345531868), ("c b rest 4", 0.240325439935),
  ("c c rest 4", 0.875122269335),
]

@Suite("Tests between the columns of tables")
struct TableTestsTests {
  private let planted = PlantedTable()

  /// The sums of a planted question under a planted design.
  private func sums(_ kind: Character, _ isAmount: Bool) -> (TableSums, [Double]) {
    let design = planted.design(strata: kind != "w", clusters: kind == "c")
    let answers: TableAnswers =
      isAmount ? .numbers(planted.amount) : .codes(planted.rating, count: 5)
    let bases = (0...3).map { group in
      planted.group.indices.reduce(0.0) { sum, row in
        let isIn = group == 0 || planted.group[row] == group
        return sum + (isIn && answers.isAnswered(row) ? 1 : 0)
      }
    }
    return (TableSums(answers, planted.banner(design), TableDesign(design)), bases)
  }

  @Test(arguments: published)
  func `p values are those of a survey package`(_ tag: String, _ expected: Double) throws {
    let parts = tag.split(separator: " ").map(String.init)
    let kind = try #require(tag.first)
    let measure = try #require(parts.last)
    let (sums, bases) = sums(kind, measure == "y")
    let values: [Double] =
      switch measure {
      case "4": [0, 0, 0, 1, 0]
      case "top2": [0, 0, 0, 1, 1]
      case "mean": [1, 2, 3, 4, 5]
      default: []
      }
    let places: [Character: Int] = ["a": 1, "b": 2, "c": 3]
    let columns = parts[1].compactMap { places[$0] }
    var tests = TableTests(sums, respondents: bases[0])
    if parts.count == 4 {
      tests.compareWithRest(row: 0, values: values, columns[0])
    } else {
      tests.compare(
        row: 0, values: values, columns[0], columns[1],
        respondents: bases[columns[0]] + bases[columns[1]])
    }
    let found = try #require(tests.tests.first).pValue
    #expect(abs(found - expected) < 1e-9 + 1e-5 * expected, "\(found)")
  }

  @Test func `weighted means are those of a survey package`() throws {
    let (sums, _) = sums("w", false)
    // svyby(~q, ~g, design, svymean)
    for (column, expected) in [(1, 2.50801393382), (2, 3.38546794258), (3, 2.60912341548)] {
      let mean = try #require(sums.mean(column, [1, 2, 3, 4, 5]))
      #expect(abs(mean - expected) < 1e-10)
    }
  }

  @Test func `columns that share people use their covariance`() {
    let design = planted.design(strata: true, clusters: true)
    let columns = [
      planted.group.map { _ in 1.0 }, planted.tick.map(Double.init),
      planted.group.map { $0 == 1 ? 1.0 : 0 },
    ]
    let members = BannerMembers(columns, groups: [0..<1, 1..<3], design: TableDesign(design))
    let sums = TableSums(.numbers(planted.amount), members, TableDesign(design))
    let (one, two) = (sums.mean(1, []) ?? 0, sums.mean(2, []) ?? 0)
    // svycontrast(svytotal(~ym + one + ya + two), quote(ym / one - ya / two))
    #expect(abs(one - two - 0.221222995951) < 1e-9)
    let variance = sums.variance(
      [
        ScoreTerm(column: 1, factor: 1 / sums.masses[1], centre: one),
        ScoreTerm(column: 2, factor: -1 / sums.masses[2], centre: two),
      ], [])
    #expect(abs(variance.squareRoot() - 0.189078752871) < 1e-9)
  }

  @Test func `known totals take the long way to the same place where they explain nothing`() throws
  {
    // A single margin of one category explains the sum of weights, which scores do not change.
    let plain = planted.design(strata: false, clusters: false)
    let fitted = SurveyDesign(
      kind: .sampling, weights: planted.weights,
      margins: KnownMargins(
        base: planted.weights,
        margins: [
          .init(
            variable: "all", places: planted.group.map { _ in 0 },
            totals: [Double(planted.group.count)])
        ]))
    let values = [0, 0, 0, 1.0, 0]
    func p(_ design: SurveyDesign) throws -> Double {
      let sums = TableSums(
        .codes(planted.rating, count: 5), planted.banner(design), TableDesign(design))
      var tests = TableTests(sums, respondents: 569)
      tests.compare(row: 0, values: values, 1, 2, respondents: 448)
      return try #require(tests.tests.first).pValue
    }
    #expect(abs(try p(plain) - p(fitted)) < 1e-3)
  }

  @Test func `a capital letter marks 95 per cent and a small one 90`() {
    let columns = ["A", "B", "C", "D"].enumerated().map {
      BannerColumn(id: $1, label: $1, letter: $1, group: $0 == 0 ? 0 : 1)
    }
    let (sums, bases) = sums("w", true)
    var tests = TableTests(sums, respondents: bases[0])
    for (first, second) in [(1, 2), (1, 3), (2, 3)] {
      tests.compare(row: 0, values: [], first, second, respondents: 400)
    }
    #expect(tests.letters(rows: 1, columns, TablesSettings()) == [["", "", "", "BC"]])
    var strict = TablesSettings()
    strict.levels = (capital: 0.00002, small: 0.0001)
    #expect(tests.letters(rows: 1, columns, strict) == [["", "", "", "Bc"]])
    strict.adjustment = .benjaminiYekutieli
    strict.levels.small = 0.00008
    #expect(tests.letters(rows: 1, columns, strict) == [["", "", "", "b"]])
  }
}
