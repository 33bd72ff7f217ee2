import Foundation
import TesseraMath
import Testing

@testable import TesseraSegmentation

/// People who move between two classes, with answers to three questions (simulated).
struct PlantedPanel {
  static let initial = [0.6, 0.4]
  static let step = [[0.85, 0.15], [0.3, 0.7]]
  static let chances = [[0.9, 0.8, 0.85], [0.15, 0.2, 0.1]]

  let table: ItemTable
  let panel: Panel
  let persons: [Int]
  let times: [Int]

  /// Draws people, some of whom are not asked at times after the first.
  init(
    people: Int, times count: Int, unseen: Double = 0, blank: Double = 0, weights: [Double] = [],
    seed: UInt64
  ) throws {
    var random = RandomStream(seed: seed)
    var (persons, times) = ([Int](), [Int]())
    var answers = [[UInt8]](repeating: [], count: 3)
    for person in 0..<people {
      var latent = random.categorical(Self.initial)
      for time in 0..<count {
        if time > 0 { latent = random.categorical(Self.step[latent]) }
        let drawn = Self.chances[latent].map { random.uniform() < $0 ? UInt8(2) : 1 }
        let isUnseen = random.uniform() < unseen && time > 0
        let gaps = drawn.map { _ in random.uniform() < blank }
        guard !isUnseen else { continue }
        persons.append(person)
        times.append(time)
        for place in 0..<3 { answers[place].append(gaps[place] ? 0 : drawn[place]) }
      }
    }
    self.persons = persons
    self.times = times
    table = try ItemTable(
      respondentCount: persons.count,
      items: answers.enumerated().map {
        Item(name: "q\($0)", measurement: .binary, answers: .codes($1))
      })
    panel = try Panel(
      persons: persons, times: times,
      weights: persons.map { weights.isEmpty ? 1 : weights[$0] })
  }

  static var model: LatentTransitionModel {
    LatentTransitionModel(
      initial: initial, steps: [Matrix(step)],
      items: (0..<3).map { place in
        ItemModel(
          name: "q\(place)", measurement: .binary,
          distribution: .categories(chances.map { [1 - $0[place], $0[place]] }))
      })
  }
}

@Suite("Latent transition models")
struct LatentTransitionTests {
  private static func em(
    _ planted: PlantedPanel, _ model: LatentTransitionModel = PlantedPanel.model,
    prior: Double = 0
  ) -> TransitionEM {
    TransitionEM(
      planted.panel, PanelProfiles(planted.table), from: model, form: .constant, prior: prior)
  }

  @Test func `the likelihood is the sum over all ways through the classes`() throws {
    let planted = try PlantedPanel(people: 40, times: 4, unseen: 0.3, blank: 0.2, seed: 5)
    var em = Self.em(planted)
    em.expectation()
    var sum = 0.0
    for rows in planted.panel.rows {
      var likelihood = 0.0
      for way in 0..<16 {
        let path = (0..<4).map { way >> $0 & 1 }
        var chance = PlantedPanel.initial[path[0]]
        for time in 1..<4 { chance *= PlantedPanel.step[path[time - 1]][path[time]] }
        for (time, row) in rows.enumerated() where row >= 0 {
          for (place, item) in planted.table.items.enumerated() where !item.isMissing(row) {
            let yes = PlantedPanel.chances[path[time]][place]
            chance *= item.code(row) == 2 ? yes : 1 - yes
          }
        }
        likelihood += chance
      }
      sum += log(likelihood)
    }
    #expect(abs(em.logLikelihood - sum) < 1e-9 * abs(sum))
  }

  @Test(arguments: [0.0, 1.0]) func `no round lowers the objective`(prior: Double) throws {
    let planted = try PlantedPanel(people: 120, times: 3, unseen: 0.2, blank: 0.1, seed: 9)
    let even = Matrix([[0.5, 0.5], [0.4, 0.6]])
    let start = LatentTransitionModel(
      initial: [0.5, 0.5], steps: [even], items: PlantedPanel.model.items)
    var em = Self.em(planted, start, prior: prior)
    var last = -Double.infinity
    for _ in 0..<60 {
      em.expectation()
      #expect(em.objective >= last - 1e-9 * abs(em.objective))
      last = em.objective
      em.maximisation()
    }
  }

  @Test func `a single time is a latent class model`() throws {
    let planted = try PlantedPanel(people: 600, times: 1, seed: 3)
    let own = try LatentTransition(classes: 2, transitions: .constant, prior: 0)
      .fit(planted.table, planted.panel, seed: 1)
    let search = LatentClass(segments: 2, prior: .none)
    let other = try search.fit(planted.table, seed: 1)
    #expect(abs(own.logLikelihood - other.logLikelihood) < 1e-4)
    #expect(own.model.parameterCount == 7)
  }

  @Test func `what was planted is found, and so is the number of classes`() throws {
    let planted = try PlantedPanel(people: 1_500, times: 4, unseen: 0.15, blank: 0.05, seed: 11)
    let fits = try (1...3).map {
      try LatentTransition(classes: $0, transitions: .constant, prior: 0)
        .fit(planted.table, planted.panel, seed: 7, workers: Workers(2))
    }
    #expect(fits.map(\.bic).min() == fits[1].bic)
    let model = fits[1].model
    #expect(abs(model.initial[0] - 0.6) < 0.05)
    for from in 0..<2 {
      for to in 0..<2 {
        #expect(abs(model.steps[0][from, to] - PlantedPanel.step[from][to]) < 0.06)
      }
    }
    #expect(model.parameterCount == 1 + 2 + 6)
    #expect(fits[1].starts.reached > 1)
    // Free steps hold the constant ones.
    let free = try LatentTransition(classes: 2, transitions: .free, prior: 0)
      .fit(planted.table, planted.panel, seed: 7)
    #expect(free.model.parameterCount == 1 + 6 + 6)
    #expect(free.logLikelihood > fits[1].logLikelihood - 1e-6)
  }

  @Test func `a weight is that many people, and nobody counts for nothing`() throws {
    let weights = (0..<80).map { Double([1, 2, 0, 3][$0 % 4]) }
    let planted = try PlantedPanel(people: 80, times: 3, weights: weights, seed: 21)
    let task = LatentTransition(classes: 2, transitions: .constant, prior: 0)
    let weighted = task.refit(PlantedPanel.model, planted.table, planted.panel, tolerance: 1e-10)
    var (rows, persons, times) = ([Int](), [Int](), [Int]())
    var next = 0
    for (person, own) in planted.panel.rows.enumerated() {
      for _ in 0..<Int(weights[person]) {
        for (time, row) in own.enumerated() {
          rows.append(row)
          persons.append(next)
          times.append(time)
        }
        next += 1
      }
    }
    let repeated = task.refit(
      PlantedPanel.model, try planted.table.selecting(rows: rows),
      try Panel(persons: persons, times: times, weights: persons.map { _ in 1 }), tolerance: 1e-10)
    #expect(abs(weighted.logLikelihood - repeated.logLikelihood) < 1e-7)
    for from in 0..<2 {
      #expect(abs(weighted.model.steps[0][from, 0] - repeated.model.steps[0][from, 0]) < 1e-6)
    }
  }

  @Test func `numbers and counts have the closed form of one class`() throws {
    let numbers = [1.0, 2, 4, 5, .nan, 3]
    let counts = [0.0, 2, 1, 0, 3, 3]
    let table = try ItemTable(
      respondentCount: 6,
      items: [
        Item(
          name: "x", measurement: .gaussian(variance: .perClass), answers: .numbers(numbers)),
        Item(name: "n", measurement: .poisson, answers: .numbers(counts)),
      ])
    let panel = try Panel(
      persons: [0, 0, 1, 1, 2, 2], times: [0, 1, 0, 1, 0, 1], weights: [1, 1, 1, 1, 1, 1])
    let fit = try LatentTransition(classes: 1, transitions: .constant, prior: 0)
      .fit(table, panel, seed: 1)
    #expect(
      fit.model.items[0].distribution == .normal(means: [3], variances: [2]))
    #expect(fit.model.items[1].distribution == .counts(rates: [1.5]))
    let normal = -0.5 * 5 * (log(2 * Double.pi * 2) + 1)
    let poisson = counts.reduce(0) { $0 + $1 * log(1.5) - 1.5 - logGamma($1 + 1) }
    #expect(abs(fit.logLikelihood - normal - poisson) < 1e-9)
  }

  @Test func `more classes than people are refused`() throws {
    let planted = try PlantedPanel(people: 3, times: 2, seed: 1)
    #expect(throws: SegmentationError.tooManySegments(asked: 4, distinct: 3)) {
      try LatentTransition(classes: 4, transitions: .constant, prior: 0)
        .fit(planted.table, planted.panel, seed: 1)
    }
  }

  @Test func `moves that depend on a covariate are found with their odds`() throws {
    // Those with 1 leave the first class three times as often (odds), and begin there less.
    var random = RandomStream(seed: 31)
    let (people, count) = (1_500, 4)
    var (persons, times, given) = ([Int](), [Int](), [Double]())
    var answers = [[UInt8]](repeating: [], count: 4)
    let yes = [[0.9, 0.85, 0.9, 0.85], [0.1, 0.15, 0.1, 0.15]]
    for person in 0..<people {
      let own = Double(person % 2)
      given.append(own)
      let start = 1 / (1 + exp(-0.8 * own + 0.4))
      var latent = random.uniform() < start ? 1 : 0
      for time in 0..<count {
        if time > 0 {
          let leave = latent == 0 ? 1 / (1 + exp(2 - log(3) * own)) : 0.3
          if random.uniform() < leave { latent = 1 - latent }
        }
        persons.append(person)
        times.append(time)
        for place in 0..<4 { answers[place].append(random.uniform() < yes[latent][place] ? 2 : 1) }
      }
    }
    let table = try ItemTable(
      respondentCount: persons.count,
      items: answers.enumerated().map {
        Item(name: "q\($0)", measurement: .binary, answers: .codes($1))
      })
    let panel = try Panel(persons: persons, times: times, weights: persons.map { _ in 1 })
      .depending(on: Matrix(given.map { [$0] }))
    let fit = try LatentTransition(classes: 2, transitions: .constant, prior: 0)
      .fit(table, panel, seed: 3, workers: Workers(2))
    let model = fit.model
    let dependence = try #require(model.dependence)
    // The class that says yes, wherever it stands.
    let first = (model.items[0].probabilities?[0][1] ?? 0) > 0.5 ? 0 : 1
    let other = 1 - first
    #expect(abs(dependence.moves[first][other][1] - log(3)) < 0.35)
    #expect(abs(dependence.moves[other][first][1]) < 0.35)
    let start = dependence.initial[other][1] - dependence.initial[first][1]
    #expect(abs(start - 0.8) < 0.35)
    #expect(fit.isConverged && model.parameterCount == 2 * 3 + 8)
    // More is known of the answers with the covariate than without.
    let plain = try LatentTransition(classes: 2, transitions: .constant, prior: 0)
      .fit(
        table, try Panel(persons: persons, times: times, weights: persons.map { _ in 1 }), seed: 3)
    #expect(fit.logLikelihood > plain.logLikelihood + 10)
  }
}
