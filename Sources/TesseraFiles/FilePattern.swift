internal import Glibc

/// Finds the files that a pattern with `*`, `?` and `[...]` means.
package enum FilePattern {
  /// The files that are meant, each pattern's in the order of their names.
  ///
  /// A name that exists as it stands is taken as it stands, whatever signs it has.
  package static func expand(_ patterns: [String]) throws(SurveyFileError) -> [String] {
    var files: [String] = []
    for pattern in patterns {
      let isPattern = pattern.contains { "*?[".contains($0) }
      guard isPattern, unsafe access(pattern, F_OK) != 0 else {
        files.append(pattern)
        continue
      }
      var found = unsafe glob_t()
      defer { unsafe globfree(&found) }
      guard unsafe glob(pattern, 0, nil, &found) == 0, unsafe found.gl_pathc > 0 else {
        throw .noMatch(pattern: pattern)
      }
      for place in unsafe 0..<Int(found.gl_pathc) {
        if let path = unsafe found.gl_pathv[place] { files.append(unsafe String(cString: path)) }
      }
    }
    return files
  }
}
