internal import CReadStat
internal import Glibc

/// Writes an SPSS or Stata file to standard output from the messages on standard input.
@safe
final class WriteSession {
  /// What the parent says of a variable.
  @safe
  private struct Column {
    let variable: UnsafeMutablePointer<readstat_variable_t>
    let isText: Bool
    var texts: [[CChar]] = [[0]]
  }

  private let writer: UnsafeMutablePointer<readstat_writer_t>
  private var input = FrameReader()
  private var columns: [Column] = []
  private var labelSets: [UnsafeMutablePointer<readstat_label_set_t>] = unsafe []
  private var isWriting = false
  private var format = ""
  private var rows = 0

  private init(_ writer: UnsafeMutablePointer<readstat_writer_t>) {
    unsafe self.writer = writer
  }

  /// Writes a file.
  ///
  /// - Returns: The exit status: 0, 65 if ReadStat refuses what is to be written, 64 if the
  ///   messages make no sense.
  static func run() -> Int32 {
    // The date in the header must not depend on where this runs.
    unsafe setenv("TZ", "UTC", 1)
    guard let writer = unsafe readstat_writer_init() else { return 70 }
    defer { unsafe readstat_writer_free(writer) }
    unsafe readstat_set_data_writer(writer) { bytes, count, _ in
      unsafe Output.write(UnsafeRawBufferPointer(start: bytes, count: count))
      return count
    }
    let session = unsafe WriteSession(writer)
    guard let status = session.write() else { return 64 }
    Output.flush()
    if status == READSTAT_OK { return 0 }
    let message = unsafe readstat_error_message(status)
    let text = unsafe Session.bytes(message)
    _ = unsafe text.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    return 65
  }

  /// Takes messages until the last; `nil` if they make no sense.
  private func write() -> readstat_error_t? {
    while let tag = input.bytes(1)?.first {
      let status: readstat_error_t?
      switch Character(UnicodeScalar(tag)) {
      case "H": status = header()
      case "N": status = note()
      case "L": status = labelSet()
      case "V": status = variable()
      case "W": status = weight()
      case "S": status = text()
      case "B": status = block()
      case "E":
        let begun = begin()
        return begun == READSTAT_OK ? unsafe readstat_end_writing(writer) : begun
      default: return nil
      }
      guard status == READSTAT_OK else { return status }
    }
    return nil
  }

  private func header() -> readstat_error_t? {
    guard let name = input.text(), let rows = input.count(), let compression = input.count(),
      let label = input.text()
    else { return nil }
    format = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.rows = rows
    if label.count > 1 { unsafe readstat_writer_set_file_label(writer, label) }
    unsafe readstat_writer_set_file_timestamp(writer, 0)
    if format == "dta" { unsafe readstat_writer_set_file_format_version(writer, 118) }
    let kind = readstat_compress_t(UInt32(compression))
    return unsafe readstat_writer_set_compression(writer, kind)
  }

  private func note() -> readstat_error_t? {
    guard let text = input.text() else { return nil }
    unsafe readstat_add_note(writer, text)
    return READSTAT_OK
  }

  private func labelSet() -> readstat_error_t? {
    guard let name = input.text(), let kind = input.count(), let count = input.count() else {
      return nil
    }
    let type: readstat_type_t =
      kind == 1 ? READSTAT_TYPE_STRING : kind == 2 ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE
    guard let set = unsafe readstat_add_label_set(writer, type, name) else { return nil }
    unsafe labelSets.append(set)
    for _ in 0..<count {
      guard let isText = input.count() else { return nil }
      if isText == 1 {
        guard let value = input.text(), let label = input.text() else { return nil }
        unsafe readstat_label_string_value(set, value, label)
        continue
      }
      guard let bits = input.word(), let label = input.text() else { return nil }
      let value = Double(bitPattern: bits)
      if value.isNaN {
        unsafe readstat_label_tagged_value(set, CChar(truncatingIfNeeded: bits), label)
      } else if kind == 2 {
        unsafe readstat_label_int32_value(set, Int32(value), label)
      } else {
        unsafe readstat_label_double_value(set, value, label)
      }
    }
    return READSTAT_OK
  }

  private func variable() -> readstat_error_t? {
    guard let name = input.text(), let label = input.text(), let format = input.text(),
      let kind = input.count(), let width = input.count(), let measure = input.count(),
      let display = input.count(), let alignment = input.count(), let set = input.count(),
      let ranges = input.count()
    else { return nil }
    let type: readstat_type_t =
      kind == 1 ? READSTAT_TYPE_STRING : kind == 2 ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE
    guard let variable = unsafe readstat_add_variable(writer, name, type, width) else { return nil }
    if label.count > 1 { unsafe readstat_variable_set_label(variable, label) }
    if format.count > 1 { unsafe readstat_variable_set_format(variable, format) }
    unsafe readstat_variable_set_measure(variable, readstat_measure_t(UInt32(measure)))
    if display > 0 {
      unsafe readstat_variable_set_display_width(variable, Int32(clamping: display))
      unsafe readstat_variable_set_alignment(variable, readstat_alignment_t(UInt32(alignment)))
    }
    if set > 0, unsafe set <= labelSets.count {
      unsafe readstat_variable_set_label_set(variable, labelSets[set - 1])
    }
    columns.append(unsafe Column(variable: variable, isText: kind == 1))
    for _ in 0..<ranges {
      guard let status = unsafe missing(variable) else { return nil }
      guard status == READSTAT_OK else { return status }
    }
    return READSTAT_OK
  }

  private func missing(
    _ variable: UnsafeMutablePointer<readstat_variable_t>
  ) -> readstat_error_t? {
    guard let isText = input.count() else { return nil }
    if isText == 1 {
      guard let value = input.text() else { return nil }
      // ReadStat keeps the pointer until the dictionary is written.
      return unsafe readstat_variable_add_missing_string_value(variable, strdup(value))
    }
    guard let low = input.word(), let high = input.word() else { return nil }
    return unsafe readstat_variable_add_missing_double_range(
      variable, Double(bitPattern: low), Double(bitPattern: high))
  }

  private func weight() -> readstat_error_t? {
    guard let place = input.count(), columns.indices.contains(place) else { return nil }
    return unsafe readstat_writer_set_fweight_variable(writer, columns[place].variable)
  }

  private func text() -> readstat_error_t? {
    guard let place = input.count(), columns.indices.contains(place), let text = input.text()
    else { return nil }
    columns[place].texts.append(text)
    return READSTAT_OK
  }

  private func begin() -> readstat_error_t {
    guard !isWriting else { return READSTAT_OK }
    isWriting = true
    if format == "dta" { return unsafe readstat_begin_writing_dta(writer, nil, rows) }
    return unsafe readstat_begin_writing_sav(writer, nil, rows)
  }

  private func block() -> readstat_error_t? {
    guard let count = input.count(), let cells = input.bytes(count * columns.count * 8) else {
      return nil
    }
    let begun = begin()
    guard begun == READSTAT_OK else { return begun }
    return unsafe cells.withUnsafeBytes { cells in
      for row in 0..<count {
        var status = unsafe readstat_begin_row(writer)
        for place in columns.indices where status == READSTAT_OK {
          let bits = unsafe cells.loadUnaligned(
            fromByteOffset: (place * count + row) * 8, as: UInt64.self)
          status = insert(UInt64(littleEndian: bits), columns[place])
        }
        if status == READSTAT_OK { status = unsafe readstat_end_row(writer) }
        guard status == READSTAT_OK else { return status }
      }
      return READSTAT_OK
    }
  }

  private func insert(_ bits: UInt64, _ column: Column) -> readstat_error_t {
    if column.isText {
      guard bits < column.texts.count else { return READSTAT_ERROR_PARSE }
      return unsafe readstat_insert_string_value(writer, column.variable, column.texts[Int(bits)])
    }
    let value = Double(bitPattern: bits)
    if value.isNaN {
      let tag = UInt8(truncatingIfNeeded: bits)
      return tag == 0
        ? unsafe readstat_insert_missing_value(writer, column.variable)
        : unsafe readstat_insert_tagged_missing_value(
          writer, column.variable, CChar(bitPattern: tag))
    }
    if unsafe column.variable.pointee.type == READSTAT_TYPE_INT32 {
      return unsafe readstat_insert_int32_value(writer, column.variable, Int32(value))
    }
    return unsafe readstat_insert_double_value(writer, column.variable, value)
  }
}
