public import TesseraSurvey

/// How a survey is written.
public struct WritingOptions: Sendable, Equatable {
  /// Whether answers stand as their labels, where the format has to choose.
  public var usesLabels = false
  /// Path of the program `tessera-read`; beside the running program if left out.
  public var reader: String?
  /// Most memory that program may take, in bytes.
  public var readerMemory = 4 << 30
  /// Most processor time that program may take, in seconds.
  public var readerSeconds = 600

  /// Codes, and the program beside this one.
  public init() {}
}

/// Writes surveys in the formats of other programs.
public enum SurveyWriter {
  /// The formats that can be written, by the endings of their files' names.
  public static let endings = ["csv", "tsv", "sav", "zsav", "dta", "xlsx"]

  /// Writes a survey to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - survey: What is written.
  ///   - label: What the file says of itself; empty for nothing.
  ///   - path: Where to; its ending says the format.
  ///   - options: How.
  /// - Returns: What the format cannot hold.
  /// - Throws: ``OutputError`` if the format is not written, the survey does not fit into it, or
  ///   the file cannot be made.
  /// - Complexity: O(respondents x variables) time; the file is held in memory once.
  public static func write(
    _ survey: Survey, label: String = "", to path: String,
    options: WritingOptions = WritingOptions()
  ) throws(OutputError) -> ConversionLosses {
    let made: (bytes: [UInt8], losses: ConversionLosses)
    switch ending(of: path) {
    case "csv":
      made = DelimitedWriter(delimiter: 0x2C, usesLabels: options.usesLabels).bytes(survey)
    case "tsv":
      made = DelimitedWriter(delimiter: 0x09, usesLabels: options.usesLabels).bytes(survey)
    case "sav":
      made = try StatWriter(file: path, format: .sav, options: options).bytes(survey, label: label)
    case "zsav":
      made = try StatWriter(file: path, format: .zsav, options: options).bytes(survey, label: label)
    case "dta":
      made = try StatWriter(file: path, format: .dta, options: options).bytes(survey, label: label)
    case "xlsx":
      made = try ExcelWriter(file: path, usesLabels: options.usesLabels).bytes(survey)
    default:
      throw .cannotHold(
        file: path,
        detail: "files of this kind are not written; the name must end in one of "
          + endings.map { "." + $0 }.joined(separator: ", "))
    }
    try AtomicFile.write(made.bytes, to: path)
    return made.losses
  }

  /// What stands behind the last point of a path, in lower case.
  public static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return name.contains(".") ? name.split(separator: ".").last?.lowercased() ?? "" : ""
  }
}
