internal import TesseraSurvey

extension StatPlan {
  /// Gives each reason a letter, `.a` to `.z`.
  mutating func planStataMissing() {
    var letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    // Letters that the file itself has keep their place.
    for reason in variable.reasons {
      if let letter = Self.letter(reason.code) { letters.removeAll { $0 == letter } }
    }
    for reason in variable.reasons {
      let own = Self.letter(reason.code)
      guard reason.code != nil, own != nil || !letters.isEmpty else {
        reasonBits.append(Double.nan.bitPattern)
        continue
      }
      let letter = own ?? letters.removeFirst()
      reasonBits.append(0x7FF8_0000_0000_0000 | UInt64(letter))
      let name = "." + String(UnicodeScalar(letter))
      if own == nil {
        losses.add(
          "codes declared missing stand as letters (\(reason.code?.text ?? "") as \(name))",
          variable.name)
      }
      if reason.label != name { labels.append((.text(name), reason.label)) }
    }
    for other in variable.otherLabels {
      if let letter = Self.letter(other.code),
        !variable.reasons.contains(where: { $0.code == other.code })
      {
        labels.append((.text("." + String(UnicodeScalar(letter))), other.label))
      }
    }
    let unused = variable.missingRules.contains { rule in
      !variable.reasons.contains { $0.code.map { rule.covers($0) } ?? false }
    }
    if unused { losses.add("which further codes are declared missing", variable.name) }
  }

  /// The letter of `.a` to `.z`.
  private static func letter(_ code: AnswerCode?) -> UInt8? {
    guard case .text(let text) = code else { return nil }
    let bytes = Array(text.utf8)
    guard bytes.count == 2, bytes[0] == UInt8(ascii: "."), (0x61...0x7A).contains(bytes[1]) else {
      return nil
    }
    return bytes[1]
  }
}
