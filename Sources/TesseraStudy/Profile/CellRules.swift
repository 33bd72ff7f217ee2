internal import TesseraSurvey

/// Which cells of a table of answers by segments may be shown, and how exactly.
///
/// By bases (`standard`): the column of a segment is hidden if too few of its people answered, with
/// the next smallest one if the hidden columns together hold too few, and its shares are rounded if
/// its base is small. By counts (`strict`): see ``CellSuppression``.
struct CellRules: Sendable {
  /// People that a base, or a count under `strict`, must hold; 1 or less hides nothing.
  let minimum: Double
  /// Bases below this are marked, and their shares rounded.
  let small: Double
  /// Whether counts and complements decide, not bases.
  let isStrict: Bool
  /// Whether numbers are shown at all; if not, only names are made of them.
  let isTold: Bool

  /// Shares of small bases are multiples of it.
  static let grain = 0.05

  /// The same rules, or those by counts.
  func strict(_ isStrict: Bool) -> CellRules {
    CellRules(
      minimum: minimum, small: small, isStrict: isStrict || self.isStrict, isTold: isTold)
  }

  /// Which cells are hidden.
  ///
  /// - Parameter counts: Respondents (unweighted): a row an answer, a column a segment.
  /// - Returns: Whether a cell is hidden; a last column stands for everybody.
  func hidden(_ counts: [[Double]]) -> [[Bool]] {
    if isStrict {
      return CellSuppression(minimum: minimum, isProtecting: isTold).hidden(counts)
    }
    guard let first = counts.first else { return [] }
    let bases = first.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    let columns = hiddenColumns(bases)
    return counts.map { _ in columns }
  }

  /// Which columns are hidden for want of people.
  ///
  /// - Parameter bases: Respondents (unweighted) with an answer in each segment.
  /// - Returns: Whether a column is hidden; a last element stands for everybody.
  func hiddenColumns(_ bases: [Double]) -> [Bool] {
    CellSuppression(minimum: minimum, isProtecting: isTold).hiddenMeans(bases)
  }

  /// A share as it is shown.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - base: Respondents it rests on.
  /// - Returns: Four decimals, or a multiple of 5 points on a small base, with its bounds where that
  ///   is 0 or 1.
  func shown(_ share: Double, base: Double) -> (share: Double, bounds: (Double, Double)?) {
    guard minimum > 1, isTold else { return (share, nil) }
    guard base < small else { return ((share * 10_000).rounded() / 10_000, nil) }
    let steps = (share / Self.grain).rounded()
    if steps <= 0 { return (0, (0, 2 * Self.grain)) }
    if steps >= (1 / Self.grain).rounded() { return (1, (1 - 2 * Self.grain, 1)) }
    return (steps / (1 / Self.grain).rounded(), nil)
  }
}

extension Descriptor {
  /// The question without answers that too few people of the survey gave.
  ///
  /// Rare answers are joined with each other and shown as "other answers" if together enough people
  /// gave one of them; else who gave them counts as having no answer. Members of a set that too few
  /// chose are left out.
  ///
  /// - Parameters:
  ///   - minimum: People who must have given an answer; 1 or less keeps all.
  ///   - heads: Respondents behind each row.
  /// - Returns: The question, and how many answers were left out; `nil` if no answer is left.
  func withoutRare(minimum: Double, heads: [Double]) -> (question: Descriptor?, rare: Int) {
    guard minimum > 1 else { return (self, 0) }
    switch content {
    case .numbers: return (self, 0)
    case .members(let members):
      let kept = members.filter { member in
        var chosen = 0.0
        for (row, position) in member.positions.enumerated() where position == 2 {
          chosen += heads[row]
        }
        return chosen >= minimum
      }
      let rare = members.count - kept.count
      return (kept.isEmpty ? nil : with(.members(kept)), rare)
    case .categories(let categories, let positions):
      var counts = [Double](repeating: 0, count: categories.count)
      for (row, position) in positions.enumerated() where position > 0 {
        counts[position - 1] += heads[row]
      }
      let rare = counts.indices.filter { counts[$0] < minimum }
      guard !rare.isEmpty else { return (self, 0) }
      let kept = counts.indices.filter { counts[$0] >= minimum }
      var places = [Int](repeating: 0, count: categories.count + 1)
      for (place, category) in kept.enumerated() { places[category + 1] = place + 1 }
      var answers = kept.map { categories[$0] }
      let together = rare.reduce(0) { $0 + counts[$1] }
      if together >= minimum, rare.count > 1 {
        answers.append(
          Category(code: .text("other answers"), label: "other answers, each of few people"))
        for category in rare { places[category + 1] = answers.count }
      }
      // One answer left says nothing.
      return (
        answers.count < 2
          ? nil : with(.categories(answers, positions: positions.map { places[$0] })), rare.count
      )
    }
  }

  private func with(_ content: Content) -> Descriptor {
    Descriptor(name: name, label: label, level: level, role: role, content: content)
  }
}
