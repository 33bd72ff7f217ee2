import TesseraMath
import TesseraSegmentation

extension NearestPoints {
  /// The points with shares of answers in steps that as many people make as a cell must hold.
  ///
  /// A centroid's coordinate of a 0/1 column is a share, and times the size of the segment a count. Means of
  /// numbers and of ordered answers stay as they are.
  ///
  /// - Parameters:
  ///   - items: The indicators' answers.
  ///   - labels: The segment of each respondent.
  ///   - heads: Respondents behind each row.
  ///   - minimum: People whom a cell must hold.
  ///   - isStrict: Whether counts of a question are to be hidden, by its position.
  /// - Returns: The points; `nil` if none was rounded.
  func withRoundedShares(
    _ items: [Item], labels: [Int], heads: [Double], minimum: Double,
    isStrict: (_ item: Int) -> Bool
  ) -> NearestPoints? {
    guard measure == .squares else { return nil }
    var rounded = points
    var isChanged = false
    for (place, column) in encoding.columns.enumerated()
    where column.category != nil && column.scale > 0 && isStrict(column.indicator) {
      let steps = CountSteps.of(
        items[column.indicator], labels: labels, heads: heads, segments: points.rows,
        minimum: minimum)
      for (segment, step) in steps.enumerated() where !points[segment, place].isNaN {
        let share = points[segment, place] / column.scale + column.center
        rounded[segment, place] = ((share / step).rounded() * step - column.center) * column.scale
        isChanged = true
      }
    }
    guard isChanged else { return nil }
    return NearestPoints(encoding: encoding, points: rounded, measure: measure, needed: needed)
  }
}
