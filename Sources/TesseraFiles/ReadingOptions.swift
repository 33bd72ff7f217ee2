public import TesseraSurvey

/// The formats a survey can come in.
public enum SurveyFormat: String, Sendable, CaseIterable {
  /// Delimited text, whatever its delimiter.
  case csv
  /// Delimited text with Qualtrics' header rows.
  case qualtrics
  /// Delimited text with SurveyMonkey's two header rows.
  case surveymonkey
  /// Delimited text from Google Forms.
  case googleforms
  /// Delimited text from LimeSurvey.
  case limesurvey
  /// Delimited text from KoboToolbox or ODK.
  case kobo
  /// Delimited text from REDCap.
  case redcap
  /// Delimited text from Typeform.
  case typeform
  /// Delimited text from Alchemer.
  case alchemer
  /// SPSS system file, compressed or not.
  case sav
  /// SPSS system file compressed with zlib.
  case zsav
  /// SPSS portable file.
  case por
  /// Stata data file.
  case dta
  /// SAS data file.
  case sas7bdat
  /// SAS transport file.
  case xpt
  /// Excel workbook.
  case xlsx
  /// Triple-S description with its data file.
  case sss
}

/// An answer that a study or a user declares missing.
public struct DeclaredMissing: Sendable, Equatable {
  /// The answer as typed; matched as a number where the column is numeric, else byte for byte.
  public let answer: String
  /// Why it is missing, such as "refused"; the answer itself if left out.
  public let reason: String

  /// Declares an answer missing.
  ///
  /// - Parameters:
  ///   - answer: As it stands in the file.
  ///   - reason: What a reader sees; the answer itself if left out.
  public init(_ answer: String, reason: String? = nil) {
    self.answer = answer
    self.reason = reason ?? answer
  }
}

/// What a user says about a file; whatever is left out is found out, and told in a notice.
public struct ReadingOptions: Sendable, Equatable {
  /// Name of the encoding of a text file, as iconv knows it.
  public var encoding: String?
  /// The byte between fields.
  public var delimiter: UInt8?
  /// The byte around fields.
  public var quote: UInt8?
  /// The byte before a quote inside a quoted field; a doubled quote if left out.
  public var escape: UInt8?
  /// The decimal mark: a point or a comma.
  public var decimal: UInt8?
  /// Which sheet of a workbook, by its name or its number from 1.
  public var sheet: String?
  /// The format, where the file itself should not be asked.
  public var format: SurveyFormat?
  /// Answers that are missing in every column.
  public var missing: [DeclaredMissing] = []
  /// Answers that are missing in one column, beside those of ``missing``.
  public var missingInColumn: [String: [DeclaredMissing]] = [:]
  /// Levels that are known rather than guessed, by column.
  public var levels: [String: MeasurementLevel] = [:]
  /// Whether the first line names the columns; found out if left out.
  public var header: Bool?
  /// Whether damaged rows are set aside, and told, instead of refusing the file.
  public var salvage = false
  /// Path of the program `tessera-read`; beside the running program if left out.
  public var reader: String?
  /// Most memory that program may take, in bytes.
  public var readerMemory = 4 << 30
  /// Most processor time that program may take, in seconds.
  public var readerSeconds = 600
  /// Number of threads; the result does not depend on it.
  public var threads = 1
  /// Whether the SHA-256 of each file is computed.
  public var checksums = true
  /// How many bytes of delimited text are read by themselves; chosen from the table if left out.
  package var pieceLength: Int?
  /// Whether rows are found one at a time rather than many at once, which comes to the same.
  package var readsRowByRow = false

  /// Options that leave everything to be found out.
  public init() {}
}
