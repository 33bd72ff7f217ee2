extension SurveyFormat {
  /// The format of a file: what the user says, else what its first bytes and its name say.
  static func detect(
    _ view: ByteView, file: String, option: SurveyFormat?
  ) throws(SurveyFileError) -> SurveyFormat {
    if let option { return option }
    func begins(_ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return bytes.count <= view.count && view.bytes(0..<bytes.count) == bytes
    }
    let isOLE = view.count > 4 && view.bytes(0..<4) == [0xD0, 0xCF, 0x11, 0xE0]
    let suffix = file.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if begins("$FL2") { return .sav }
    if begins("$FL3") { return .zsav }
    if begins("<stata_dta>") { return .dta }
    if begins("HEADER RECORD*******LIB") { return .xpt }
    if view.count > 32, view.bytes(12..<20) == [0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF] {
      return .sas7bdat
    }
    let isBinaryName: SurveyFormat? =
      switch suffix {
      case "sav": .sav
      case "zsav": .zsav
      case "por": .por
      case "dta": .dta
      case "sas7bdat": .sas7bdat
      case "xpt": .xpt
      case "xlsx", "xlsm", "xltx": .xlsx
      // A workbook under a name of old, or an old one that the reader of workbooks tells of.
      case "xls", "xlsb", "ods": begins("PK") || isOLE ? .xlsx : nil
      case "sss", "xml": .sss
      default: nil
      }
    guard let named = isBinaryName else { return .csv }
    guard view.count > 0 else { throw .empty(file: file) }
    return named
  }
}
