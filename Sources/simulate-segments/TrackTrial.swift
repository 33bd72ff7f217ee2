import TesseraMath
import TesseraSegmentation
import TesseraWaves

/// Three simulated waves with a known change, and what the tests of waves say of them.
struct TrackTrial {
  /// What changes in the last wave.
  enum Kind: String, CaseIterable {
    /// Nothing.
    case nothing
    /// Nothing; every second person of a wave is asked again in the next, one in five of them has
    /// changed segment, and weights vary.
    case panel
    /// The answers of one segment of 200 people to three questions, by 15 points each.
    case profile
    /// The share of one segment, by 8 points.
    case size
    /// Nothing; within segments answers to the first three questions go together, as in real surveys,
    /// which the model does not know.
    case dependent
  }

  /// What changed.
  let kind: Kind
  /// p of sizes, of profiles, of misfit, and of the profile statistic alone.
  let pValues: [Double]
  /// Whether a question of the segment that changed is named, and whether any other is.
  let named: (right: Bool, wrong: Bool)

  /// Sets drawn: few are exact for the rate of error, more lose less power.
  static func sets(_ kind: Kind) -> Int { kind == .profile || kind == .size ? 99 : 39 }

  /// People per wave.
  static let people = 800
  private static let questions = 10
  private static let sizes = [0.3, 0.25, 0.25, 0.2]

  /// Draws waves, and looks for changes.
  ///
  /// - Parameters:
  ///   - kind: What changes.
  ///   - seed: Starts the draws.
  ///   - sets: Sets drawn for each reference.
  /// - Throws: ``SegmentationError`` never in practice.
  init(_ kind: Kind, seed: UInt64, sets: Int) throws(SegmentationError) {
    var random = RandomStream(seed: seed)
    let segment = 1
    // A quarter of 800 people: 200.
    let shares = Self.sizes
    let profiles = Self.profiles()
    var rows: [(wave: Int, person: Int, segment: Int, answers: [UInt8], weight: Double)] = []
    var last: [(person: Int, segment: Int)] = []
    var next = 0
    for wave in 0..<3 {
      var own = profiles
      if kind == .profile, wave == 2 {
        for question in 0..<3 {
          let chance = own[segment][question]
          own[segment][question] = chance > 0.5 ? chance - 0.15 : chance + 0.15
        }
      }
      var sizes = shares
      if kind == .size, wave == 2 {
        sizes[segment] += 0.08
        sizes[0] -= 0.08
      }
      var now: [(person: Int, segment: Int)] = []
      for place in 0..<Self.people {
        var person = (person: next, segment: random.categorical(sizes))
        if kind == .panel, wave > 0, place % 2 == 0 {
          person = last[place]
          if random.uniform() < 0.2 { person.segment = random.categorical(sizes) }
        } else {
          next += 1
        }
        now.append(person)
        var answers = own[person.segment].map { random.uniform() < $0 ? UInt8(2) : 1 }
        if kind == .dependent, random.uniform() < 0.4 {
          // Three answers of one mood: shares of each question change for everybody alike.
          let mood: UInt8 = random.uniform() < 0.5 ? 2 : 1
          for question in 0..<3 { answers[question] = mood }
        }
        let weight = kind == .panel ? 0.5 + random.uniform() : 1
        rows.append((wave, person.person, person.segment, answers, weight))
      }
      last = now
    }
    let table = try ItemTable(
      respondentCount: rows.count,
      items: (0..<Self.questions).map { question in
        Item(
          name: "q\(question + 1)", measurement: .binary,
          answers: .codes(rows.map { $0.answers[question] }))
      }, weights: kind == .panel ? .sampling(rows.map(\.weight)) : .none)
    let answers = try WaveAnswers(
      table: table, waves: rows.map(\.wave), persons: rows.map(\.person))
    // The frozen model is that of the first wave, as a study would have found it.
    let model = LatentClassModel(
      prevalence: shares,
      items: (0..<Self.questions).map { question in
        ItemModel(
          name: "q\(question + 1)", measurement: .binary,
          distribution: .categories(profiles.map { [1 - $0[question], $0[question]] }))
      })
    let first = rows.indices.filter { rows[$0].wave == 0 }
    let frozen = try model.refit(on: try LatentClassData(try answers.wave(first))).model
    let found = try SegmentsMoved(
      answers, frozen: frozen, sets: sets, stream: random.split(9))
    self.kind = kind
    pValues = [
      found.size.pValue, found.profile.pValue, found.misfit?.pValue ?? .nan, found.profileSumP,
    ]
    let sure = found.questions.filter { $0.pAdjusted <= 0.05 }
    let isPlanted = { (question: SegmentsMoved.Question) in
      kind == .profile && question.segment == segment && question.item < 3
    }
    named = (sure.contains(where: isPlanted), sure.contains { !isPlanted($0) })
  }

  /// Chances of "yes": each segment says yes to other questions.
  private static func profiles() -> [[Double]] {
    (0..<sizes.count).map { segment in
      (0..<questions).map { question in (question + segment) % sizes.count < 2 ? 0.82 : 0.2 }
    }
  }

  /// The trial in a line.
  var line: String {
    "\(kind.rawValue)\t" + pValues.map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: "\t")
      + "\t\(named.right)\t\(named.wrong)"
  }
}

/// How often the tests say that something changed.
struct TrackReport {
  private var trials: [TrackTrial] = []

  mutating func add(_ trial: TrackTrial) { trials.append(trial) }

  /// A line for each kind of change.
  var text: String {
    TrackTrial.Kind.allCases.compactMap { kind in
      let own = trials.filter { $0.kind == kind }
      guard !own.isEmpty else { return nil }
      let count = Double(own.count)
      func rate(_ isTold: (TrackTrial) -> Bool) -> String {
        let share = Double(own.count(where: isTold)) / count
        let error = (share * (1 - share) / count).squareRoot()
        func thousandths(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
        return "\(thousandths(share)) (\(thousandths(error)))"
      }
      return
        "track, \(kind.rawValue), \(own.count) trials: size \(rate { $0.pValues[0] <= 0.05 }), "
        + "profile \(rate { $0.pValues[1] <= 0.05 }), misfit \(rate { $0.pValues[2] <= 0.05 }), 2(LL2 - LL1) alone \(rate { $0.pValues[3] <= 0.05 }), "
        + "a planted question \(rate { $0.named.right }), another \(rate { $0.named.wrong })"
    }.joined(separator: "\n")
  }
}
