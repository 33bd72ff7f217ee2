/// Names with `*` for any letters and `?` for one.
package enum NamePattern {
  /// Whether a name fits a pattern as a whole.
  ///
  /// - Complexity: O(pattern × name) at worst.
  package static func matches(_ pattern: String, _ name: String) -> Bool {
    let signs = Array(pattern.unicodeScalars)
    let letters = Array(name.unicodeScalars)
    var sign = 0
    var letter = 0
    var star: (sign: Int, letter: Int)?
    while letter < letters.count {
      if sign < signs.count, signs[sign] == "*" {
        star = (sign, letter)
        sign += 1
      } else if sign < signs.count, signs[sign] == "?" || signs[sign] == letters[letter] {
        sign += 1
        letter += 1
      } else if let (starSign, starLetter) = star {
        star = (starSign, starLetter + 1)
        sign = starSign + 1
        letter = starLetter + 1
      } else {
        return false
      }
    }
    return signs[sign...].allSatisfy { $0 == "*" }
  }
}
