import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

/// What each level of privacy shows of small groups and of rare answers.
@Suite struct PrivacyTests {
  /// Profiles a question by segments that are given, from counts of answers by segment.
  private func profile(
    _ counts: [[Int]], _ privacy: Privacy = .standard, sensitive: Set<String> = []
  ) throws -> ProfileResult {
    var type: [Int] = []
    var answer: [Int] = []
    for (place, row) in counts.enumerated() {
      for (segment, count) in row.enumerated() {
        type += [Int](repeating: segment + 1, count: count)
        answer += [Int](repeating: place + 1, count: count)
      }
    }
    let labels = (1...9).map { "v\($0)" }
    let data = Made.data([
      Made.nominal("type", type, labels: Array(labels.prefix(counts[0].count))),
      Made.nominal("answer", answer, labels: Array(labels.prefix(counts.count))),
    ])
    var declaration = SegmentsDeclaration()
    declaration.given = "type"
    declaration.passive = ["answer"]
    var settings = RunSettings()
    settings.askedPrivacy = privacy
    settings.sensitive = sensitive
    if privacy == .none { settings.minimumCell = 1 }
    return try StudySegmentation.run(data, declaration, settings).profile(settings)
  }

  /// The question in a segment, counted as the columns of `profile`.
  private func variable(_ profile: ProfileResult, _ segment: Int) -> VariableProfile? {
    profile.segments.first { $0.id == String(segment + 1) }?.variables.first
  }

  private func shares(_ profile: ProfileResult, _ segment: Int) -> [Double?] {
    variable(profile, segment)?.categories.map(\.share) ?? []
  }

  @Test func `what nearly everybody in a segment says is shown by default and hidden under strict`()
    throws
  {
    let counts = [[348, 300], [3, 900]]
    #expect(shares(try profile(counts), 0) == [0.9915, 0.0085])
    #expect(shares(try profile(counts, .strict), 0) == [nil, nil])
    #expect(shares(try profile(counts, .none), 0) == [348.0 / 351, 3.0 / 351])
  }

  @Test func `a segment of fewer than ten is hidden, and the next smallest with it`() throws {
    let found = try profile([[4, 30, 60], [3, 30, 40]])
    #expect(shares(found, 0) == [nil, nil])
    #expect(shares(found, 1) == [nil, nil])
    #expect(variable(found, 0)?.categories.map(\.hidden) == [.base, .base])
    #expect(shares(found, 2) == [0.6, 0.4])
    #expect(variable(found, 0)?.effectSize == nil)
    #expect(variable(found, 0)?.pValue == nil)
  }

  @Test func `two small segments that hold ten together need no third`() throws {
    let found = try profile([[4, 5, 60], [4, 3, 40]])
    #expect(shares(found, 0) == [nil, nil])
    #expect(shares(found, 1) == [nil, nil])
    #expect(shares(found, 2) == [0.6, 0.4])
  }

  @Test func `shares of small bases are rounded, and their ends are bounds`() throws {
    let found = try profile([[25, 3, 100], [0, 22, 100]])
    let unanimous = try #require(variable(found, 0)).categories
    #expect(unanimous.map(\.share) == [1, 0])
    #expect(unanimous[0].shareBounds?.low == 0.9 && unanimous[0].shareBounds?.high == 1)
    #expect(unanimous[1].shareBounds?.low == 0 && unanimous[1].shareBounds?.high == 0.1)
    #expect(unanimous.map(\.index) == [nil, nil])
    #expect(shares(found, 1) == [0.1, 0.9])
    #expect(variable(found, 1)?.smallBase == true)
    #expect(found.json.text.contains("\"share_bounds\""))
  }

  @Test func `an answer of fewer than ten people leaves numerator and base, and is not named`()
    throws
  {
    let found = try profile([[50, 60], [50, 40], [5, 4]])
    #expect(found.segments[0].variables[0].categories.map(\.label) == ["v1", "v2"])
    #expect(shares(found, 0) == [0.5, 0.5])
    #expect(found.segments[0].variables[0].base == 100)
    #expect(!found.json.text.contains("v3"))
  }

  @Test func `rare answers join each other, never a common one`() throws {
    let found = try profile([[50, 60], [50, 40], [6, 2], [4, 5]])
    let labels = found.segments[0].variables[0].categories.map(\.label)
    #expect(labels == ["v1", "v2", "other answers"])
    #expect(shares(found, 0)[2] == 0.0909)
  }

  @Test func `a sensitive question is shown by counts and names no segment`() throws {
    let counts = [[348, 300], [3, 900]]
    let found = try profile(counts, sensitive: ["answer"])
    #expect(shares(found, 0) == [nil, nil])
    #expect(found.segments[1].description.allSatisfy { !$0.contains("v2") })
    #expect(found.segments[1].markers.isEmpty)
  }

  @Test(arguments: 0..<60) func `no column of fewer than ten comes back by subtraction`(seed: Int)
    throws
  {
    var random = RandomStream(seed: UInt64(seed))
    let segments = 2 + random.below(4)
    let counts = (0..<2).map { _ in
      (0..<segments).map { _ in random.uniform() < 0.5 ? random.below(9) : 5 + random.below(60) }
    }
    guard (0..<segments).allSatisfy({ counts[0][$0] + counts[1][$0] > 0 }) else { return }
    let found = try profile(counts)
    let hidden = found.segments.indices.filter { place in
      found.segments[place].variables.first?.categories.contains { $0.share == nil } ?? true
    }
    let bases = found.segments.map { $0.variables.first?.base ?? 0 }
    for place in found.segments.indices where bases[place] < 10 {
      #expect(hidden.contains(place) || found.segments[place].variables.isEmpty)
    }
    // What is hidden can be told from everybody's only as a whole, which holds ten people or more.
    let together = hidden.reduce(0) { $0 + bases[$1] }
    let isTotalShown = found.segments[0].variables.first?.categories.first?.totalShare != nil
    if isTotalShown, !hidden.isEmpty { #expect(together >= 10) }
  }

  @Test(arguments: ["standard", "strict", "none"]) func `a study sets the level`(word: String)
    throws
  {
    let study = try StudyFile.parse(
      "survey: { file: a.csv }\nprivacy: \(word)\nsensitive: [religion]", file: "study.yaml")
    let settings = RunSettings().protecting(study)
    #expect(settings.privacy.rawValue == word)
    #expect(settings.isStrict("religion") == (word != "none"))
    #expect(settings.isStrict("age") == (word == "strict"))
    #expect(settings.minimumCell == (word == "none" ? 1 : 10))
  }

  @Test func `an unknown level names the three`() {
    let error = #expect(throws: StudyError.self) {
      try StudyFile.parse("survey: { file: a.csv }\nprivacy: high", file: "study.yaml")
    }
    #expect(error?.report.message.contains("standard, strict or none") == true)
    #expect(error?.report.row == 2 || error?.report.message.contains("2") == true)
  }

  @Test func `a parameter of few people is no mean that they are part of`() throws {
    let made = Made.planted(300)
    // Six of one kind tell their rent, and all of the other.
    var few = 0
    let rents = made.kind.enumerated().map { row, kind -> Double in
      guard kind == 1 else { return 700 + Double(row % 9) * 10 }
      few += 1
      return few <= 6 ? 2_400 : .nan
    }
    let data = Made.data(made.variables + [Made.numeric("rent", rents)], sets: [Made.pastimes])
    var declaration = EvidenceTests.declaration(["marital", "pastimes", "home", "outlook", "rent"])
    declaration.count = .exactly(2)
    func means(_ cell: Int) throws -> [Double] {
      var settings = EvidenceTests.plain
      settings.minimumCell = cell
      let run = try StudySegmentation.run(data, declaration, settings)
      let items = run.model.json["model"]?["latent_class"]?["items"]?.array ?? []
      let rent = try #require(items.first { $0["name"]?.string == "rent" })
      return (rent["means"]?.array ?? []).compactMap(\.number)
    }
    let (plain, hidden) = (try means(1), try means(10))
    #expect(plain.count == 2 && (plain.max() ?? 0) > 2_000, "\(plain)")
    // The six are hidden, and the others with them: both hold the mean of all who answered, which says of
    // the six what everybody's mean says.
    #expect(hidden.count == 2 && abs(hidden[0] - hidden[1]) < 1e-9, "\(hidden)")
  }
}
