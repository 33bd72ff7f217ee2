import TesseraFiles
import TesseraSegmentation
import Testing
import simulate_needs

/// What people in France do in their free time, and the components behind it.
@Suite struct HobbiesComponentsTests {
  /// FactoMineR 2.7 `MCA(hobbies[, 1:18])$eig`: the seventeen activities and the hours of television.
  @Test func `hobbies have their known correspondence components`() throws {
    let table = try Repository.table("hobbies/hobbies.csv")
    let items = try table.header.prefix(18).map { name -> Item in
      let answers = try table.texts(of: name)
      let levels = Set(answers).sorted()
      return Item(
        name: name, measurement: .nominal(categories: levels.count),
        answers: .codes(answers.map { UInt8((levels.firstIndex(of: $0) ?? -1) + 1) }))
    }
    let fit = try FactorAnalysis().fit(ItemTable(respondentCount: table.rows.count, items: items))
    #expect(table.rows.count == 8_403)
    let known = [0.1977116, 0.0806491, 0.0720218]
    for (found, printed) in zip(fit.eigenvalues, known) {
      #expect(abs(found - printed) < 1e-6 * printed)
    }
    // The inertia of a multiple correspondence analysis: categories less questions, by question.
    #expect(abs(fit.eigenvalues[0] / fit.shares[0] - (39.0 - 18) / 18) < 1e-9)
  }
}
