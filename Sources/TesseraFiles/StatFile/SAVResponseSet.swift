/// A multiple-response set as an SPSS system file declares it, with short names.
///
/// After the description of the format in the PSPP developers' guide.
struct SAVResponseSet: Equatable {
  var name: String
  var label: String
  /// The value that says "chosen"; `nil` if members hold categories.
  var counted: String?
  var members: [String]
  /// Whether the label of the counted value names each answer, rather than the members' labels.
  var takesCountedLabels = false
  /// Whether the set's label is that of its first member.
  var isLabelledByFirst = false

  /// Reads one declaration: `$name=D1 1 8 Channels a b`, `$name=C 8 Channels a b`, or
  /// `$name=E 1 1 1 8 Channels a b`, where 11 in place of the first 1 says that the first member's
  /// label is the set's; lengths count bytes in the file's encoding.
  static func parse(_ line: [UInt8], _ text: SAVText) -> SAVResponseSet? {
    guard let mark = line.firstIndex(of: UInt8(ascii: "=")), mark + 1 < line.count else {
      return nil
    }
    var place = mark + 1
    func skipSpace() { while place < line.count, line[place] == 0x20 { place += 1 } }
    func number() -> Int? {
      var value: Int?
      while place < line.count, line[place] >= 0x30, line[place] <= 0x39 {
        value = (value ?? 0) * 10 + Int(line[place] - 0x30)
        guard value ?? 0 <= line.count else { return nil }
        place += 1
      }
      return value
    }
    func counted() -> String? {
      guard let length = number(), place < line.count else { return nil }
      place += 1
      guard place + length <= line.count else { return nil }
      defer { place += length }
      return text.decode(line[place..<place + length])
    }
    let kind = line[place]
    place += 1
    var value: String?
    var style = 0
    switch kind {
    case UInt8(ascii: "C"): skipSpace()
    case UInt8(ascii: "D"):
      guard let found = counted() else { return nil }
      value = found.trimmingSpaces
      skipSpace()
    case UInt8(ascii: "E"):
      skipSpace()
      guard let found = number() else { return nil }
      style = found
      skipSpace()
      guard let found = counted() else { return nil }
      value = found.trimmingSpaces
      skipSpace()
    default: return nil
    }
    guard let label = counted() else { return nil }
    let members = line[min(place, line.count)...].split(separator: 0x20)
      .map { text.decode($0).trimmingSpaces }.filter { !$0.isEmpty }
    let name = text.decode(line[..<mark]).trimmingSpaces
    guard members.count >= 1 else { return nil }
    return SAVResponseSet(
      name: name.hasPrefix("$") ? String(name.dropFirst()) : name, label: label.trimmingSpaces,
      counted: value, members: members, takesCountedLabels: kind == UInt8(ascii: "E"),
      isLabelledByFirst: style == 11)
  }
}

extension String {
  /// The text without spaces and line ends around it.
  var trimmingSpaces: String {
    var text = Substring(self)
    while let last = text.last, last == " " || last == "\r" || last == "\0" { text.removeLast() }
    while let first = text.first, first == " " { text.removeFirst() }
    return String(text)
  }
}
