/// Names with `*` for any letters and `?` for one.
package enum NamePattern {
  /// Whether a name fits a pattern as a whole.
  ///
  /// - Complexity: O(pattern × name) at worst.
  package static func matches(_ pattern: String, _ name: String) -> Bool {
    let (signs, letters) = (pattern.utf8Span.span, name.utf8Span.span)
    let (any, one) = (UInt8(ascii: "*"), UInt8(ascii: "?"))
    /// The next letter, past the bytes that go on with this one.
    func next(_ letter: Int) -> Int {
      var letter = letter + 1
      while letter < letters.count, letters[letter] & 0xC0 == 0x80 { letter += 1 }
      return letter
    }
    var sign = 0
    var letter = 0
    var star: (sign: Int, letter: Int)?
    while letter < letters.count {
      if sign < signs.count, signs[sign] == any {
        star = (sign, letter)
        sign += 1
      } else if sign < signs.count, signs[sign] == one {
        sign += 1
        letter = next(letter)
      } else if sign < signs.count, signs[sign] == letters[letter] {
        sign += 1
        letter += 1
      } else if let (starSign, starLetter) = star {
        star = (starSign, next(starLetter))
        sign = starSign + 1
        letter = next(starLetter)
      } else {
        return false
      }
    }
    while sign < signs.count, signs[sign] == any { sign += 1 }
    return sign == signs.count
  }
}
