import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A small random table: with plain groups, with faint ones or with none, as its seed makes it.
struct LawTable {
  let seed: UInt64
  /// Numbers, an ordered and two unordered questions; some of them with gaps.
  let variables: [Variable]
  /// Sampling weights between 0.5 and 3.
  let weights: [Double]
  /// How many people a row stands for, 1 to 3.
  let counts: [Int]
  /// Number of segments asked for.
  let segments: Int
  /// Whether its groups are plain, so that every search finds the same.
  let isPlain: Bool

  var rows: Int { weights.count }

  init(seed: UInt64) {
    var random = RandomStream(seed: seed).split(35)
    let rows = 40 + random.below(41)
    let groups = 2 + random.below(2)
    // From no groups at all to groups that hardly overlap.
    let strength = [0, 0.6, 1.2, 2.5][random.below(4)]
    let gaps = [0, 0, 0.05, 0.15][random.below(4)]
    var columns: [[Double]] = [[], [], [], [], []]
    for _ in 0..<rows {
      let group = Double(random.below(groups))
      for column in columns.indices {
        let centre = strength * (column % 2 == 0 ? group : Double(groups) - group)
        // Everybody answers the last question, so that nobody is left out.
        let isGap = random.uniform() < gaps && column < 4
        columns[column].append(isGap ? .nan : centre + random.normal())
      }
    }
    func codes(_ column: Int, _ categories: Int) -> [Int] {
      columns[column].map { value in
        value.isNaN
          ? 0
          : 1 + min(categories - 1, max(0, Int((value / max(1, strength) + 1.5).rounded(.down))))
      }
    }
    self.seed = seed
    isPlain = strength > 2 && gaps < 0.1
    segments = groups
    weights = (0..<rows).map { _ in 0.5 + 2.5 * random.uniform() }
    counts = (0..<rows).map { _ in 1 + random.below(3) }
    variables = [
      Made.numeric("size", columns[0]),
      // Whole numbers, of which several people give the same.
      Made.numeric("trips", columns[1].map { ($0 * 2).rounded() }),
      Made.nominal("mood", codes(2, 4), labels: ["low", "fair", "good", "high"], level: .ordinal),
      Made.nominal("place", codes(3, 3), labels: ["north", "south", "west"]),
      Made.nominal("owns", codes(4, 2), labels: ["no", "yes"]),
    ]
  }

  /// The columns that a method takes.
  static func active(_ method: SegmentationMethod) -> [String] {
    method == .kmodes ? ["mood", "place", "owns"] : ["size", "trips", "mood", "place", "owns"]
  }

  /// The table with another column in place of one.
  func replacing(_ name: String, by change: (Variable) -> Variable) -> [Variable] {
    variables.map { $0.name == name ? change($0) : $0 }
  }
}

/// A method as a study runs it on a table.
struct LawRun {
  let run: StudySegmentation

  init(
    _ method: SegmentationMethod, _ variables: [Variable], segments: Int,
    active: [String]? = nil, starts: Int = 4, stability: Int = 0, threads: Int = 1,
    design: SurveyDesign? = nil
  ) throws {
    var declaration = SegmentsDeclaration()
    declaration.active = active ?? LawTable.active(method)
    declaration.count = .exactly(segments)
    declaration.method = method
    declaration.starts = starts
    declaration.stability = stability
    var settings = RunSettings()
    settings.minimumCell = 1
    settings.askedPrivacy = Privacy.none
    settings.workers = Workers(threads)
    run = try StudySegmentation.run(Made.data(variables, design: design), declaration, settings)
  }

  /// The segment of each respondent.
  var labels: [Int] {
    let posterior = run.segmented.posterior
    return (0..<posterior.rows).map { row in
      (0..<posterior.columns).max { posterior[row, $0] < posterior[row, $1] } ?? 0
    }
  }

  /// What the method sought, so that less is better.
  var cost: Double {
    if let likelihood = run.result.logLikelihood { return -likelihood }
    let criteria = run.result.criteria
    if let cost = criteria.first(where: { ["cost", "within_ss"].contains($0.name) }) {
      return cost.value ?? .nan
    }
    return -(criteria.first { $0.name == "unanimity" }?.value ?? .nan)
  }

  var text: String { run.model.json.text }

  /// Every number of the model's file; what is absent there, such as a medoid's gap, is none.
  var numbers: [Double] {
    (try? JSONValue.parse(Data(text.utf8))).map(Self.numbers) ?? [.nan]
  }

  private static func numbers(_ json: JSONValue) -> [Double] {
    switch json {
    case .object(let members): members.flatMap { numbers($0.1) }
    case .array(let elements): elements.flatMap(numbers)
    default: json.number.map { [$0] } ?? []
    }
  }
}
