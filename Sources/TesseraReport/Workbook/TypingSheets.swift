extension TypingTool {
  /// The sheet to type into and the locked sheet behind it.
  ///
  /// - Parameters:
  ///   - names: Names of sheets that are taken.
  ///   - answers: Answers that already stand there, one a question: for tests and examples.
  /// - Returns: Two sheets.
  func sheets(besides names: [String], answers: [String?] = []) -> [WorkbookSheet] {
    let front = Workbook.named("Typing tool", among: names)
    let back = Workbook.named("Typing coefficients", among: names + [front])
    var rows: [(first: Int, last: Int)] = []
    let coefficients = self.coefficients(named: back, rows: &rows)
    return [
      typing(named: front, data: "'\(back)'!", rows: rows, answers: answers), coefficients,
    ]
  }

  private func coefficients(
    named name: String, rows: inout [(first: Int, last: Int)]
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text("What each answer adds to each segment", .title)],
      [
        .text(
          isProbability
            ? "Logarithms of the chance of each answer within each segment (nats)."
            : "Squared distances to the centre of each segment, with a minus.", .muted)
      ],
      [.text("Question", .header), .text("Answer", .header)]
        + segments.map { .text($0, .numberHeader) },
      [.text("Before any answer", .strong), .blank] + start.map { .number($0, .number(6)) },
    ]
    for question in questions {
      let first = sheet.rows.count
      for answer in question.answers {
        sheet.rows.append(
          [.text(question.label), .text(answer.label)]
            + answer.scores.map { .number($0, .number(6)) })
      }
      rows.append((first, sheet.rows.count - 1))
    }
    sheet.widths = [40, 34] + segments.map { _ in 16 }
    sheet.frozenRows = 3
    sheet.frozenColumns = 2
    sheet.isLocked = true
    sheet.isHidden = true
    return sheet
  }

  private func typing(
    named name: String, data: String, rows: [(first: Int, last: Int)], answers: [String?]
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    let count = segments.count
    let head = 9 + count
    let first = head + 1
    let last = head + questions.count
    func block(_ column: Int) -> String {
      "\(Workbook.address(first, column)):\(Workbook.address(last, column))"
    }
    let open =
      needed > 0
      ? "COUNTA(\(Workbook.address(first, 1)):\(Workbook.address(head + needed, 1)))<\(needed)"
      : "COUNTA(\(block(1)))=0"
    let request = needed > 0 ? "answer the questions with a star" : "answer a question"
    let sums = "\(Workbook.address(6, 2)):\(Workbook.address(5 + count, 2))"
    let powers = "\(Workbook.address(6, 3)):\(Workbook.address(5 + count, 3))"
    sheet.rows = [
      [.text("Which segment is this?", .title)],
      [
        .text(
          "Answer in the yellow cells below; leave out what is not known"
            + (needed > 0 ? ", except where a star stands" : "")
            + ". The segment and its probability follow"
            + (isProbability ? "; before any answer the sizes of the segments stand there." : "."),
          .muted)
      ],
      [
        .text("Segment", .strong),
        .words(
          "IF(\(open),\"\(request)\",INDEX("
            + "\(Workbook.address(6, 0)):\(Workbook.address(5 + count, 0)),"
            + "MATCH(MAX(\(sums)),\(sums),0)))", value: request, .result),
      ],
      [
        .text("Probability", .strong),
        .words(
          "IF(\(open),\"\",MAX(\(Workbook.address(6, 1)):\(Workbook.address(5 + count, 1))))",
          value: "", .resultPercent),
      ],
      [],
      [
        .text("Segment", .header),
        .text(isProbability ? "Probability" : "Nearest (1 = yes)", .numberHeader),
        .text("Sum", .numberHeader), .text(isProbability ? "Weight" : "", .numberHeader),
      ],
    ]
    for (segment, label) in segments.enumerated() {
      let sum = Workbook.address(6 + segment, 2)
      let chance =
        isProbability
        ? "\(Workbook.address(6 + segment, 3))/SUM(\(powers))"
        // Of two that are as near the first counts.
        : "IF(MATCH(MAX(\(sums)),\(sums),0)=\(segment + 1),1,0)"
      sheet.rows.append([
        .text(label, .strong),
        isProbability
          ? .formula(
            "IF(\(open),\(WorkbookCell.rounded(sizes[segment], .percent(1))),\(chance))",
            value: WorkbookCell.rounded(sizes[segment], .percent(1)), .resultPercent)
          : .words("IF(\(open),\"\",\(chance))", value: "", .result),
        .formula(
          "\(data)\(Workbook.address(3, 2 + segment))+SUM(\(block(3 + segment)))",
          value: start[segment], .number(6)),
        isProbability
          ? .formula("EXP(\(sum)-MAX(\(sums)))", value: 0, .number(6)) : .blank,
      ])
    }
    while sheet.rows.count < head { sheet.rows.append([]) }
    sheet.rows.append(
      [.text("Question", .header), .text("Answer", .header), .blank]
        + segments.map { .text($0, .numberHeader) })
    for (number, question) in questions.enumerated() {
      let row = first + number
      let place = rows[number]
      let cell = Workbook.address(row, 1)
      var cells: [WorkbookCell] = [
        .text(number < needed ? question.label + " *" : question.label),
        number < answers.count ? input(answers[number], question) : .text("", .input), .blank,
      ]
      let labels = "\(data)\(Workbook.address(place.first, 1)):\(Workbook.address(place.last, 1))"
      // What was typed as a number is looked for as the text that stands in the list.
      let match = "MATCH(\(cell)&\"\",\(labels),0)"
      for segment in segments.indices {
        let column = 2 + segment
        func coefficient(_ offset: Int) -> String {
          data + Workbook.address(place.first + offset, column)
        }
        let formula =
          question.isNumber
          ? "IF(ISNUMBER(\(cell)),\(coefficient(0))+\(coefficient(1))*\(cell)"
            + "+\(coefficient(2))*\(cell)*\(cell),0)"
          : "IF(\(cell)=\"\",0,IF(ISNA(\(match)),0,INDEX(\(data)"
            + "\(Workbook.address(place.first, column)):\(Workbook.address(place.last, column))"
            + ",\(match))))"
        cells.append(.formula(formula, value: 0, .number(4)))
      }
      sheet.rows.append(cells)
      if !question.isNumber {
        sheet.choices.append(.init(row: row, column: 1, source: "=" + labels))
      }
    }
    sheet.widths = [56, 40, 14] + segments.map { _ in 14 }
    // Sums and what each answer adds to them are for the formulas alone.
    sheet.hiddenColumns = 2...max(3, 2 + count)
    sheet.isLocked = true
    return sheet
  }

  private func input(_ answer: String?, _ question: Question) -> WorkbookCell {
    guard let answer else { return .text("", .input) }
    if question.isNumber, let number = Double(answer) { return .number(number, .input) }
    return .text(answer, .input)
  }
}
