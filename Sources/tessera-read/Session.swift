internal import CReadStat
internal import Glibc

/// One file being read: the variables met, and the cells of the rows not yet sent.
@safe
final class Session {
  private let file: FileAccess
  private var isText: [Bool] = []
  private var columns: [ColumnCodes] = []
  private var block: UnsafeMutablePointer<CellBlock>?
  private var rowCount = 0

  private init(format: String) { file = FileAccess(isPortable: format == "por") }

  deinit {
    if let block = unsafe block {
      unsafe block.pointee.deallocate()
      unsafe block.deallocate()
    }
  }

  /// Reads a file and sends what is in it.
  ///
  /// - Returns: The exit status: 0, or 65 if the file cannot be read to its end.
  static func run(format: String, path: String, encoding: String?) -> Int32 {
    guard let parser = unsafe readstat_parser_init() else { return 70 }
    defer { unsafe readstat_parser_free(parser) }
    let session = Session(format: format)
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
    defer { Output.flush() }
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
    columns.append(ColumnCodes())
    var frame = Frame("V")
    frame.add(unsafe Self.bytes(readstat_variable_get_name(variable)))
    frame.add(unsafe Self.bytes(readstat_variable_get_label(variable)))
    frame.add(unsafe Self.bytes(readstat_variable_get_format(variable)))
    frame.add(unsafe Self.bytes(labels))
    frame.add(kind == READSTAT_TYPE_CLASS_STRING ? 1 : 0)
    frame.add(Int(unsafe readstat_variable_get_measure(variable).rawValue))
    frame.add(max(0, Int(unsafe readstat_variable_get_display_width(variable))))
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
    Double(bitPattern: unsafe CellBlock.bits(value))
  }

  // MARK: - Cells

  @inline(__always)
  func cell(_ row: Int, _ column: Int, _ value: readstat_value_t) {
    if unsafe block == nil {
      unsafe block = .allocate(capacity: 1)
      unsafe block?.initialize(to: CellBlock(isText: isText))
    }
    guard let block = unsafe block else { return }
    if unsafe row >= block.pointee.start &+ block.pointee.capacity { flush() }
    let place = unsafe row &- block.pointee.start
    guard unsafe column < block.pointee.width, place >= 0, unsafe place < block.pointee.capacity
    else {
      return
    }
    let bits: UInt64
    if unsafe block.pointee.isText[column] {
      bits = UInt64(unsafe code(readstat_string_value(value), column))
    } else {
      bits = unsafe CellBlock.bits(value)
    }
    unsafe block.pointee.cells[column &* block.pointee.capacity &+ place] = bits
    if unsafe place >= block.pointee.count { unsafe block.pointee.count = place &+ 1 }
  }

  /// The code of a text among those of its variable, from 1; 0 for an empty text.
  private func code(_ text: UnsafePointer<CChar>?, _ column: Int) -> UInt32 {
    guard let text = unsafe text, unsafe text.pointee != 0 else { return 0 }
    let (code, isNew) = unsafe columns[column].texts.code(text, strlen(text))
    if isNew {
      var frame = Frame("S")
      frame.add(column)
      frame.add(columns[column].texts.text(code))
      frame.send()
    }
    return code
  }

  /// Sends the rows read: for each column codes of a byte, codes of four, or numbers.
  private func flush() {
    guard let block = unsafe block, unsafe block.pointee.count > 0 else { return }
    let rows = unsafe block.pointee.count
    var frame = Frame("B")
    frame.add(rows)
    for column in columns.indices {
      let cells = unsafe UnsafeBufferPointer(
        start: block.pointee.cells + column * block.pointee.capacity, count: rows)
      if isText[column] {
        frame.add(byte: columns[column].texts.count <= 255 ? 1 : 2)
      } else {
        frame.add(byte: unsafe columns[column].encode(cells, column) ? 1 : 0)
      }
    }
    frame.send()
    for column in columns.indices {
      let cells = unsafe UnsafeBufferPointer(
        start: block.pointee.cells + column * block.pointee.capacity, count: rows)
      unsafe columns[column].send(cells, isText: isText[column])
    }
    unsafe block.pointee.start += rows
    unsafe block.pointee.count = 0
    rowCount = unsafe block.pointee.start
  }
}
