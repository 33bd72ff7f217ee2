internal import TesseraSurvey

/// Ratings, agreements or frequencies on one scale, asked side by side: what most segmentations are
/// made from.
struct Battery {
  /// What its answers are about, by their words.
  enum Kind: String {
    case attitude = "agreement"
    case importance
    case rating
    case usage = "how often"
    case satisfaction
    case ranking = "ranks, each given once"
    case unordered = "answers of one kind whose order no word tells"

    /// Which kind comes first where several compete.
    var rank: Int {
      switch self {
      case .attitude, .importance: 5
      case .rating: 4
      case .usage, .satisfaction: 3
      case .unordered, .ranking: 2
      }
    }
  }

  let kind: Kind
  let members: [ColumnFacts]
  /// What the wordings have in common, or what the names begin with.
  let name: String
  /// From which to which answer the scale goes, as a reader sees it.
  let scale: String

  /// How well it serves to make segments.
  var merit: Double {
    let missing = members.map(\.missingShare).reduce(0, +) / Double(max(1, members.count))
    return Double(kind.rank * 10 + min(members.count, 15)) - 30 * missing
  }

  /// What it is, in a few words.
  var told: String {
    let about = name.isEmpty ? "" : " \"\(name)\""
    return "\(members.count) items\(about), \(kind.rawValue)\(scale.isEmpty ? "" : ", \(scale)")"
  }
}
