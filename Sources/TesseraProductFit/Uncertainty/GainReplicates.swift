import TesseraMath
import TesseraStudy

/// What a change to a product gains in every replicate: edited and present fit of the same people,
/// drawn and segmented alike.
struct GainReplicates: Sendable {
  /// Over everybody.
  let population: [Double]
  /// By segment; NaN where the segment was empty.
  let bySegment: [[Double]]
}

/// A change to a product, and every respondent's fit after it.
struct EditedFit: Sendable {
  let edit: FitEdit
  let fit: [Double]
}

extension FitAnalysis {
  /// What changes bring, with intervals that carry the segmentation where there are replicates.
  ///
  /// - Parameter edits: The changes.
  /// - Returns: One result for each of them.
  /// - Complexity: O(replicates × respondents × (items + changes) × segments).
  func improvements(_ edits: [EditedFit]) -> [Improvement] {
    let drawn = gains(edits)
    return settings.workers.map(edits.count) { number in
      improvement(
        edits[number].edit, fit: edits[number].fit, population: drawn?[number].population ?? [],
        bySegment: drawn?[number].bySegment ?? [])
    }
  }

  /// The gains of changes in every replicate; `nil` without replicates.
  private func gains(_ edits: [EditedFit]) -> [GainReplicates]? {
    guard bootstrap.replicates.count > 0, !edits.isEmpty else { return nil }
    let count = model.respondents.count
    var columns = Matrix(rows: edits.count + 1, columns: count)
    for respondent in 0..<count where model.respondents.isUsable[respondent] {
      columns[0, respondent] = 1
      for (number, one) in edits.enumerated() {
        columns[number + 1, respondent] =
          one.fit[respondent] - scores.fit[one.edit.product, respondent]
      }
    }
    let sums = bootstrap.sums(columns).map(\.sums)
    return edits.indices.map { number in
      GainReplicates(
        population: sums.map { one in
          var (gain, base) = (0.0, 0.0)
          for segment in 0..<one.columns {
            gain += one[number + 1, segment]
            base += one[0, segment]
          }
          return gain / base
        },
        bySegment: (0..<segments).map { segment in
          sums.map { $0[number + 1, segment] / $0[0, segment] }
        })
    }
  }
}
