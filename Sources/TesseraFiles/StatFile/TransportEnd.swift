/// Where the observations of a SAS transport file begin and how they end.
///
/// The format has no number of observations: they stand one behind the other, and blanks fill the last
/// record of 80 bytes. After SAS's technical notes TS-140 and V8.
struct TransportEnd {
  private static let record = 80

  /// Where the observations begin.
  let start: Int
  /// Bytes of an observation.
  let width: Int
  private let view: ByteView

  /// Reads the headers; `nil` if they make no sense.
  init?(_ view: ByteView) {
    self.view = view
    var size: Int?
    var variables: (place: Int, count: Int)?
    var place = 0
    while place + Self.record <= view.count {
      defer { place += Self.record }
      guard let name = Self.header(view, place) else { continue }
      switch name {
      case "MEMBER", "MEMBV8": size = Self.number(view, place + 73)
      case "NAMESTR", "NAMSTV8":
        guard let count = Self.number(view, place + 53), let size else { return nil }
        variables = (place + Self.record, count)
        // Their descriptions may look like anything.
        place += (count * size + Self.record - 1) / Self.record * Self.record
      case "OBS", "OBSV8":
        guard let variables, let size, size >= 6 else { return nil }
        start = place + Self.record
        var width = 0
        for variable in 0..<variables.count {
          let length = variables.place + variable * size + 4
          guard length + 2 <= view.count else { return nil }
          width += Int(view[length]) << 8 | Int(view[length + 1])
        }
        guard width > 0 else { return nil }
        self.width = width
        return
      default: break
      }
    }
    return nil
  }

  /// What is wrong with the end of the file, if so many observations were found in it; `nil` if it ends
  /// behind a whole one.
  func fault(observations: Int) -> String? {
    guard view.count.isMultiple(of: Self.record) else {
      return "its \(view.count) bytes are no whole number of records of \(Self.record) bytes: "
        + "its end is missing"
    }
    for place in stride(from: start, to: view.count, by: Self.record) {
      if let name = Self.header(view, place), name.hasPrefix("MEMB") {
        return "a second data set begins behind byte \(place); files with one are read"
      }
    }
    let behind = start + observations * width
    guard behind <= view.count, (behind..<view.count).allSatisfy({ view[$0] == 0x20 }) else {
      return "observation \(observations + 1) is not there to its end: an observation takes "
        + "\(width) bytes"
    }
    return nil
  }

  /// Whether the last record ends with an observation, so that further ones might have stood behind it.
  func mayBeCut(observations: Int) -> Bool { start + observations * width == view.count }

  /// The name of a header record; `nil` if a record is none.
  private static func header(_ view: ByteView, _ place: Int) -> String? {
    let mark = Array("HEADER RECORD*******".utf8)
    guard place + record <= view.count, view[place] == mark[0],
      view.bytes(place..<place + mark.count) == mark
    else { return nil }
    return view.text(place + 20..<place + 28).trimmingSpaces
  }

  /// A number of five digits.
  private static func number(_ view: ByteView, _ place: Int) -> Int? {
    Int(view.text(place..<place + 5))
  }
}
