import TesseraStudy

extension SegmentModel {
  /// Whether its segments were given, so that there is nobody to type.
  var isGiven: Bool {
    if case .given = parameters { true } else { false }
  }
}
