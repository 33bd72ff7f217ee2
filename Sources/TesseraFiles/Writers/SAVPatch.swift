internal import TesseraSurvey

/// Adds to an SPSS system file, while it is written, the records that ReadStat does not write:
/// multiple-response sets, attributes, and labels of long texts, which it writes with wrong widths.
///
/// Records of type 7, subtypes 7, 17, 18, 19 and 21, are put before the record that ends the
/// dictionary; in a .zsav the places of the compressed blocks move by their length. After the
/// description of the format in the PSPP developers' guide.
struct SAVPatch {
  /// A set, with the names that its members have in the file.
  struct Declared {
    let name: String
    let label: String
    /// The value that says "chosen"; `nil` if members hold categories.
    let counted: String?
    let members: [String]
    let optionLabels: MultipleResponseSet.OptionLabels
  }

  /// The labels of a variable of texts beyond 8 bytes.
  struct LongLabels {
    let name: String
    let width: Int
    let labels: [(value: String, label: String)]
  }

  let file: String
  let output: AtomicOutput
  let sets: [Declared]
  /// Attributes as the file holds them, of itself and of its variables.
  let attributes: (file: String, variables: String)
  let longLabels: [LongLabels]

  /// The beginning of the file, until its dictionary is whole.
  private var head: [UInt8] = []
  /// How long the head must be before it is worth another look.
  private var look = 4096
  private var isDone = false
  /// By how much the data moved, and where they begin, in a .zsav.
  private var shift: (distance: Int, start: Int)?

  init(
    output: AtomicOutput, sets: [Declared], attributes: (file: String, variables: String),
    longLabels: [LongLabels]
  ) {
    file = output.file
    self.output = output
    self.sets = sets
    self.attributes = attributes
    self.longLabels = longLabels
    isDone =
      sets.isEmpty && attributes.file.isEmpty && attributes.variables.isEmpty && longLabels.isEmpty
  }

  /// Takes the next bytes of the file that is made.
  mutating func append(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
    if isDone {
      try output.append(bytes)
      return
    }
    head.append(contentsOf: bytes)
    if head.count >= look, try addRecords() { return }
    look = max(look, head.count * 2)
  }

  /// Ends the file.
  mutating func finish() throws(OutputError) {
    if !isDone, try !addRecords() {
      throw .cannotHold(file: file, detail: "the dictionary that was written has no end")
    }
    if let shift { try moveBlocks(shift.start, shift.distance) }
  }

  /// Puts the records into the dictionary if it is whole; false if it is not.
  private mutating func addRecords() throws(OutputError) -> Bool {
    let owner = FileBytes.copying(head)
    let dictionary = withExtendedLifetime(owner) { SAVDictionary(owner.view, encoding: "UTF-8") }
    guard let dictionary, let end = dictionary.dataStart else { return false }
    let isPacked = dictionary.compression == 2
    guard !isPacked || head.count >= end + 24 else { return false }
    let records = records(dictionary)
    try output.append(head[..<(end - 8)])
    try output.append(records)
    if isPacked {
      var places = Array(head[end..<end + 24])
      for place in [0, 8] { Self.move(&places, place, records.count) }
      try output.append(head[(end - 8)..<end])
      try output.append(places)
      try output.append(head[(end + 24)...])
      shift = (records.count, end + records.count)
    } else {
      try output.append(head[(end - 8)...])
    }
    head = []
    isDone = true
    return true
  }

  private func records(_ dictionary: SAVDictionary) -> [UInt8] {
    var short: [String: String] = [:]
    for (name, long) in dictionary.longNames { short[long.uppercased()] = name }
    var names = ColumnNames(.spss)
    var plain = ""
    var extended = ""
    for set in sets {
      let members = set.members.map { short[$0.uppercased()] ?? $0.uppercased() }
      let name = names.take(set.name).cutTo(bytes: 63)
      if set.optionLabels == .wordings {
        plain += line(set, name, members)
      } else {
        extended += line(set, name, members)
      }
    }
    return Self.record(7, plain) + Self.record(17, attributes.file)
      + Self.record(18, attributes.variables) + Self.record(19, extended)
      + Self.record(21, longLabels.flatMap(Self.bytes))
  }

  /// Name, width, and each value, padded to the width, with its label; lengths before them.
  private static func bytes(_ long: LongLabels) -> [UInt8] {
    func counted(_ bytes: [UInt8]) -> [UInt8] { little(UInt64(bytes.count), 4) + bytes }
    var bytes = counted(Array(long.name.utf8))
    bytes += little(UInt64(long.width), 4) + little(UInt64(long.labels.count), 4)
    for (value, label) in long.labels {
      let text = Array(value.utf8.prefix(long.width))
      bytes += counted(text + [UInt8](repeating: 0x20, count: long.width - text.count))
      bytes += counted(Array(label.utf8))
    }
    return bytes
  }

  private static func record(_ subtype: UInt64, _ text: String) -> [UInt8] {
    record(subtype, Array(text.utf8))
  }

  private static func record(_ subtype: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return [] }
    return [7, subtype, 1, UInt64(bytes.count)].flatMap { little($0, 4) } + bytes
  }

  private func line(_ set: Declared, _ name: String, _ members: [String]) -> String {
    var label = String(set.label.map { $0.isNewline ? " " : $0 }).cutTo(bytes: 255)
    var kind = set.counted.map { "D\($0.utf8.count) \($0)" } ?? "C"
    if case .chosenCodes(let isWordedByFirst) = set.optionLabels, let counted = set.counted {
      kind = "E \(isWordedByFirst ? 11 : 1) \(counted.utf8.count) \(counted)"
      if isWordedByFirst { label = "" }
    }
    return "$\(name)=\(kind) \(label.utf8.count) \(label) \(members.joined(separator: " "))\n"
  }

  /// Moves the places named in the trailer of compressed data.
  private func moveBlocks(_ start: Int, _ distance: Int) throws(OutputError) {
    let trailer = Int(truncatingIfNeeded: Self.word(output.read(start..<start + 24), 8))
    var bytes = output.read(trailer..<trailer + 24)
    guard trailer > start, bytes.count == 24 else {
      throw .cannotHold(file: file, detail: "the compressed file that was written has no end")
    }
    let blocks = (0..<4).reduce(0) { $0 | Int(bytes[20 + $1]) << (8 * $1) }
    bytes = output.read(trailer + 24..<trailer + 24 + blocks * 24)
    for block in 0..<bytes.count / 24 {
      Self.move(&bytes, block * 24, distance)
      Self.move(&bytes, block * 24 + 8, distance)
    }
    try output.replace(at: trailer + 24, with: bytes)
  }

  private static func word(_ bytes: [UInt8], _ place: Int) -> UInt64 {
    guard place + 8 <= bytes.count else { return 0 }
    return (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
  }

  private static func move(_ bytes: inout [UInt8], _ place: Int, _ distance: Int) {
    let moved = word(bytes, place) &+ UInt64(distance)
    bytes.replaceSubrange(place..<place + 8, with: little(moved, 8))
  }

  private static func little(_ number: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }
}
