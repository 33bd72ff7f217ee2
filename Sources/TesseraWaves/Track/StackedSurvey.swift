import TesseraSurvey

/// Surveys of the same questions below each other; answers are matched by label, else by code.
struct StackedSurvey {
  let survey: Survey

  init(_ parts: [Survey]) {
    let counts = parts.map(\.respondentCount)
    var order: [String] = []
    var seen: Set<AnswerCode> = []
    for part in parts {
      for variable in part.variables where seen.insert(.text(variable.name)).inserted {
        order.append(variable.name)
      }
    }
    let variables = order.compactMap { name in Self.stacked(parts.map { $0[name] }, counts) }
    var sets: [MultipleResponseSet] = []
    for set in parts.flatMap(\.sets) where !sets.contains(where: { $0.name == set.name }) {
      sets.append(set)
    }
    survey = Survey(variables: variables, sets: sets)
  }

  private static func stacked(_ columns: [Variable?], _ counts: [Int]) -> Variable? {
    guard let model = columns.compactMap({ $0 }).first else { return nil }
    let given = columns.compactMap { $0 }
    if given.allSatisfy({ !$0.answers.isCoded })
      || (given.contains { !$0.answers.isCoded } && given.allSatisfy(\.isNumeric))
    {
      let numbers = zip(columns, counts).flatMap { column, count in
        column?.numbers ?? [Double](repeating: .nan, count: count)
      }
      return Variable(
        name: model.name, label: model.label, level: model.level, answers: .numbers(numbers))
    }
    guard given.allSatisfy(\.answers.isCoded) else { return nil }
    var categories: [Category] = []
    var positions: [Int] = []
    for (column, count) in zip(columns, counts) {
      guard let column else {
        positions += [Int](repeating: 0, count: count)
        continue
      }
      let places = column.categories.map { category in
        Self.place(of: category, in: &categories)
      }
      positions += (0..<count).map { row in
        let position = column.answers.position(row)
        return position > 0 ? places[position - 1] + 1 : 0
      }
    }
    return Variable(
      name: model.name, label: model.label, level: model.level, categories: categories,
      answers: AnswerColumn(positions: positions, categoryCount: categories.count))
  }

  private static func place(of category: Category, in known: inout [Category]) -> Int {
    if let place = known.firstIndex(where: { $0.label == category.label }) { return place }
    let isLabelled = category.label != category.code.text
    if !isLabelled, let place = known.firstIndex(where: { $0.code == category.code }) {
      return place
    }
    known.append(category)
    return known.count - 1
  }
}
