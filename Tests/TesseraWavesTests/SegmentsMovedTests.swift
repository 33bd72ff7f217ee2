import TesseraMath
import TesseraSegmentation
import Testing

@testable import TesseraWaves

/// The rates of error and the power over many trials stand in docs/after-the-study.md.
@Suite struct SegmentsMovedTests {
  private func moved(
    _ planted: PlantedWaves, workers: Int = 2
  ) throws -> SegmentsMoved {
    try SegmentsMoved(
      try WaveAnswers(table: planted.table, waves: planted.waves, persons: planted.persons),
      frozen: PlantedWaves.model, sets: 39, stream: RandomStream(seed: 3),
      workers: Workers(workers))
  }

  @Test func `where nothing changed no test says so, with the same people or with others`() throws {
    for isPanel in [false, true] {
      let found = try moved(
        try PlantedWaves(sizes: [0.6, 0.6], people: 400, isPanel: isPanel, seed: 11))
      #expect(found.size.pValue > 0.05)
      #expect(found.profile.pValue > 0.05)
      #expect((found.misfit?.pValue ?? 0) > 0.05)
      #expect(found.questions.allSatisfy { $0.pAdjusted > 0.05 })
      #expect((found.stay != nil) == isPanel)
      if isPanel { #expect((found.stay ?? 0) > 0.95) }
    }
  }

  @Test func `answers that go together within segments, as real ones do, are no change`() throws {
    var early = 0
    var misfits = 0
    for seed in 0..<20 {
      let planted = try PlantedWaves(sizes: [0.6, 0.6, 0.6], people: 250, seed: UInt64(100 + seed))
      var random = RandomStream(seed: UInt64(seed))
      var columns = planted.table.items.map { item -> [UInt8] in
        if case .codes(let codes) = item.answers { codes } else { [] }
      }
      // Four in ten answer the first three questions by one mood, which the model does not know.
      for row in planted.waves.indices where random.uniform() < 0.4 {
        let mood: UInt8 = random.uniform() < 0.5 ? 2 : 1
        for question in 0..<3 { columns[question][row] = mood }
      }
      let table = try ItemTable(
        respondentCount: planted.waves.count,
        items: zip(planted.table.items, columns).map {
          Item(name: $0.name, measurement: .binary, answers: .codes($1))
        })
      let found = try SegmentsMoved(
        try WaveAnswers(table: table, waves: planted.waves, persons: planted.persons),
        frozen: PlantedWaves.model, sets: 19, stream: RandomStream(seed: 3), workers: Workers(2))
      if found.profile.pValue <= 0.05 { early += 1 }
      if (found.misfit?.pValue ?? 0) <= 0.05 { misfits += 1 }
    }
    // One in twenty is expected.
    #expect(early <= 4)
    #expect(misfits <= 4)
  }

  @Test func `people of one segment change waves, and each wave keeps its people`() throws {
    for isPanel in [false, true] {
      let planted = try PlantedWaves(
        sizes: [0.6, 0.3, 0.5], people: 100, isPanel: isPanel, seed: 5)
      let answers = try WaveAnswers(
        table: planted.table, waves: planted.waves, persons: planted.persons)
      // Sure segments: by the first question.
      let segments = planted.waves.indices.map { planted.table.items[0].code($0) - 1 }
      let posterior = Matrix(segments.map { $0 == 0 ? [1.0, 0] : [0, 1] })
      let permutation = WavePermutation(answers, posterior: posterior)
      var random = RandomStream(seed: 9)
      let drawn = permutation.draw(&random)
      #expect(drawn != planted.waves)
      for wave in 0..<3 {
        for segment in 0..<2 {
          func people(_ waves: [Int]) -> Int {
            waves.indices.count { waves[$0] == wave && segments[$0] == segment }
          }
          #expect(people(drawn) == people(planted.waves))
        }
      }
      guard isPanel else { continue }
      // A person has each wave once.
      for person in 0..<100 {
        let own = planted.persons.indices.filter { planted.persons[$0] == person }
        #expect(Set(own.map { drawn[$0] }) == [0, 1, 2])
      }
    }
  }

  @Test func `a change of sizes is a change of sizes alone`() throws {
    let found = try moved(try PlantedWaves(sizes: [0.6, 0.6, 0.45], people: 400, seed: 12))
    #expect(found.size.pValue <= 0.025)
    #expect(found.profile.pValue > 0.05)
  }

  @Test func `changed answers of a segment are a change of profile, question by question`() throws {
    let found = try moved(
      try PlantedWaves(sizes: [0.6, 0.6], people: 500, shift: 0.25, seed: 13))
    #expect(found.profile.pValue <= 0.025)
    let sure = found.questions.filter { $0.pAdjusted <= 0.05 }
    #expect(Set(sure.map(\.item)).isSuperset(of: [0, 1, 2]))
    #expect(sure.allSatisfy { $0.segment == 0 && $0.item < 3 })
  }

  @Test func `the same seed gives the same numbers on one thread and on two`() throws {
    let planted = try PlantedWaves(sizes: [0.6, 0.5], people: 150, seed: 14)
    let alone = try moved(planted, workers: 1)
    #expect(try moved(planted, workers: 2) == alone)
  }

  @Test func `answers that fit no segment are misfit, and no change of profile explains them`()
    throws
  {
    // Half of the last wave answers like both segments at once: pairs of questions that never went
    // together now do, while each question is answered as before.
    let planted = try PlantedWaves(sizes: [0.5, 0.5], people: 1_500, seed: 15)
    var random = RandomStream(seed: 16)
    let rows = planted.waves.indices.filter { planted.waves[$0] == 1 }
    let items = planted.table.items.map { item -> Item in
      guard case .codes(var codes) = item.answers else { return item }
      // Shuffled within the wave for some people: shares stay, what goes together does not.
      let chosen = rows.filter { $0 % 4 == 0 }
      var values = chosen.map { codes[$0] }
      random.shuffle(&values)
      for (row, value) in zip(chosen, values) { codes[row] = value }
      return Item(name: item.name, measurement: item.measurement, answers: .codes(codes))
    }
    let table = try ItemTable(respondentCount: planted.waves.count, items: items)
    let found = try SegmentsMoved(
      try WaveAnswers(table: table, waves: planted.waves, persons: planted.persons),
      frozen: PlantedWaves.model, sets: 39, stream: RandomStream(seed: 3), workers: Workers(2))
    #expect((found.misfit?.pValue ?? 1) <= 0.05)
    #expect(abs(found.misfit?.falls.first ?? 0) > 2 * (found.misfit?.errors.first ?? 1))
  }
}
