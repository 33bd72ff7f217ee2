package import TesseraMath
package import TesseraSurvey

/// Draws the weights of bootstrap replicates.
///
/// From each stratum n_h − 1 of its n_h units are drawn with replacement; a respondent's weight is
/// multiplied by n_h/(n_h − 1) times how often its unit was drawn. With frequencies a row is as many
/// units as it counts, so that rows and repeated rows resample alike. Where a share f of a stratum's
/// units was drawn, multipliers are brought nearer to 1 by √(1 − f). The only unit of a stratum that
/// is not joined counts twice or not at all with equal chances (`adjust`), or always (`certainty`).
///
/// - Reference: Rao & Wu (1988), *JASA* 83(401), 231–241; Rao, Wu & Yue (1992), *Survey
///   Methodology* 18(2), 209–217.
package struct ReplicateWeights: Sendable {
  private let design: SurveyDesign
  private let units: SamplingUnits
  /// For each stratum its units.
  private let members: [[Int]]
  /// For each stratum the chances of its units; `nil` if all are alike.
  private let tables: [AliasTable?]

  package init(_ design: SurveyDesign) {
    let units = SamplingUnits(design)
    var members = [[Int]](repeating: [], count: units.sizes.count)
    for (unit, stratum) in units.stratumOfUnit.enumerated() { members[stratum].append(unit) }
    let isFrequency = design.kind == .frequency && design.clusters.isEmpty
    self.design = design
    self.units = units
    self.members = members
    tables = members.map { drawable in
      isFrequency ? AliasTable(drawable.map { units.copies[$0] }) : nil
    }
  }

  /// Whether there is anything to draw from.
  package var canDraw: Bool { units.hasVariance }

  /// Draws the weights of one replicate.
  ///
  /// - Parameter stream: Where the randomness comes from.
  /// - Returns: One weight for each respondent, 0 or more; made to fit the known totals anew, where
  ///   the design has any.
  /// - Complexity: O(respondents).
  package func draw(_ stream: inout RandomStream) -> [Double] {
    var counts = [Double](repeating: 0, count: units.stratumOfUnit.count)
    for (stratum, drawable) in members.enumerated() {
      let size = units.sizes[stratum]
      if size < 2, units.lonely != .join {
        let count = units.lonely == .certainty ? 1 : 2 * stream.below(2)
        for unit in drawable { counts[unit] = Double(count) }
        continue
      }
      let draws = max(1, Int(size.rounded()) - 1)
      let factor = size / Double(draws)
      if let table = tables[stratum] {
        for _ in 0..<draws { counts[drawable[table.draw(&stream)]] += factor }
      } else {
        for _ in 0..<draws { counts[drawable[stream.below(drawable.count)]] += factor }
      }
    }
    for (unit, stratum) in units.stratumOfUnit.enumerated() where units.fractions[stratum] > 0 {
      let (copies, root) = (units.copies[unit], (1 - units.fractions[stratum]).squareRoot())
      counts[unit] = copies + root * (counts[unit] - copies)
    }
    // A frequency is in the draw already; any other weight multiplies it.
    let given = design.margins?.base ?? design.weights
    let drawn = given.indices.map { respondent in
      let unit = units.unitOfRow[respondent]
      return unit < 0 ? 0 : counts[unit] * given[respondent] / units.copies[unit]
    }
    return design.margins.map { Raking($0).weights(drawn, passes: 100).weights } ?? drawn
  }
}
