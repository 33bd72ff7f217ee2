internal import CReadStat
internal import Glibc

/// One file being read: the variables met, and the cells of the rows not yet sent.
@safe
final class Session {
  private static let blockRows = 4096

  private let file = FileAccess()
  private var isText: [Bool] = []
  private var texts: [[[UInt8]: UInt32]] = []
  private var cells: UnsafeMutablePointer<UInt64>?
  private var blockStart = 0
  private var blockCount = 0
  private var rowCount = 0

  deinit { unsafe cells?.deallocate() }

  /// Reads a file and sends what is in it.
  ///
  /// - Returns: The exit status: 0, or 65 if the file cannot be read to its end.
  static func run(format: String, path: String, encoding: String?) -> Int32 {
    guard let parser = unsafe readstat_parser_init() else { return 70 }
    defer { unsafe readstat_parser_free(parser) }
    let session = Session()
    unsafe session.file.install(in: parser)
    unsafe session.installHandlers(in: parser)
    if let encoding { unsafe readstat_set_file_character_encoding(parser, encoding) }
    // A case count of -1 in the header means "unknown"; without a limit no case would be read.
    unsafe readstat_set_row_limit(parser, Int(Int32.max))
    let context = unsafe Unmanaged.passUnretained(session).toOpaque()
    let status: readstat_error_t
    switch format {
    case "sav", "zsav": status = unsafe readstat_parse_sav(parser, path, context)
    case "por": status = unsafe readstat_parse_por(parser, path, context)
    case "dta": status = unsafe readstat_parse_dta(parser, path, context)
    case "sas7bdat": status = unsafe readstat_parse_sas7bdat(parser, path, context)
    case "xpt": status = unsafe readstat_parse_xport(parser, path, context)
    default: return 64
    }
    return withExtendedLifetime(session) { session.finish(status) }
  }

  private func finish(_ status: readstat_error_t) -> Int32 {
    flush()
    guard status == READSTAT_OK else {
      var frame = Frame("X")
      let message = unsafe readstat_error_message(status)
      frame.add(unsafe Self.bytes(message))
      frame.send()
      return 65
    }
    var frame = Frame("E")
    frame.add(Double(rowCount))
    frame.add(Double(file.furthest))
    frame.add(Double(file.size))
    frame.send()
    return 0
  }

  static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text = unsafe text else { return [] }
    return unsafe Array(
      UnsafeRawBufferPointer(start: UnsafeRawPointer(text), count: strlen(text)))
  }

  // MARK: - What ReadStat hands over

  func metadata(_ metadata: UnsafeMutablePointer<readstat_metadata_t>?) {
    var frame = Frame("M")
    frame.add(Double(unsafe readstat_get_row_count(metadata)))
    frame.add(Int(unsafe readstat_get_var_count(metadata)))
    frame.add(unsafe Self.bytes(readstat_get_file_label(metadata)))
    frame.add(unsafe Self.bytes(readstat_get_file_encoding(metadata)))
    frame.send()
  }

  func note(_ text: UnsafePointer<CChar>?) {
    var frame = Frame("N")
    frame.add(unsafe Self.bytes(text))
    frame.send()
  }

  func weight(_ variable: UnsafeMutablePointer<readstat_variable_t>?) {
    guard let variable = unsafe variable else { return }
    var frame = Frame("W")
    frame.add(unsafe Self.bytes(readstat_variable_get_name(variable)))
    frame.send()
  }

  func variable(
    _ variable: UnsafeMutablePointer<readstat_variable_t>, labels: UnsafePointer<CChar>?
  ) {
    let kind = unsafe readstat_variable_get_type_class(variable)
    isText.append(kind == READSTAT_TYPE_CLASS_STRING)
    texts.append([:])
    var frame = Frame("V")
    frame.add(unsafe Self.bytes(readstat_variable_get_name(variable)))
    frame.add(unsafe Self.bytes(readstat_variable_get_label(variable)))
    frame.add(unsafe Self.bytes(readstat_variable_get_format(variable)))
    frame.add(unsafe Self.bytes(labels))
    frame.add(kind == READSTAT_TYPE_CLASS_STRING ? 1 : 0)
    frame.add(Int(unsafe readstat_variable_get_measure(variable).rawValue))
    let ranges = unsafe readstat_variable_get_missing_ranges_count(variable)
    frame.add(Int(ranges))
    for place in 0..<ranges {
      unsafe add(readstat_variable_get_missing_range_lo(variable, place), to: &frame)
      unsafe add(readstat_variable_get_missing_range_hi(variable, place), to: &frame)
    }
    frame.send()
  }

  private func add(_ value: readstat_value_t, to frame: inout Frame) {
    if unsafe readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING {
      frame.add(1)
      frame.add(unsafe Self.bytes(readstat_string_value(value)))
    } else {
      frame.add(0)
      frame.add(unsafe Self.number(value))
    }
  }

  func label(_ set: UnsafePointer<CChar>?, _ value: readstat_value_t, _ text: UnsafePointer<CChar>?)
  {
    var frame = Frame("L")
    frame.add(unsafe Self.bytes(set))
    unsafe add(value, to: &frame)
    frame.add(unsafe Self.bytes(text))
    frame.send()
  }

  /// A number as a `Double`; a NaN that carries the letter of a tagged missing value.
  private static func number(_ value: readstat_value_t) -> Double {
    if unsafe readstat_value_is_tagged_missing(value) != 0 {
      let tag = UInt64(UInt8(bitPattern: unsafe readstat_value_tag(value)))
      return Double(bitPattern: 0x7FF8_0000_0000_0000 | tag)
    }
    if unsafe readstat_value_is_system_missing(value) != 0 { return .nan }
    return unsafe readstat_double_value(value)
  }

  func cell(_ row: Int, _ column: Int, _ value: readstat_value_t) {
    if row >= blockStart + Self.blockRows { flush() }
    let width = isText.count
    guard column < width, row >= blockStart, row < blockStart + Self.blockRows else { return }
    if unsafe cells == nil {
      unsafe cells = .allocate(capacity: Self.blockRows * max(1, width))
    }
    let bits: UInt64
    if isText[column] {
      bits = UInt64(unsafe code(readstat_string_value(value), column))
    } else {
      bits = unsafe Self.number(value).bitPattern
    }
    unsafe cells?[column * Self.blockRows + row - blockStart] = bits
    if row >= rowCount {
      rowCount = row + 1
      blockCount = rowCount - blockStart
    }
  }

  /// The code of a text among those of its variable, from 1; 0 for an empty text.
  private func code(_ text: UnsafePointer<CChar>?, _ column: Int) -> UInt32 {
    let bytes = unsafe Self.bytes(text)
    if bytes.isEmpty { return 0 }
    if let known = texts[column][bytes] { return known }
    let code = UInt32(texts[column].count + 1)
    texts[column][bytes] = code
    var frame = Frame("S")
    frame.add(column)
    frame.add(bytes)
    frame.send()
    return code
  }

  private func flush() {
    guard blockCount > 0, let cells = unsafe cells else { return }
    var frame = Frame("B")
    frame.add(blockCount)
    frame.send()
    for column in isText.indices {
      let start = unsafe cells + column * Self.blockRows
      unsafe Output.write(UnsafeRawBufferPointer(start: start, count: blockCount * 8))
    }
    blockStart += Self.blockRows
    blockCount = 0
  }
}
