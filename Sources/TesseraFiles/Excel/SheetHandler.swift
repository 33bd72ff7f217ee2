internal import TesseraSurvey

/// Reads the cells of a sheet: the first rows kept one by one, the others in columns.
final class SheetHandler: XMLHandler {
  /// Rows that may be title or header.
  static let headRows = 64
  private static let mostRows = 1_048_576
  private static let mostColumns = 16_384

  private(set) var head: [HeadRow] = []
  var columns: [SheetColumn] = []
  /// The row numbers, from 1, of the rows behind the first ones.
  private(set) var rows: [Int] = []
  var traces: [Trace] = []
  private(set) var merges: [(rows: ClosedRange<Int>, columns: ClosedRange<Int>)] = []
  private(set) var errors: [Int: Fault] = [:]
  private(set) var uncomputed: [Int: Fault] = [:]
  /// One more than the last column that holds anything.
  var width = 0

  private let file: String
  private let sheet: String
  let context: SheetContext
  let kinds: [StylesHandler.Kind]
  private let headRows: Int
  let grammar = NumberGrammar(decimal: 0x2E)

  private(set) var row = 0
  private var column = -1
  var lastColumn = -1
  private(set) var isRowNew = true
  private var kind = Kind.number
  private var style = StylesHandler.Kind.number
  private var value: [UInt8] = []
  private var inline: [UInt8] = []
  private var hasValue = false
  private var hasFormula = false
  private var isInValue = false
  private var isInText = false
  private var phoneticDepth = 0

  /// Whether the rows have begun.
  private(set) var hasData = false
  /// Whether a row could come next.
  private(set) var isBetweenRows = false
  /// Rows that the parser of XML saw to their end.
  private(set) var endedRows = 0

  private enum Kind {
    case number
    case shared
    case flag
    case error
    case formulaText
    case inlineText
    case date
  }

  private typealias Name = SheetXML

  init(
    file: String, sheet: String, context: SheetContext, kinds: [StylesHandler.Kind],
    headRows: Int = SheetHandler.headRows
  ) {
    self.file = file
    self.sheet = sheet
    self.context = context
    self.kinds = kinds
    self.headRows = headRows
  }

  // MARK: - Elements

  override func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    switch name {
    case Name.cell:
      startCell(
        attributes.view(Name.reference), type: attributes.view(Name.text),
        style: attributes.view(Name.style))
    case Name.value:
      isInValue = true
      hasValue = true
      value.removeAll(keepingCapacity: true)
    case Name.row:
      isBetweenRows = false
      startRow(attributes.view(Name.reference))
    case Name.formula: hasFormula = true
    case Name.text: isInText = kind == .inlineText && phoneticDepth == 0
    case Name.phonetic: phoneticDepth += 1
    case Name.merge: addMerge(attributes)
    case Name.data:
      hasData = true
      isBetweenRows = true
    default: break
    }
  }

  override func text(_ bytes: ByteView) {
    if isInValue {
      bytes.append(to: &value)
    } else if isInText {
      bytes.append(to: &inline)
    }
  }

  override func end(_ name: XMLKey) {
    switch name {
    case Name.value: isInValue = false
    case Name.text: isInText = false
    case Name.phonetic: phoneticDepth -= 1
    case Name.cell: endCell()
    case Name.row:
      isBetweenRows = true
      endedRows += 1
    case Name.data: isBetweenRows = false
    default: break
    }
  }

  func startRow(_ reference: ByteView?) {
    if let view = reference {
      guard let parsed = grammar.parse(view, 0..<view.count)?.value, parsed >= 1,
        parsed <= Double(Self.mostRows), parsed == parsed.rounded()
      else {
        failure = .damaged(file: file, detail: "sheet \(sheet) has a row beyond the last, 1048576")
        return
      }
      row = Int(parsed)
    } else {
      row += 1
    }
    column = -1
    lastColumn = -1
    isRowNew = true
  }

  func startCell(_ reference: ByteView?, type: ByteView?, style: ByteView?) {
    column = lastColumn + 1
    if let view = reference {
      guard let place = CellPlace(view) else {
        failure = .badCell(
          file: file, row: row, cell: "\(sheet)!?", detail: "has a reference that is none")
        return
      }
      column = place.column
      if row == 0 { row = place.row }
      guard place.row == row else {
        fail("stands in row \(row)")
        return
      }
    }
    guard column < Self.mostColumns, row <= Self.mostRows else {
      fail("lies beyond the last column, XFD")
      return
    }
    guard column > lastColumn else {
      fail("stands twice, or out of order")
      return
    }
    lastColumn = column
    hasValue = false
    hasFormula = false
    value.removeAll(keepingCapacity: true)
    inline.removeAll(keepingCapacity: true)
    kind = Self.kind(type)
    self.style = .number
    if let view = style,
      let place = grammar.parse(view, 0..<view.count)?.value, place >= 0,
      place < Double(kinds.count)
    {
      self.style = kinds[Int(place)]
    }
  }

  private static func kind(_ view: ByteView?) -> Kind {
    guard let view, view.count > 0 else { return .number }
    switch (view[0], view.count) {
    case (UInt8(ascii: "s"), 1): return .shared
    case (UInt8(ascii: "s"), 3): return .formulaText
    case (UInt8(ascii: "b"), _): return .flag
    case (UInt8(ascii: "e"), _): return .error
    case (UInt8(ascii: "i"), _): return .inlineText
    case (UInt8(ascii: "d"), _): return .date
    default: return .number
    }
  }

  private func addMerge(_ attributes: XMLAttributes) {
    guard let area = attributes.text(Name.area) else { return }
    let ends = area.split(separator: ":").compactMap { CellPlace(String($0)) }
    guard ends.count == 2, ends[0].row <= ends[1].row, ends[0].column <= ends[1].column,
      merges.count < 4096
    else { return }
    merges.append((ends[0].row...ends[1].row, ends[0].column...ends[1].column))
  }

  // MARK: - Cells

  private func fail(_ detail: String) {
    failure = .badCell(
      file: file, row: row, cell: "\(sheet)!\(CellPlace(row: row, column: column))",
      detail: detail)
  }

  func endCell() {
    guard let cell = finished() else { return }
    var isText = false
    switch cell {
    case .text(let text):
      if text.isEmpty { return }
      isText = true
    case .shared(let place):
      if context.texts[place].isEmpty { return }
      isText = true
    default: break
    }
    if isRowNew { beginRow() }
    width = max(width, column + 1)
    if rows.isEmpty, head.last?.row == row {
      head[head.count - 1].cells.append((column, cell))
    } else {
      while columns.count <= column { columns.append(SheetColumn()) }
      columns[column].put(cell, row: rows.count - 1, context)
    }
    if traces[traces.count - 1].filled == 0 {
      traces[traces.count - 1].firstColumn = column
      if isText { traces[traces.count - 1].firstText = context.text(cell) }
    }
    traces[traces.count - 1].filled += 1
  }

  /// A row exists from its first cell on that holds anything.
  private func beginRow() {
    isRowNew = false
    if rows.isEmpty, head.count < headRows {
      head.append(HeadRow(row: row))
    } else {
      rows.append(row)
    }
    traces.append(Trace(row: row))
    if traces.count > 64 { traces.removeFirst(40) }
  }

  /// Takes the value of a cell that has begun.
  func takeValue(_ bytes: ByteView) {
    hasValue = true
    bytes.append(to: &value)
  }

  private func finished() -> SheetCell? {
    if kind == .inlineText {
      return inline.isEmpty ? nil : .text(ExcelText.decoded(inline))
    }
    guard hasValue, !value.isEmpty else {
      // A formula's empty text is an answer left empty; a formula without a result is not known.
      if hasFormula, kind != .formulaText || !hasValue { note(&uncomputed, "") }
      return nil
    }
    switch kind {
    case .shared: return shared()
    case .formulaText: return .text(ExcelText.decoded(value))
    case .flag: return .flag(value == [UInt8(ascii: "1")] || value.first == UInt8(ascii: "t"))
    case .error:
      note(&errors, String(decoding: value.prefix(16), as: UTF8.self))
      return nil
    case .date:
      let text = String(decoding: value, as: UTF8.self)
      guard let moment = CalendarText.parse(text.hasSuffix("Z") ? String(text.dropLast()) : text)
      else { return .text(text) }
      return CalendarText.text(moment.seconds, moment.time).map { .text($0) } ?? .text(text)
    case .number, .inlineText:
      guard let number = parsed() else {
        fail("should hold a number and does not")
        return nil
      }
      return style == .number ? .number(number) : .moment(number, style)
    }
  }

  private func shared() -> SheetCell? {
    guard let number = parsed(), number == number.rounded() else {
      fail("should hold the number of a shared text and does not")
      return nil
    }
    guard number >= 0, number < Double(context.texts.count) else {
      fail(
        "refers to shared text \(AnswerCode.number(number).text), of \(context.texts.count) there "
          + "are")
      return nil
    }
    return .shared(Int(number))
  }

  private func parsed() -> Double? {
    unsafe value.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { base in
        let view = unsafe ByteView(base: base, count: buffer.count)
        return grammar.parse(view, 0..<view.count)?.value
      }
    }
  }

  private func note(_ faults: inout [Int: Fault], _ what: String) {
    var fault =
      faults[column]
      ?? Fault(
        first: "\(sheet)!\(CellPlace(row: row, column: column))", firstRow: row, what: what)
    fault.count += 1
    faults[column] = fault
  }
}
