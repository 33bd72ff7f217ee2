import TesseraMath
import TesseraProductFit
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Catalogues and respondents drawn at random: every kind of value, need and barrier.
enum RandomCase {
  static func source(_ stream: inout RandomStream, needs: Int = 5, products: Int = 4)
    -> FitSource
  {
    let values: [ValueFunction] = [
      .linear(0, 10), .linear(10, 0), .target(5, tolerance: 4), .threshold(3, ramp: 4),
      .knots([.init(level: 0, value: 0), .init(level: 4, value: 0.7), .init(level: 10, value: 1)]),
      .rate(from: 0, scale: 3), .burden(income: "income", fullAt: 0.1, zeroAt: 0.9),
      .levels([.init(name: "no", value: 0.1), .init(name: "yes", value: 1)]),
    ]
    var file = StudyFile(
      title: "Random", survey: SurveyDeclaration(files: ["r.csv"]),
      segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.features = values.enumerated().map {
      FeatureDeclaration(name: "f\($0.offset)", value: $0.element)
    }
    file.needs = (0..<needs).map {
      NeedDeclaration(
        name: "n\($0)", importance: "i\($0)", satisfaction: $0 % 3 == 0 ? nil : "s\($0)",
        combine: NeedDeclaration.Combination.allCases[$0 % 3])
    }
    file.barriers = [
      BarrierDeclaration(name: "b0", violatedWhen: "f0 < 6", heldBy: "i0 > 2", strength: 0.3),
      BarrierDeclaration(name: "b1", violatedWhen: "f1 > limit", strength: 0.6),
      BarrierDeclaration(name: "b2", violatedWhen: "f7 = no", strength: 1),
      BarrierDeclaration(name: "b3", violatedWhen: "f2 < limit or f3 is missing", strength: 0.5),
    ]
    var relations: [[Double]] = []
    for _ in 0..<needs {
      var row = values.map { _ in [0, 0, 1, 3, 9, -1, -3, -9][stream.below(8)] as Double }
      row[stream.below(row.count)] = 9
      relations.append(row)
    }
    var cells: [[ProductTable.Level?]] = []
    for _ in 0..<products {
      cells.append(
        values.indices.map { feature in
          if stream.uniform() < 0.1 { return nil }
          return feature == 7
            ? .name(stream.uniform() < 0.5 ? "no" : "yes") : .number(10 * stream.uniform())
        })
    }
    let names = file.features.map(\.name)
    return FitSource(
      file: file, path: "random.yaml",
      products: ProductTable(
        names: (0..<products).map { "p\($0)" }, features: names, cells: cells,
        lines: Array(2..<2 + products)),
      relations: RelationTable(
        needs: file.needs.map(\.name), features: names, strength: relations))
  }

  static func segmented(
    _ stream: inout RandomStream, respondents: Int, segments: Int = 3, needs: Int = 5,
    kind: SurveyDesign.WeightKind = .sampling, strata: Int = 1, clusters: Int = 0,
    resegmenter: (any Resegmenter)? = nil
  ) -> SegmentedSurvey {
    var columns: [(String, [Double])] = []
    for need in 0..<needs {
      for letter in ["i", "s"] {
        columns.append(
          (
            "\(letter)\(need)",
            (0..<respondents).map { _ in
              stream.uniform() < 0.05 ? .nan : Double(1 + stream.below(5))
            }
          ))
      }
    }
    columns.append(
      (
        "income",
        (0..<respondents).map { _ in stream.uniform() < 0.05 ? .nan : Double(5 + stream.below(30)) }
      ))
    columns.append(
      (
        "limit",
        (0..<respondents).map { _ in stream.uniform() < 0.05 ? .nan : 10 * stream.uniform() }
      ))
    var posterior = Matrix(rows: respondents, columns: segments)
    for respondent in 0..<respondents {
      let row = stream.dirichlet([Double](repeating: 0.6, count: segments))
      for segment in 0..<segments { posterior[respondent, segment] = row[segment] }
    }
    let weights = (0..<respondents).map { _ in
      kind == .frequency ? Double(1 + stream.below(3)) : 0.5 + stream.uniform()
    }
    return SegmentedSurvey(
      survey: Survey(
        variables: columns.map {
          Variable(name: $0.0, level: .numeric, answers: .numbers($0.1))
        }),
      design: SurveyDesign(
        kind: kind, weights: weights,
        strata: strata > 1 ? (0..<respondents).map { $0 % strata } : [],
        clusters: clusters > 0 ? (0..<respondents).map { $0 / 3 % clusters } : []),
      sourceRows: Array(0..<respondents),
      segments: (0..<segments).map {
        Segment(id: "S\($0 + 1)", name: "S\($0 + 1)", share: 1 / Double(segments), respondents: 0)
      }, posterior: posterior, resegmenter: resegmenter)
  }
}

@Suite struct LedgerTests {
  @Test(arguments: 0..<12)
  func `ledgers add up to 100 for any catalogue`(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed))
    let source = RandomCase.source(&stream)
    let segmented = RandomCase.segmented(&stream, respondents: 60)
    let result = try ProductFit.run(source, segmented, settings: HandCase.settings())
    for cell in result.cells {
      #expect(isNear(HandCaseTests().sum(cell), 100))
      let fit = try #require(cell.fit)
      #expect((-1e-9...100 + 1e-9).contains(fit))
      if let quality = cell.quality, let acceptance = cell.acceptance {
        #expect(isNear(acceptance * quality, fit))
      }
      if let low = cell.fitMin, let high = cell.fitMax {
        #expect(low <= fit + 1e-9 && fit <= high + 1e-9)
      }
      for need in try #require(cell.ledger).needs {
        var sum = 0.0
        for feature in need.features {
          sum += feature.loss
          #expect(feature.loss >= -1e-12)
        }
        #expect(isNear(need.loss, sum))
      }
    }
  }

  @Test(arguments: 0..<20)
  func `barriers split as Shapley says`(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed))
    let count = 1 + stream.below(6)
    let strengths = (0..<count).map { _ in stream.uniform() < 0.3 ? 1 : stream.uniform() }
    let set = BarrierSet(strengths: strengths)
    let hit = UInt64(stream.below(1 << count))
    let members = (0..<count).filter { hit >> UInt64($0) & 1 == 1 }
    var expected = [Double](repeating: 0, count: count)
    // The mean over all orders of what each barrier takes when it is met.
    var orders = 0.0
    func permute(_ left: [Int], _ kept: Double, _ taken: [Double]) {
      if left.isEmpty {
        orders += 1
        for barrier in 0..<count { expected[barrier] += taken[barrier] }
        return
      }
      for (place, barrier) in left.enumerated() {
        var rest = left
        rest.remove(at: place)
        var taken = taken
        taken[barrier] = kept * strengths[barrier]
        permute(rest, kept * (1 - strengths[barrier]), taken)
      }
    }
    permute(members, 1, [Double](repeating: 0, count: count))
    let split = set.split(hit)
    var total = 0.0
    for barrier in 0..<count {
      #expect(abs(split[barrier] - expected[barrier] / orders) < 1e-12)
      total += split[barrier]
    }
    #expect(abs(total - (1 - set.acceptance(hit))) < 1e-12)
  }

  @Test func `full barriers share a loss equally`() {
    let split = BarrierSet(strengths: [1, 0.4, 1, 1]).split(0b1101)
    #expect(isNear(split[0], 1.0 / 3) && isNear(split[2], 1.0 / 3) && split[1] == 0)
  }

  @Test func `under all the binding feature bears the loss, ties equally`() {
    var losses = [0.0, 0, 0]
    let all = FeatureCombiner(strengths: [9, 3, 1], combine: .all)
    #expect(all.combine([0.4, 0.4, 0.9], losses: &losses) == 0.4)
    #expect(isNear(losses[0], 0.3) && isNear(losses[1], 0.3) && losses[2] == 0)
    let any = FeatureCombiner(strengths: [9, 3, 1], combine: .any)
    #expect(any.combine([0.4, 0.4, 0.9], losses: &losses) == 0.9)
    #expect(losses[0] == 0 && losses[1] == 0 && isNear(losses[2], 0.1))
  }

  @Test func `a smaller rho punishes unmet needs, and the ledger stays compensatory`() throws {
    var file = HandCase.file()
    file.rho = 0
    file.barriers = []
    file.edits = []
    let result = try ProductFit.run(
      HandCase.source(file), HandCase.segmented(), settings: HandCase.settings())
    // Without barriers and with the geometric mean: families 14 and 80, singles 60 and 43.
    let expected = [14.0, 80, 60, 43]
    for (cell, fit) in zip(result.cells, expected) {
      #expect(isNear(cell.fitRho, fit, 0.5))
      #expect(isNear(HandCaseTests().sum(cell), 100))
    }
    let compensatory = [32.0, 85, 71, 52]
    for (cell, fit) in zip(result.cells, compensatory) { #expect(isNear(cell.fit, fit, 0.5)) }
  }
}
