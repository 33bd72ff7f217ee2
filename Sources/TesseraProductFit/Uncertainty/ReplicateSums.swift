import TesseraMath
import TesseraStudy

/// The replicates of everything that gets an interval, kept as sums over segments.
struct ReplicateSums: Sendable {
  private let replicates: [Bootstrap.Replicate]
  private let bootstrap: Bootstrap
  private let products: Int
  private let edits: Int
  private let needs: Int
  /// For each need the rows of importance, its base, satisfaction, its base.
  private let needRows: [NeedRows]

  private struct NeedRows: Sendable {
    let importance: Int
    let importanceBase: Int
    let satisfaction: Int
    let satisfactionBase: Int
  }

  /// Draws the replicates.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - bootstrap: The replicates of its respondents.
  ///   - products: Products × respondents, fit.
  ///   - edits: Edited products × respondents, fit.
  init(
    model: FitModel, bootstrap: Bootstrap, products: Matrix, edits: Matrix
  ) {
    let count = model.respondents.count
    self.products = products.rows
    self.edits = edits.rows
    needs = model.needs.count
    var values = model.respondents.isUsable.map { $0 ? 1.0 : 0 }
    var rows = 1
    func append(_ row: [Double]) -> Int {
      values += row
      rows += 1
      return rows - 1
    }
    values += products.values + edits.values
    rows += products.rows + edits.rows
    let everybody = append([Double](repeating: 1, count: count))
    func base(_ column: [Double]) -> Int {
      column.contains(where: \.isNaN) ? append(column.map { $0.isNaN ? 0 : 1 }) : everybody
    }
    var needRows: [NeedRows] = []
    for need in model.needs.indices {
      let important = model.respondents.topImportance.column(need)
      let importance = append(important.map { $0.isNaN ? 0 : $0 })
      let importanceBase = base(important)
      guard model.needs[need].isSatisfactionAsked else {
        needRows.append(
          NeedRows(
            importance: importance, importanceBase: importanceBase, satisfaction: importance,
            satisfactionBase: importanceBase))
        continue
      }
      let satisfied = model.respondents.topSatisfaction.column(need)
      let satisfaction = append(satisfied.map { $0.isNaN ? 0 : $0 })
      needRows.append(
        NeedRows(
          importance: importance, importanceBase: importanceBase, satisfaction: satisfaction,
          satisfactionBase: base(satisfied)))
    }
    self.needRows = needRows
    self.bootstrap = bootstrap
    replicates = bootstrap.sums(Matrix(rows: rows, columns: count, values: values))
  }

  /// None at all, where nothing is told with an interval.
  init(without bootstrap: Bootstrap) {
    (self.bootstrap, replicates, needRows) = (bootstrap, [], [])
    (products, edits, needs) = (0, 0, 0)
  }

  /// Number of replicates.
  var count: Int { replicates.count }

  /// How often fresh starts were tried, and how often they won.
  var freshStarts: (tried: Int, won: Int) { bootstrap.replicates.freshStarts }

  /// The fit of a product in a segment in every replicate; NaN where the segment was empty.
  func fit(_ product: Int, _ segment: Int) -> [Double] {
    replicates.map { $0.sums[1 + product, segment] / $0.sums[0, segment] }
  }

  /// The gain of an edit of a product in a segment in every replicate.
  func gain(edit: Int, of product: Int, _ segment: Int) -> [Double] {
    replicates.map {
      ($0.sums[1 + products + edit, segment] - $0.sums[1 + product, segment])
        / $0.sums[0, segment]
    }
  }

  /// The gain of an edit over everybody in every replicate.
  func populationGain(edit: Int, of product: Int) -> [Double] {
    replicates.map { replicate in
      var (gain, base) = (0.0, 0.0)
      for segment in 0..<replicate.sums.columns {
        gain +=
          replicate.sums[1 + products + edit, segment] - replicate.sums[1 + product, segment]
        base += replicate.sums[0, segment]
      }
      return gain / base
    }
  }

  /// The opportunity score of a need in a segment in every replicate.
  func opportunity(_ need: Int, _ segment: Int, isSatisfactionAsked: Bool) -> [Double] {
    let rows = needRows[need]
    return replicates.map { replicate in
      let sums = replicate.sums
      return Opportunity.score(
        importance: sums[rows.importance, segment] / sums[rows.importanceBase, segment],
        satisfaction: isSatisfactionAsked
          ? sums[rows.satisfaction, segment] / sums[rows.satisfactionBase, segment] : nil)
    }
  }
}

extension Opportunity {
  /// Ulwick's opportunity score from shares, 0 to 20.
  ///
  /// - Parameters:
  ///   - importance: Share of top-two-box importance, 0 to 1.
  ///   - satisfaction: Share of top-two-box satisfaction, 0 to 1; `nil` if not asked, which adds
  ///     nothing to importance.
  /// - Returns: 10 × (importance + max(importance − satisfaction, 0)).
  /// - Reference: Ulwick (2005), *What Customers Want*, McGraw-Hill.
  public static func score(importance: Double, satisfaction: Double?) -> Double {
    10 * (importance + (satisfaction.map { max(importance - $0, 0) } ?? 0))
  }
}
