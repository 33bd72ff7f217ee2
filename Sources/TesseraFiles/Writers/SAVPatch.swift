/// Adds to an SPSS system file the records that ReadStat does not write: multiple-response sets.
///
/// A record of type 7, subtype 7, is put before the record that ends the dictionary; in a .zsav the
/// places of the compressed blocks move by its length. After the description of the format in the
/// PSPP developers' guide.
struct SAVPatch {
  /// A set, with the names that its members have in the file.
  struct Declared {
    let name: String
    let label: String
    /// The value that says "chosen"; `nil` if members hold categories.
    let counted: String?
    let members: [String]
  }

  let file: String

  /// Adds sets to a file.
  func add(_ sets: [Declared], to bytes: inout [UInt8]) throws(OutputError) {
    let owner = FileBytes.copying(bytes)
    let dictionary = withExtendedLifetime(owner) { SAVDictionary(owner.view) }
    guard let dictionary, let end = dictionary.dataStart else {
      throw .cannotHold(file: file, detail: "the dictionary that was written has no end")
    }
    var short: [String: String] = [:]
    for (name, long) in dictionary.longNames { short[long.uppercased()] = name }
    var names = ColumnNames(.spss)
    var text: [UInt8] = []
    for set in sets {
      let members = set.members.map { short[$0.uppercased()] ?? $0.uppercased() }
      text.append(contentsOf: line(set, names.take(set.name).cutTo(bytes: 63), members))
    }
    var record: [UInt8] = []
    for number in [7, 7, 1, text.count] { record += Self.little(UInt64(number), 4) }
    record += text
    bytes.insert(contentsOf: record, at: end - 8)
    if dictionary.compression == 2 { shift(&bytes, end + record.count, record.count) }
  }

  private func line(_ set: Declared, _ name: String, _ members: [String]) -> [UInt8] {
    let label = String(set.label.map { $0.isNewline ? " " : $0 }).cutTo(bytes: 255)
    let kind = set.counted.map { "D\($0.utf8.count) \($0)" } ?? "C"
    return Array(
      "$\(name)=\(kind) \(label.utf8.count) \(label) \(members.joined(separator: " "))\n".utf8)
  }

  /// Moves the places named in the header and the trailer of compressed data.
  private func shift(_ bytes: inout [UInt8], _ start: Int, _ distance: Int) {
    func word(_ place: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    func add(_ place: Int) {
      guard place + 8 <= bytes.count else { return }
      let moved = word(place) &+ UInt64(distance)
      bytes.replaceSubrange(place..<place + 8, with: Self.little(moved, 8))
    }
    guard start + 24 <= bytes.count else { return }
    add(start)
    add(start + 8)
    let trailer = Int(truncatingIfNeeded: word(start + 8))
    guard trailer > 0, trailer + 24 <= bytes.count else { return }
    let blocks = (0..<4).reduce(0) { $0 | Int(bytes[trailer + 20 + $1]) << (8 * $1) }
    for block in 0..<blocks {
      add(trailer + 24 + block * 24)
      add(trailer + 32 + block * 24)
    }
  }

  private static func little(_ number: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }
}
