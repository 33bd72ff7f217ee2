/// What many names of a file share, and so tells nothing of a column.
enum SharedAffix {
  /// The names without the wave that most of them end with (`FORM_W84`, `SATIS_W84`), and without the
  /// path of programs for experiments (`survey.1.player.role`), or the letter of a wave that nearly all
  /// begin with (`k_sex`, `k_jbstat`).
  ///
  /// - Parameter names: All names of a file.
  /// - Returns: As many names; a name that shares nothing stays as it is.
  /// - Complexity: O(names).
  static func without(_ names: [String]) -> [String] {
    var ends: [String: Int] = [:]
    var paths: [Substring: Int] = [:]
    for name in names {
      if let end = end(name) { ends[end, default: 0] += 1 }
      if let path = path(name) { paths[path, default: 0] += 1 }
    }
    let letters = Dictionary(grouping: names.compactMap(letter), by: { $0 }).mapValues(\.count)
    let wave = letters.first { $0.value >= 10 && $0.value * 10 >= names.count * 8 }?.key
    let dotted = paths.values.reduce(0, +)
    let common = ends.filter { $0.value >= 5 && $0.value * 10 >= names.count * 4 }
    return names.map { name in
      if let wave, letter(name) == wave { return String(name.dropFirst(2)) }
      if let end = end(name), common[end] != nil { return String(name.dropLast(end.count)) }
      if dotted * 10 >= names.count * 6, let path = path(name), paths[path] ?? 0 >= 5 {
        return String(name.dropFirst(path.count + 1))
      }
      return name
    }
  }

  /// `_W84` of `FORM_W84`: a sign, letters and a number behind two letters or more.
  private static func end(_ name: String) -> String? {
    guard let mark = name.lastIndex(where: { "_.".contains($0) }),
      name.distance(from: name.startIndex, to: mark) >= 2
    else { return nil }
    let last = name[name.index(after: mark)...]
    let letters = last.prefix(while: \.isLetter)
    let digits = last.dropFirst(letters.count)
    guard (1...4).contains(letters.count), !digits.isEmpty, digits.allSatisfy(\.isNumber) else {
      return nil
    }
    return String(name[mark...])
  }

  /// `k` of `k_sex`.
  private static func letter(_ name: String) -> Character? {
    guard let first = name.first, first.isLetter, name.dropFirst().first == "_",
      name.dropFirst(2).first?.isLetter ?? false
    else { return nil }
    return first
  }

  private static func path(_ name: String) -> Substring? {
    guard !name.contains(" "), let mark = name.lastIndex(of: "."), mark > name.startIndex,
      name.index(after: mark) < name.endIndex
    else { return nil }
    return name[..<mark]
  }
}
