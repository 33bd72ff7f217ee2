import TesseraSurvey

/// A line of a table before it is counted: what each answer counts as.
struct TableLine: Sendable {
  /// What the line shows.
  let kind: SurveyTable.Row.Kind
  /// The answer's code, or the name of the net.
  let code: String
  /// What readers see.
  let label: String
  /// For codes what each answer counts as; empty for numbers.
  let values: [Double]
}

/// Lines of a table that rest on the same answers.
struct TablePart: Sendable {
  /// The answers.
  let answers: TableAnswers
  /// The lines.
  let lines: [TableLine]

  /// What is counted of a question.
  static func all(
    _ shown: Descriptor, of question: StubQuestion, _ options: TablesSettings
  ) -> [TablePart] {
    switch shown.content {
    case .numbers(let numbers):
      return [
        TablePart(
          answers: .numbers(numbers),
          lines: [TableLine(kind: .mean, code: "mean", label: "Mean", values: [])])
      ]
    case .members(let members):
      var parts = members.map { member in
        TablePart(
          answers: .codes(member.positions, count: 2),
          lines: [TableLine(kind: .answer, code: member.name, label: member.label, values: [0, 1])])
      }
      if options.isSorted, !question.isFunnel { parts = sorted(parts) }
      for net in question.nets {
        let chosen = members.filter { member in
          net.answers.contains { $0 == member.name || $0 == member.label }
        }
        guard !chosen.isEmpty else { continue }
        parts.append(any(of: chosen, code: net.label, label: net.label))
      }
      // Of a funnel the first step is all of them.
      if members.count > 1, !question.isFunnel {
        parts.append(any(of: members, code: "any", label: "Any of these"))
      }
      return parts
    case .categories(let categories, let positions):
      return [
        TablePart(
          answers: .codes(positions, count: categories.count),
          lines: lines(
            shown.isFlag ? categories.map(Self.flag) : categories, positions, question, options))
      ]
    }
  }

  /// 0 and 1 without labels are No and Yes.
  private static func flag(_ category: Category) -> Category {
    Category(code: category.code, label: category.label == "0" ? "No" : "Yes")
  }

  /// Whether somebody chose at least one of some answers.
  private static func any(
    of members: [Descriptor.Member], code: String, label: String
  ) -> TablePart {
    var positions = members[0].positions
    for member in members.dropFirst() {
      for row in positions.indices { positions[row] = max(positions[row], member.positions[row]) }
    }
    return TablePart(
      answers: .codes(positions, count: 2),
      lines: [TableLine(kind: .net, code: code, label: label, values: [0, 1])])
  }

  private static func sorted(_ parts: [TablePart]) -> [TablePart] {
    func chosen(_ part: TablePart) -> Int {
      guard case .codes(let positions, _) = part.answers else { return 0 }
      return positions.count { $0 == 2 }
    }
    return parts.enumerated().sorted {
      let (one, other) = (chosen($0.element), chosen($1.element))
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
  }

  private static func lines(
    _ categories: [Category], _ positions: [Int], _ question: StubQuestion,
    _ options: TablesSettings
  ) -> [TableLine] {
    var order = Array(categories.indices)
    if options.isSorted, question.descriptor.level == MeasurementLevel.nominal.rawValue {
      var counts = [Int](repeating: 0, count: categories.count)
      for position in positions where position > 0 { counts[position - 1] += 1 }
      order.sort { counts[$0] == counts[$1] ? $0 < $1 : counts[$0] > counts[$1] }
    }
    var lines = order.map { place in
      TableLine(
        kind: .answer, code: categories[place].code.text, label: categories[place].label,
        values: categories.indices.map { $0 == place ? 1 : 0 })
    }
    func together(_ code: String, _ label: String, _ places: [Int]) -> TableLine {
      TableLine(
        kind: .net, code: code, label: label,
        values: categories.indices.map { places.contains($0) ? 1 : 0 })
    }
    for net in question.nets {
      let places = categories.indices.filter { place in
        net.answers.contains {
          $0 == categories[place].code.text || $0 == categories[place].label
        }
      }
      if !places.isEmpty { lines.append(together(net.label, net.label, places)) }
    }
    let numbers = categories.map(\.code.number)
    guard question.descriptor.level != MeasurementLevel.nominal.rawValue,
      numbers.allSatisfy({ $0 != nil })
    else { return lines }
    let values = numbers.compactMap(\.self)
    // Boxes of a scale are told only where none of its answers is left out.
    if question.isRating, question.nets.isEmpty,
      case .categories(let all, _) = question.descriptor.content, all.count == categories.count,
      (4...11).contains(all.count)
    {
      let last = categories.count
      let top = [last - 2, last - 1]
      func named(_ places: [Int]) -> String {
        places.map { categories[$0].label }.joined(separator: ", ")
      }
      lines.append(together("top2", "Top 2 (\(named(top)))", top))
      lines.append(together("bottom2", "Bottom 2 (\(named([0, 1])))", [0, 1]))
    }
    let isPromoters =
      categories.map(\.label) == ["Detractors", "Passives", "Promoters"] && order == [0, 1, 2]
    lines.append(
      isPromoters
        ? TableLine(
          kind: .mean, code: "mean", label: "Net Promoter Score (promoters less detractors)",
          values: [-100, 0, 100])
        : TableLine(kind: .mean, code: "mean", label: "Mean", values: values))
    return lines
  }
}
