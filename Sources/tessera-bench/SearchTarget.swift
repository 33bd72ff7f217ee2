import Foundation
import TesseraFiles
import TesseraMath
import TesseraProductFit
import TesseraSegmentation

/// A model of a table, and the best log-likelihood known of it.
///
/// - Reference: Linzer & Lewis (2011), *J. Stat. Softw.* 42(10), doi:10.18637/jss.v042.i10, and the
///   manual of poLCA; with four classes of carcinoma the printed optimum is not the best one.
///   Gaussian models: mclust 6.0.0, run on to a relative change of 1e-15.
struct SearchTarget {
  let name: String
  let classes: Int
  /// The best log-likelihood published, or reached by another program; `nil` if there is none.
  var published: Double?
  var prior = LatentClassPrior.none
  var blocks: [LatentClass.Block] = []
  /// The table, from the folder of fixtures.
  let table: (_ folder: String) throws -> ItemTable

  /// What is searched: latent classes, unless it says otherwise.
  var method = Method.latentClasses

  enum Method {
    case latentClasses
    case kModes, kPrototypes, kMedians, kMeans, medoids
    case tastes(() -> ChoiceTable)
  }

  static var all: [SearchTarget] { patterns + gaussian + mixed + hard + divisions + tastes }

  /// Searches once with default settings: what was found, larger is better, and the starts.
  func search(
    _ table: ItemTable, seed: UInt64, workers: Workers
  ) throws -> (value: Double, starts: StartTally) {
    func cost<Segmenting: Segmenter>(
      _ method: Segmenting, _ input: Segmenting.Input
    ) throws -> (value: Double, starts: StartTally) {
      let fit = try method.fit(
        input, random: RandomStream(seed: seed), workers: workers, progress: .silent)
      return (-fit.objective.value, fit.starts)
    }
    switch method {
    case .latentClasses:
      let settings = LatentClass(
        segments: classes, prior: prior, blocks: blocks, stream: RandomStream(seed: seed),
        workers: workers)
      let fit = try settings.fit(table)
      return (fit.logLikelihood + fit.logPrior, fit.starts)
    case .kModes: return try cost(KModes(segments: classes), table)
    case .kPrototypes: return try cost(KPrototypes(segments: classes), table)
    case .kMedians: return try cost(KMedians(segments: classes), HardTables.matrix(table))
    case .kMeans: return try cost(KMeans(segments: classes), HardTables.matrix(table))
    case .medoids: return try cost(PAM(segments: classes), .gower(table, GowerSettings()))
    case .tastes(let make):
      var settings = LatentClassLogitSettings(classes: classes)
      settings.seed = seed
      let fit = try LatentClassLogit(make(), settings, workers: workers)
      return (fit.logLikelihood, StartTally(run: fit.starts, reachedBest: fit.startsAtBest))
    }
  }

  private static var patterns: [SearchTarget] {
    let known: [(name: String, items: Int, classes: Int, published: Double?)] = [
      ("carcinoma", 7, 2, -317.25684), ("carcinoma", 7, 3, -293.70498),
      ("carcinoma", 7, 4, -289.28585), ("cheating", 4, 2, -440.02711),
      ("values", 4, 2, -504.46767), ("values", 4, 3, -503.30114), ("gss82", 4, 2, nil),
      ("gss82", 4, 3, nil), ("election", 12, 2, nil), ("election", 12, 3, nil),
      ("election", 12, 4, nil),
    ]
    return known.map { one in
      SearchTarget(name: one.name, classes: one.classes, published: one.published) {
        try patterns("\($0)/LatentClass/\(one.name)_patterns.csv", items: one.items)
      }
    }
  }

  /// Respondents who answered all, by the pattern of their answers.
  private static func patterns(_ path: String, items: Int) throws -> ItemTable {
    let read = try TableReader.read(path)
    let rows = read.rows.filter { !$0.cells.prefix(items).contains("") }
    let answers = (0..<items).map { column -> Item in
      let codes = rows.map { UInt8($0.cells[column]) ?? 0 }
      return Item(
        name: read.header[column], measurement: .nominal(categories: Int(codes.max() ?? 2)),
        answers: .codes(codes))
    }
    return try ItemTable(
      respondentCount: rows.count, items: answers,
      weights: .frequency(rows.map { Double($0.cells[$0.cells.count - 1]) ?? 0 }))
  }

  private static var gaussian: [SearchTarget] {
    let iris = [0, 1, 2, 3]
    return [
      ("iris", "VVI", iris, -307.177571597972), ("iris", "EEI", iris, -361.425522042764),
      ("iris", "VVV", iris, -180.185477131303), ("faithful", "EEE", [0, 1], -1126.31592782341),
      ("diabetes", "VVV", [1, 2, 3], -2303.49184316042),
    ].map { name, model, columns, published in
      let form: Item.VarianceForm = model.hasPrefix("E") ? .equal : .perClass
      var target = SearchTarget(name: "\(name) \(model)", classes: 3, published: published) {
        let read = try TableReader.read("\($0)/\(name).csv")
        return try ItemTable(
          respondentCount: read.rows.count,
          items: columns.map { column in
            Item(
              name: read.header[column], measurement: .gaussian(variance: form),
              answers: .numbers(read.rows.map { Double($0.cells[column]) ?? .nan }))
          })
      }
      if !model.hasSuffix("I") {
        target.blocks = [.init(items: Array(columns.indices), variance: form)]
      }
      return target
    }
  }

  /// Simulated surveys with every kind of answer and gaps, with priors as users have them.
  private static var mixed: [SearchTarget] {
    [4, 8].map { classes in
      SearchTarget(name: "simulated survey, mixed", classes: classes, prior: .default) { _ in
        try SyntheticSurvey(respondents: 2_000).questions()
      }
    }
  }

  /// Generated answers divided around modes, prototypes, medians, means and medoids.
  private static var divisions: [SearchTarget] {
    [UInt64(2), 5].flatMap { seed in
      [
        ("k-modes", 6, Method.kModes, 0), ("k-prototypes", 6, .kPrototypes, 4),
        ("k-medians", 6, .kMedians, 12), ("k-means", 8, .kMeans, 12), ("PAM", 6, .medoids, 4),
      ].map { name, segments, method, numbers in
        var target = SearchTarget(name: "degrees, seed \(seed), \(name)", classes: segments) { _ in
          try HardTables.degrees(respondents: 600, items: 12, numbers: numbers, seed: seed)
        }
        target.method = method
        return target
      }
    }
      + [UInt64(2), 7].map { seed in
        var target = SearchTarget(name: "sharp, seed \(seed), k-modes", classes: 8) { _ in
          try HardTables.sharp(respondents: 1_453, items: 11, seed: seed)
        }
        target.method = .kModes
        return target
      }
  }

  /// Choices by people of three tastes, one of them rare.
  private static var tastes: [SearchTarget] {
    [UInt64(1), 2, 3].map { seed in
      var target = SearchTarget(name: "tastes, seed \(seed)", classes: 3) { _ in
        try HardTables.sharp(respondents: 50, items: 4, seed: seed)
      }
      target.method = .tastes { HardTables.tastes(people: 500, menus: 8, seed: seed) }
      return target
    }
  }

  /// Generated tables whose best optimum few starts come to.
  private static var hard: [SearchTarget] {
    let known: [(kind: String, seed: UInt64, classes: Int, best: Double)] = [
      ("ticks", 2, 2, -7588.302870), ("ticks", 5, 2, -7844.968400), ("ticks", 6, 2, -8210.976104),
      ("ticks", 9, 2, -8132.173363), ("ticks", 12, 2, -8048.662698),
      ("sharp", 7, 8, -8514.803905), ("sharp", 8, 8, -8360.440999),
      ("sharp", 9, 8, -8270.275674), ("sharp", 11, 8, -8023.289615),
      ("sharp", 12, 8, -7935.243640), ("image", 2, 8, -8382.545599),
      ("image", 3, 8, -8586.331070), ("image", 4, 8, -7825.290270),
      ("image", 5, 8, -7827.834265),
    ]
    return known.map { one in
      SearchTarget(
        name: "\(one.kind), seed \(one.seed)", classes: one.classes, published: one.best
      ) { _ in
        switch one.kind {
        case "ticks": try HardTables.ticks(respondents: 793, items: 21, seed: one.seed)
        case "sharp": try HardTables.sharp(respondents: 1_453, items: 11, seed: one.seed)
        default: try HardTables.image(respondents: 1_453, items: 11, seed: one.seed)
        }
      }
    }
  }
}
