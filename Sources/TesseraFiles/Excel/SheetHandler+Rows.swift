extension SheetHandler {
  /// One of the first rows.
  struct HeadRow {
    let row: Int
    var cells: [(column: Int, cell: SheetCell)] = []
  }

  /// What is remembered of one of the last rows, to tell notes below the table.
  struct Trace {
    let row: Int
    var filled = 0
    var firstColumn = 0
    var firstText: String?
  }

  /// Cells that hold no answer though they are not empty.
  struct Fault {
    let first: String
    let firstRow: Int
    var what: String
    var count = 0
  }
}
