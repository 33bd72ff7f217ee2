import TesseraReport

@testable import TesseraProductFit
@testable import TesseraStudy

/// Results made by hand: two segments, two products, with labels a test can replace.
enum SampleResults {
  /// Makes results.
  ///
  /// - Parameters:
  ///   - label: What everything that carries a label is called, behind a number.
  ///   - count: Number of segments.
  ///   - products: Number of products.
  /// - Returns: Results of a run that never was.
  static func make(
    label: String = "Families", segments count: Int = 2, products: Int = 2
  ) -> StudyResults {
    let segments = (1...count).map {
      Segment(id: "S\($0)", name: "\(label) \($0)", share: 1 / Double(count), respondents: 120)
    }
    var study = StudyFile(
      title: "Cars for \(label)", survey: SurveyDeclaration(files: ["people.csv"]),
      segments: SegmentsDeclaration())
    study.needs = [
      NeedDeclaration(name: "room", label: "Room \(label)", importance: "i1", satisfaction: "s1"),
      NeedDeclaration(name: "speed", label: "Speed \(label)", importance: "i2"),
    ]
    study.features = [
      FeatureDeclaration(name: "seats", label: "Seats \(label)", value: .linear(2, 5))
    ]
    study.barriers = [
      BarrierDeclaration(name: "child", label: "No seat \(label)", violatedWhen: "seats < 4")
    ]
    return StudyResults(
      study: study, segmentation: segmentation(segments),
      profiles: profiles(segments, label), fit: fit(segments, products, label),
      inputs: [.init(name: "people.csv", sha256: String(repeating: "ab", count: 32))],
      settings: [("seed", "1")], dataNotes: ["3 rows of \(label) without a weight"],
      minimumCell: 10)
  }

  private static func segmentation(_ segments: [Segment]) -> SegmentationResult {
    SegmentationResult(
      method: "latent-class", seed: 1, respondents: 240, weightedRespondents: 240,
      effectiveSampleSize: 200, logLikelihood: -1234.5, parameters: 21, aic: 2511, bic: 2584,
      sabic: 2517, icl: 2600, entropyR2: 0.8, starts: StartCounts(run: 20, reachedBest: 9),
      segments: segments,
      selection: (1...5).map(selectionRow),
      stability: StabilityResult(
        replicates: 50, median: 0.81, low: 0.6, high: 0.9,
        jaccard: segments.map { _ in 0.75 }),
      recommendation: ["2 segments by BIC."], warnings: ["Segment 2 is small."])
  }

  private static func selectionRow(_ count: Int) -> SelectionRow {
    let number = Double(count)
    let distance = (number - 2) * (number - 2)
    return SelectionRow(
      segments: count, logLikelihood: -1500 + 60 * number, parameters: 10 * count,
      aic: 3000 - 100 * number, bic: 2700 + 20 * distance, sabic: 2900 - 60 * number,
      icl: 2750 + 22 * distance, entropyR2: 0.8, stability: 1 - 0.1 * number,
      smallestShare: 0.5 / number)
  }

  private static func profiles(_ segments: [Segment], _ label: String) -> ProfileResult {
    ProfileResult(
      segments: segments.enumerated().map { position, segment in
        SegmentProfile(
          id: segment.id, name: segment.name, share: segment.share,
          shareInterval: .init(
            standardError: 0.02, low: segment.share - 0.04, high: segment.share + 0.04),
          respondents: 120,
          description: ["Mostly \(label)."],
          variables: [
            VariableProfile(
              name: "marital", label: "Marital status \(label)", level: "nominal", role: .active,
              categories: [
                CategoryProfile(
                  code: "1", label: "married \(label)", share: position == 0 ? 0.8 : nil,
                  totalShare: 0.5, index: 160),
                CategoryProfile(
                  code: "2", label: "single", share: position == 0 ? 0.2 : 0.7, totalShare: 0.5,
                  index: 40),
              ], base: 120, effectSize: 0.6, pValue: 0.0001, pAdjusted: 0.0003, distinctive: true),
            VariableProfile(
              name: "age", label: "Age", level: "numeric", role: .passive, mean: 40.25,
              totalMean: 44.5, base: 20, smallBase: true, effectSize: -0.3, pValue: 0.2,
              pAdjusted: 0.3),
          ])
      }, notes: ["Tests on active variables are circular."])
  }

  private static func fit(_ segments: [Segment], _ count: Int, _ label: String) -> FitResult {
    let products = (1...count).map {
      ProductSummary(name: "p\($0)", label: "Car \($0) \(label)", levels: ["2"])
    }
    var cells: [FitCell] = []
    for (row, segment) in segments.enumerated() {
      for (column, product) in products.enumerated() {
        let value = Double((row * 37 + column * 53 + 14) % 97)
        let isHidden = row == 1 && column == 1
        cells.append(
          FitCell(
            segment: segment.id, product: product.name, fit: isHidden ? nil : value, se: 2,
            seLinearised: 1.5, low: isHidden ? nil : max(0, value - 4),
            high: isHidden ? nil : value + 4, acceptance: isHidden ? nil : 0.5,
            quality: isHidden ? nil : min(100, value * 2),
            ledger: isHidden
              ? nil
              : Ledger(
                needs: [
                  .init(
                    need: "room", loss: (100 - value) / 2,
                    features: [.init(feature: "seats", loss: (100 - value) / 2)])
                ],
                barriers: [
                  .init(barrier: "child", loss: (100 - value) / 2, shareAffected: 0.5)
                ]), firstProbability: 0.4, base: isHidden ? 7 : 120))
      }
    }
    return FitResult(
      products: products, segments: segments,
      needs: [NeedSummary(name: "room", label: "Room \(label)")], cells: cells,
      contrasts: [
        Contrast(
          segment: "S1", product: "p1", versus: "p2", difference: -53, se: 3, low: -59, high: -47,
          confidence: 0, superiority: 0.1)
      ], ranks: [RankSet(segment: "S1", product: "p1", best: 1, worst: 2)],
      mismatches: [
        Mismatch(
          segment: "S1", product: "p1", cause: .barrier("child"), feature: "seats", level: "2",
          needed: "at least 4", shareAffected: 0.8, points: 30, pAdjusted: 0.001,
          sentence: "Two seats; 80% of \(label) carry a child seat.")
      ],
      opportunities: segments.flatMap { segment in
        [
          Opportunity(
            segment: segment.id, need: "room", importance: 0.9, satisfaction: 0.3, odi: 15,
            low: 13, high: 16.5, gap: 12),
          Opportunity(
            segment: segment.id, need: "speed", importance: 0.3, satisfaction: 0.6, odi: 3,
            low: 2, high: 4, gap: 1),
        ]
      },
      improvements: [
        Improvement(
          name: "seats", product: "p1", set: [FeatureSetting(feature: "seats", level: "5")],
          cost: 400, gain: 8.25, se: 1, low: 6.3, high: 10.2,
          bySegment: segments.map {
            .init(segment: $0.id, fit: 50, gain: 8, se: 1, low: 6, high: 10)
          })
      ],
      channels: segments.map {
        ChannelReach(
          segment: $0.id, channel: "tv", label: "Television \(label)", reach: 0.4, affinity: 120)
      },
      funnel: segments.map {
        FunnelStep(
          segment: $0.id, product: "p1", step: "aware", label: "Aware", share: 0.6, low: 0.5,
          high: 0.7, conversion: nil)
      }, notes: ["1,000 resamples."])
  }
}
