/// The names of elements and attributes of a sheet.
enum SheetXML {
  static let data = XMLKey("sheetData")
  static let row = XMLKey("row")
  static let cell = XMLKey("c")
  static let value = XMLKey("v")
  static let formula = XMLKey("f")
  static let text = XMLKey("t")
  static let phonetic = XMLKey("rPh")
  static let merge = XMLKey("mergeCell")
  static let reference = XMLKey("r")
  static let style = XMLKey("s")
  static let area = XMLKey("ref")
}
