/// How respondents belong to the columns of a banner, by one way of estimating segments.
///
/// Entries of a row stand behind each other, so that a question is counted in one pass.
struct BannerMembers: Sendable {
  /// Number of columns, Total included.
  let columns: Int
  /// Where the entries of a row begin, one more than rows.
  let starts: [Int]
  /// The column of an entry.
  let places: [Int]
  /// Weight times membership of an entry.
  let masses: [Double]
  /// Where the pairs of a row begin.
  let pairStarts: [Int]
  /// First column times ``columns`` plus second, first not behind second.
  let pairs: [Int]
  /// What a row adds to the covariance of two columns' scores, before the answers.
  let products: [Double]

  /// Lays out memberships.
  ///
  /// - Parameters:
  ///   - memberships: For each column everybody's membership; the first is Total.
  ///   - groups: Columns that are compared with each other.
  ///   - design: Weights and what was drawn.
  /// - Complexity: O(rows · columns of a group²).
  init(_ memberships: [[Double]], groups: [Range<Int>], design: TableDesign) {
    let rows = design.weights.count
    columns = memberships.count
    var starts = [0]
    var places: [Int] = []
    var masses: [Double] = []
    var pairStarts = [0]
    var pairs: [Int] = []
    var products: [Double] = []
    starts.reserveCapacity(rows + 1)
    for row in 0..<rows {
      let weight = design.weights[row]
      let scale = design.productScale(row)
      for group in groups {
        let first = places.count
        for column in group where memberships[column][row] != 0 {
          places.append(column)
          masses.append(weight * memberships[column][row])
        }
        guard scale > 0 else { continue }
        for one in first..<places.count {
          // With Total, with itself and with the later ones of its group.
          if places[one] != 0 {
            pairs.append(places[one])
            products.append(scale * memberships[places[one]][row])
          }
          for other in one..<places.count {
            pairs.append(places[one] * columns + places[other])
            products.append(
              scale * memberships[places[one]][row] * memberships[places[other]][row])
          }
        }
      }
      starts.append(places.count)
      pairStarts.append(pairs.count)
    }
    self.starts = starts
    self.places = places
    self.masses = masses
    self.pairStarts = pairStarts
    self.pairs = pairs
    self.products = products
  }
}
