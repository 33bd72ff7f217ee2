public import TesseraFiles
internal import TesseraSurvey

extension SurveyDeclaration {
  /// The options with which the files are read.
  ///
  /// - Parameters:
  ///   - given: What the user says at the command; it wins over what is declared.
  ///   - origin: Where the declarations stand.
  /// - Returns: The options, with declared missing codes and levels.
  /// - Throws: ``StudyError`` (`E0414`) for a reading option that cannot be understood.
  public func readingOptions(
    over given: ReadingOptions = ReadingOptions(), origin: DeclarationOrigin = .commandLine
  ) throws(StudyError) -> ReadingOptions {
    var options = given
    let bytes: [(key: String, path: WritableKeyPath<ReadingOptions, UInt8?>)] = [
      ("delimiter", \.delimiter), ("quote", \.quote), ("escape", \.escape), ("decimal", \.decimal),
    ]
    for (key, path) in bytes {
      guard options[keyPath: path] == nil, let text = reading[key] else { continue }
      options[keyPath: path] = try Self.byte(text, key, origin)
    }
    options.encoding = options.encoding ?? reading["encoding"]
    options.sheet = options.sheet ?? reading["sheet"]
    if options.format == nil, let name = reading["format"] {
      guard let format = SurveyFormat(rawValue: name.lowercased()) else {
        let known = SurveyFormat.allCases.map(\.rawValue)
        throw origin.error(
          "E0414", "'\(DisplayText.escaped(name))' is not a format that is read",
          at: "survey.format",
          hint: NearestName.question(name, among: known)
            ?? "known: \(known.joined(separator: ", "))")
      }
      options.format = format
    }
    if let salvage = try truth("salvage", origin) { options.salvage = options.salvage || salvage }
    if options.header == nil { options.header = try truth("header", origin) }
    options.missing += missingEverywhere.map { DeclaredMissing($0.code, reason: $0.reason) }
    for declared in missingByColumn {
      options.missingInColumn[declared.column, default: []] += declared.codes.map {
        DeclaredMissing($0.code, reason: $0.reason)
      }
    }
    for declared in levels { options.levels[declared.column] = declared.level }
    return options
  }

  private func truth(_ key: String, _ origin: DeclarationOrigin) throws(StudyError) -> Bool? {
    guard let text = reading[key] else { return nil }
    if let truth = Self.truth[text.lowercased()] { return truth }
    throw origin.error(
      "E0414", "\(key) is yes or no, not '\(DisplayText.escaped(text))'", at: "survey.\(key)",
      hint: "write \(key): yes")
  }

  private static let truth = [
    "yes": true, "true": true, "on": true, "no": false, "false": false, "off": false,
  ]

  /// The byte of an option; a tabulator may be named.
  private static func byte(
    _ text: String, _ key: String, _ origin: DeclarationOrigin
  ) throws(StudyError) -> UInt8 {
    let named = ["tab": "\t", "\\t": "\t", "comma": ",", "point": ".", "semicolon": ";"]
    let bytes = Array((named[text.lowercased()] ?? text).utf8)
    let allowed = key == "decimal" ? Array(".,".utf8) : nil
    guard bytes.count == 1, bytes[0] < 0x80, allowed.map({ $0.contains(bytes[0]) }) ?? true else {
      throw origin.error(
        "E0414", "'\(DisplayText.escaped(text))' cannot be the \(key)", at: "survey.\(key)",
        hint: allowed == nil ? "write one character, or tab" : "write \".\" or \",\"")
    }
    return bytes[0]
  }
}
