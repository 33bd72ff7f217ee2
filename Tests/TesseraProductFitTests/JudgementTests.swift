import TesseraMath
import TesseraProductFit
import TesseraStudy
import TesseraSurvey
import Testing

/// What stands beside the fit: shares, best sets, the house, judgements, gaps.
@Suite struct JudgementTests {
  @Test func `shares of the hand-worked case come out`() throws {
    let shares = try HandCaseTests.result().shares
    func first(_ segment: String?, _ product: String?) -> Double? {
      shares.first { $0.segment == segment && $0.product == product }?.first
    }
    // Of five weights in the family segment one takes the coupe; singles two of four.
    #expect(isNear(first("family", "coupe"), 0.2) && isNear(first("single", "coupe"), 0.5))
    #expect(isNear(first(nil, "suv"), 6.0 / 9) && isNear(first(nil, nil), 0))
    for audience in [nil, "family", "single"] {
      let own = shares.filter { $0.segment == audience }
      #expect(isNear(own.compactMap(\.randomised).reduce(0, +), 1))
    }
  }

  @Test func `the best sets of products reach whom they should`() throws {
    let sets = try HandCaseTests.result().reachSets.filter { $0.kind == .products }
    // Fits of 50 or more: the coupe reaches f4, s1, s3; the SUV f1 to f4 and s2.
    let everybody = sets.filter { $0.segment == nil }
    #expect(everybody[0].items == ["suv"] && isNear(everybody[0].reach, 7.0 / 9))
    #expect(isNear(everybody[1].reach, 1) && isNear(everybody[1].frequency, 10.0 / 9))
    #expect(everybody.allSatisfy { $0.isOptimal })
    let single = try #require(sets.first { $0.segment == "single" && $0.items.count == 1 })
    #expect(single.items == ["coupe"] && isNear(single.affinity, 100 * 0.5 / (3.0 / 9)))
  }

  @Test func `the house stands on mean weights`() throws {
    let result = try HandCaseTests.result()
    let model = try FitModel.bind(HandCase.source(), HandCase.segmented())
    var mean = 0.0
    for (respondent, row) in HandCase.rows.enumerated() {
      mean += row[0] / 9 * model.respondents.needWeights[respondent, 0]
    }
    let seat = try #require(
      result.houses.first { $0.segment == nil && $0.feature == "child_seat_fit" })
    #expect(isNear(seat.importance, 900 * mean) && isNear(seat.normalised, 75 * mean))
  }

  /// A shift that the audit tells is what scoring the changed catalogue gives.
  @Test(arguments: 0..<4)
  func `every judgement shifts fits as scoring anew would`(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(100 + seed))
    let source = RandomCase.source(&stream)
    let segmented = RandomCase.segmented(&stream, respondents: 40)
    let result = try ProductFit.run(source, segmented, settings: HandCase.settings())
    let model = try FitModel.bind(source, segmented)
    let relations = try #require(source.relations)
    var checked = 0
    for one in result.sensitivity {
      guard let name = one.need, let need = relations.needs.firstIndex(of: name),
        let feature = relations.features.firstIndex(of: one.feature),
        let text = one.change.split(separator: " ").last, let strength = Double(text)
      else { continue }
      var changed = relations.strength
      changed[need][feature] = strength
      let moved = FitSource(
        file: source.file, path: source.path, products: source.products,
        relations: RelationTable(
          needs: relations.needs, features: relations.features, strength: changed))
      let after = try ProductFit.run(moved, segmented, settings: HandCase.settings())
      let before = try #require(
        result.cell(segment: one.segment, product: one.product)?.fit)
      let then = try #require(after.cell(segment: one.segment, product: one.product)?.fit)
      #expect(isNear(then - before, one.shift, 1e-8), "\(one.change)")
      for (cell, other) in zip(result.cells, after.cells) {
        let shift = (other.fit ?? 0) - (cell.fit ?? 0)
        #expect(abs(shift) <= abs(one.shift) + 1e-8)
      }
      checked += 1
      if checked == 6 { break }
    }
    #expect(checked > 0 && model.needs.count == 5)
  }

  @Test func `an end moved by a tenth shifts the fit as scoring anew would`() throws {
    let result = try HandCaseTests.result()
    let one = try #require(
      result.sensitivity.first { $0.change == "prestige: worst level from 1 to 1.4" })
    var file = HandCase.file()
    file.features[6] = FeatureDeclaration(name: "prestige", value: .linear(1.4, 5))
    let after = try ProductFit.run(
      HandCase.source(file), HandCase.segmented(), settings: HandCase.settings())
    let before = try #require(result.cell(segment: one.segment, product: one.product)?.fit)
    let then = try #require(after.cell(segment: one.segment, product: one.product)?.fit)
    #expect(isNear(then - before, one.shift))
  }

  @Test func `a need that nobody serves and a feature that nobody needs are told`() throws {
    var relations = HandCase.relations
    // Prestige is taken out of the needs; safety is served by acceleration that harms it.
    relations[3] = [0, 0, 0, 3, 0, 0, 0]
    relations[1] = [0, 0, 0, -9, 0, 0, 0]
    let source = FitSource(
      file: HandCase.file(), path: "study.yaml", products: HandCase.products,
      relations: RelationTable(
        needs: HandCase.needs, features: HandCase.features.map(\.name), strength: relations))
    var file = source.file
    file.edits = []
    let gaps = try ProductFit.run(
      FitSource(
        file: file, path: "study.yaml",
        products: ProductTable(
          names: ["coupe"], features: HandCase.features.map(\.name),
          cells: [HandCase.products.cells[0]]), relations: source.relations),
      HandCase.segmented(), settings: HandCase.settings()
    ).catalogueGaps
    let needs = gaps.compactMap { gap -> String? in
      if case .need(let need) = gap, need.segment == nil { need.need } else { nil }
    }
    // The coupe carries no child seat, and its quickness is all against safety; few can afford it.
    #expect(needs == ["carry_toddler", "keep_safe", "affordable"])
    let idle = gaps.compactMap { gap -> String? in
      if case .feature(let feature) = gap { feature.feature } else { nil }
    }
    #expect(idle == ["safety", "prestige"])
  }

  @Test func `many products are contrasted with the best and the next only`() throws {
    var stream = RandomStream(seed: 5)
    let source = RandomCase.source(&stream, products: 12)
    let segmented = RandomCase.segmented(&stream, respondents: 50, segments: 1)
    let result = try ProductFit.run(source, segmented, settings: HandCase.settings())
    // 11 with the best, 11 the other way round, 10 with the next.
    #expect(result.contrasts.count == 32)
    let best = try #require(result.cells.max { ($0.fit ?? 0) < ($1.fit ?? 0) })
    for product in result.products where product.name != best.product {
      #expect(
        result.contrasts.contains { $0.product == best.product && $0.versus == product.name })
      #expect(
        result.contrasts.contains { $0.product == product.name && $0.versus == best.product })
    }
    #expect(result.notes.contains { $0.hasPrefix("With 12 products not every pair") })
  }

  @Test func `what hits everybody alike is the surest reason there is`() throws {
    var rows = HandCase.rows
    // Nobody pays 150 thousand for the coupe, everybody pays 32 for the other.
    for place in rows.indices { rows[place][11] = 40 }
    let fit = try ProductFit.run(
      HandCase.source(), HandCase.segmented(copies: 9, rows: rows), settings: HandCase.settings())
    for segment in ["family", "single"] {
      let reason = try #require(
        fit.mismatches.first {
          $0.segment == segment && $0.product == "coupe" && $0.cause == .barrier("over_budget")
        })
      #expect(isNear(reason.shareAffected, 1))
    }
  }
}
