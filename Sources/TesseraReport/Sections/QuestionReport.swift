public import TesseraProductFit
public import TesseraStudy

/// What can be told without any product: needs, channels, drivers, Kano's kinds and price points.
public struct QuestionReport: Sendable {
  let study: StudyFile
  let fit: FitResult
  let numbers: NumberStyle

  /// Prepares the sections.
  ///
  /// - Parameters:
  ///   - study: What the study declared.
  ///   - fit: What was computed.
  ///   - numbers: How numbers are written.
  public init(study: StudyFile, fit: FitResult, numbers: NumberStyle = .english) {
    self.study = study
    self.fit = fit
    self.numbers = numbers
  }

  /// The sections, as far as they were asked.
  public var sections: [ReportSection] {
    [needWeightSection(), bestSetsSection(), questionSection()].compactMap { $0 }
  }

  /// The audiences of a table: everybody, then the segments.
  func audiences(_ fit: FitResult) -> [(id: String?, title: String)] {
    FitNames(study: study, fit: fit).audiences
  }

  /// How much needs weigh, where no product is scored by them.
  func needWeightSection() -> ReportSection? {
    guard fit.products.isEmpty, fit.needWeights.contains(where: { $0.weight != nil }) else {
      return nil
    }
    let names = FitNames(study: study, fit: fit)
    let audiences = audiences(fit)
    return ReportSection(
      id: "needs", title: "What matters to them",
      blocks: [
        .table(
          ReportTable(
            id: "need-weights", caption: "Weight of each need (shares that sum to 100%)",
            columns: [.init("Need")] + audiences.map { .init($0.title, isNumeric: true) },
            rows: fit.needs.map { need in
              [.init(RichText(names.need(need.name)), isHeader: true)]
                + audiences.map { audience in
                  let one = fit.needWeights.first {
                    $0.segment == audience.id && $0.need == need.name
                  }
                  return .percent(
                    one?.weight, numbers, decimals: 1,
                    hint: one?.weightSE.map {
                      "standard error \(numbers.percent($0, decimals: 1))"
                    } ?? "", shade: one?.weight.map { .sequential($0) } ?? .none)
                }
            }))
      ])
  }
}
