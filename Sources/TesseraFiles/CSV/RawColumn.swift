internal import TesseraSurvey

/// The cells of a whole column before their level is known: codes of distinct texts, or numbers.
struct RawColumn: Sendable {
  /// What the cells hold.
  enum Cells: Sendable {
    /// For each row the position of its text, from 1; 0 for an empty cell.
    case coded(texts: [String], codes: RawCodes)
    /// Numbers; a NaN may carry the position of a spelling of missing.
    case numbers([Double])
    /// The same, in stretches.
    case stretchedNumbers(StretchedNumbers)
  }

  /// What the cells hold.
  let cells: Cells
  /// The first row, from 0, whose number has an exponent, where the cells are numbers.
  let firstExponent: Int?

  /// Columns of texts, one below the other.
  init(stacking columns: [RawColumn]) {
    var positions: [TextKey: UInt32] = [:]
    var texts: [String] = []
    var codes: [UInt32] = []
    for column in columns {
      guard case .coded(let own, let ownCodes) = column.cells else {
        preconditionFailure("only columns of texts can be stacked")
      }
      var global: [UInt32] = [0]
      for text in own {
        let key = TextKey(text)
        if positions[key] == nil {
          texts.append(text)
          positions[key] = UInt32(texts.count)
        }
        global.append(positions[key] ?? 0)
      }
      codes.append(contentsOf: ownCodes.mapped(by: global))
      column.release()
    }
    cells = .coded(texts: texts, codes: RawCodes(codes, limit: texts.count))
    firstExponent = nil
  }

  /// A column made of stretches that were read by themselves.
  init(_ table: CSVTable, column: Int) {
    let builders = table.stretches.compactMap { $0.columns[column] }
    var exponent: Int?
    var before = 0
    for builder in builders {
      if builder.firstExponent >= 0, exponent == nil { exponent = before + builder.firstExponent }
      before += builder.rowCount
    }
    firstExponent = exponent
    if builders.contains(where: \.isNumbers) {
      cells = .stretchedNumbers(StretchedNumbers(builders, table))
    } else {
      let codes = StretchedCodes(builders, table)
      cells = .coded(texts: codes.texts, codes: .stretched(codes))
    }
  }

  /// Gives back the memory of cells that were read from text, once they are not needed.
  func release() {
    switch cells {
    case .coded(_, .stretched(let codes)): codes.release()
    case .stretchedNumbers(let numbers): numbers.release()
    default: break
    }
  }
}

/// A text told apart by its bytes, so that two spellings of "é" are two texts.
struct TextKey: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: TextKey, right: TextKey) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
