public import TesseraStudy

/// Numbers of segments side by side: what a workshop chooses from.
public struct SolutionBoard {
  /// One segment of a solution.
  public struct Row: Sendable, Equatable {
    /// The segment's id.
    public let id: String
    /// Its name.
    public let name: String
    /// Its share, 0 to 1.
    public let share: Double
    /// Its members by highest posterior.
    public let respondents: Double
    /// What sets it apart, up to three.
    public let traits: [String]
    /// From which segments of one number fewer its members come, if most come from one.
    public let origin: String?
    /// The product that fits it best; two that are level; `nil` where more are, or there is none.
    public let product: String?
  }

  private let file: SolutionsFile
  private let best: [Int: [String?]]
  private let steps: [SolutionStep]
  private let numbers: NumberStyle

  /// Sets solutions side by side.
  ///
  /// - Parameters:
  ///   - file: The solutions of a run.
  ///   - best: For each number of segments the product that fits each best.
  ///   - numbers: How numbers are written.
  public init(
    _ file: SolutionsFile, best: [Int: [String?]] = [:], numbers: NumberStyle = .english
  ) {
    self.file = file
    self.numbers = numbers
    self.best = best
    steps =
      file.solutions.first { $0.segments == file.byRule }?.model.result.acrossSolutions
      ?? []
  }

  /// The segments of one solution, largest first.
  public func rows(_ solution: SolutionsFile.Solution) -> [Row] {
    let step = steps.first { $0.toSegments == solution.segments }
    let before = step.flatMap { file.solution($0.fromSegments) }
    return solution.model.result.segments.enumerated().map { place, segment in
      Row(
        id: segment.id, name: segment.name, share: segment.share,
        respondents: segment.respondents,
        traits: solution.traits.indices.contains(place) ? solution.traits[place] : [],
        origin: step.flatMap { origin(place, $0, before) },
        product: best[solution.segments]?[place])
    }
  }

  /// The segment before from which at least half of the members of a segment come.
  private func origin(
    _ place: Int, _ step: SolutionStep, _ before: SolutionsFile.Solution?
  ) -> String? {
    guard step.fromSegments > 1, step.toShares.indices.contains(place), step.toShares[place] > 0
    else { return nil }
    let parts = step.flows.enumerated().compactMap { from, row in
      row[place].map { (from, $0 / step.toShares[place]) }
    }
    guard let most = parts.max(by: { $0.1 < $1.1 }), most.1 >= 0.5,
      let known = before?.model.result.segments, known.indices.contains(most.0)
    else { return nil }
    let share = min(100, Int((100 * most.1).rounded()))
    return "\(share)% from \(known[most.0].name) of \(step.fromSegments) segments"
  }

  /// What tells the numbers themselves apart: criterion, agreement, smallest segment.
  func facts(_ solution: SolutionsFile.Solution, hasCriterion: Bool = true) -> String {
    let selection = solution.model.result.selection.first { $0.segments == solution.segments }
    var facts: [String] = []
    if hasCriterion, let bic = solution.model.result.bic {
      facts.append("BIC \(numbers.number(bic))")
    }
    if let stability = selection?.stability ?? solution.model.result.stability?.median {
      facts.append("agreement of resamples \(numbers.number(stability, decimals: 2))")
    }
    if let least = solution.model.result.segments.map(\.respondents).min() {
      facts.append(
        least > 0
          ? "smallest segment \(numbers.number(least)) people"
          : "a segment of too few people to be shown")
    }
    return facts.joined(separator: ", ")
  }

  /// The solutions as lines of text.
  ///
  /// - Parameter solutions: Those to show.
  /// - Returns: A heading and a line for each segment.
  public func lines(_ solutions: [SolutionsFile.Solution]) -> [String] {
    var lines = [summary]
    for solution in solutions {
      let mark =
        solution.segments != file.chosen
        ? ""
        : file.isTakenByPerson
          ? " (taken by a person)" : file.solutions.count > 1 ? " (chosen by the rule)" : ""
      lines += [
        "",
        "\(solution.segments) \(solution.segments == 1 ? "segment" : "segments")\(mark): "
          + facts(solution),
      ]
      for row in rows(solution) {
        var parts = ["\(numbers.percent(row.share)) \(row.name)"]
        if !row.traits.isEmpty { parts.append(row.traits.joined(separator: ", ")) }
        if let origin = row.origin { parts.append(origin) }
        if let product = row.product, !product.isEmpty { parts.append("best fit: \(product)") }
        lines.append("  \(row.id)  " + parts.joined(separator: "; "))
      }
    }
    return lines
  }

  /// What was taken and by whom.
  private var summary: String {
    guard file.solutions.count > 1 else {
      return
        "\(file.chosen) \(file.chosen == 1 ? "segment" : "segments"), as the study asks; no other "
        + "number was tried."
    }
    let tried = "\(file.solutions.first?.segments ?? 0) to \(file.solutions.last?.segments ?? 0)"
    return file.isTakenByPerson
      ? "\(file.chosen) segments, chosen by a person; the rule chooses \(file.byRule). Tried: \(tried)."
      : "\(file.chosen) segments, chosen by the rule. Tried: \(tried). For another number run "
        + "again with --take and the number."
  }

  /// The same for programs.
  public var json: JSONValue {
    [
      "schema": "tessera.solution-board/1", "chosen": file.chosen, "by_rule": file.byRule,
      "solutions": JSONValue.list(file.solutions) { solution in
        [
          "count": solution.segments, "bic": solution.model.result.bic,
          "segments": JSONValue.list(rows(solution)) { row in
            [
              "id": row.id, "name": row.name, "share": row.share, "respondents": row.respondents,
              "traits": row.traits, "origin": row.origin, "best_product": row.product,
            ]
          },
        ]
      },
    ]
  }
}

extension StudyReport {
  /// The number of segments taken beside its neighbours; empty where only one is known.
  func neighbourBlocks() -> [Block] {
    guard let file = results.solutions, file.neighbours.count > 1 else { return [] }
    let board = SolutionBoard(file, numbers: numbers)
    let rows = file.neighbours.flatMap { solution in
      board.rows(solution).map { row -> [ReportTable.Cell] in
        [
          .init(RichText("\(solution.segments)"), value: Double(solution.segments), isHeader: true),
          .init(RichText(row.name)),
          .percent(row.share, numbers),
          .init(RichText(row.traits.joined(separator: ", "))), .init(RichText(row.origin ?? "")),
        ]
      }
    }
    return [
      .table(
        ReportTable(
          id: "solutions", caption: "The number of segments and its neighbours",
          columns: [
            .init("Number", isNumeric: true), .init("Segment"), .init("Share", isNumeric: true),
            .init("What sets it apart"), .init("Where its members come from"),
          ], rows: rows,
          notes: [
            "For another number run again with --take and the number: nothing is searched anew."
          ]))
    ]
  }
}
