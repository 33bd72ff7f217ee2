/// How much each feature does for each need: the House of Quality's relationship matrix.
public struct RelationTable: Sendable, Equatable {
  /// The needs, in the order the study declares them.
  public let needs: [String]
  /// The features, in the order the study declares them.
  public let features: [String]
  /// Needs × features: 9 strong, 3 medium, 1 weak, 0 none; negative where the feature harms.
  public let strength: [[Double]]
  /// The table's file, or the study's for an inline table.
  public let file: String

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - needs: One for each row.
  ///   - features: One for each column.
  ///   - strength: Needs × features.
  ///   - file: Where the table stands.
  public init(needs: [String], features: [String], strength: [[Double]], file: String = "") {
    precondition(strength.count == needs.count)
    precondition(strength.allSatisfy { $0.count == features.count })
    self.needs = needs
    self.features = features
    self.strength = strength
    self.file = file
  }
}
