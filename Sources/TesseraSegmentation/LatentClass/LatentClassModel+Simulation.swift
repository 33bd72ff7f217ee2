public import TesseraMath

extension LatentClassModel {
  /// Draws respondents from the model in the image of those of a table.
  ///
  /// Each keeps its weight, its covariates and its gaps; a frequency becomes so many respondents.
  ///
  /// - Parameters:
  ///   - data: The table whose respondents are imitated, made ready.
  ///   - stream: Source of chance.
  /// - Returns: A table of the same items, and the class each respondent was drawn from.
  /// - Throws: ``SegmentationError`` if the data do not go with the model.
  public func simulate(
    like data: LatentClassData, stream: inout RandomStream
  ) throws(SegmentationError) -> (table: ItemTable, classes: [Int]) {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: .single)
    let drawing = LatentDrawing(
      LatentScores(data: data, layout: em.layout, theta: em.theta))
    let table = data.table
    let isFrequency = table.weights.kind == .frequency
    let origins = (0..<table.respondentCount).flatMap { row in
      [Int](
        repeating: row, count: isFrequency ? Int(table.weights.values[row].rounded()) : 1)
    }
    var columns = table.items.map { SimulatedColumn($0, capacity: origins.count) }
    var classes: [Int] = []
    var answers = LatentAnswers(pattern: 0, of: data)
    var previous = -1
    for row in origins {
      if row != previous {
        answers = LatentAnswers(pattern: Int(data.patternOf[row]), of: data)
        previous = row
      }
      classes.append(drawing.draw(&answers, &stream))
      for (position, factor) in data.factors.enumerated() {
        for (member, item) in factor.items.enumerated() {
          guard !table.items[item].isMissing(row) else {
            columns[item].appendMissing()
            continue
          }
          if factor.columns == 0 {
            columns[item].append(
              code: factor.family.category(answers.codes[position], member: member))
          } else {
            let column = data.columns[factor.firstColumn + member]
            let value = answers.numbers[factor.firstColumn + member]
            columns[item].append(number: column.center + column.scale * value)
          }
        }
      }
    }
    let weights: CaseWeights =
      table.weights.kind == .sampling ? table.weights : .none
    let covariates = table.covariates.map { given in
      Matrix(
        rows: origins.count, columns: given.columns,
        values: origins.flatMap { Array(given.row($0)) })
    }
    let drawn = try ItemTable(
      respondentCount: origins.count, items: columns.map(\.item), weights: weights,
      covariates: covariates)
    return (drawn, classes)
  }
}

/// An item being filled.
private struct SimulatedColumn {
  private let source: Item
  private var codes: [UInt16] = []
  private var numbers: [Double] = []

  init(_ source: Item, capacity: Int) {
    self.source = source
    if source.measurement.categories > 0 {
      codes.reserveCapacity(capacity)
    } else {
      numbers.reserveCapacity(capacity)
    }
  }

  mutating func append(code: Int) { codes.append(UInt16(code)) }
  mutating func append(number: Double) { numbers.append(number) }
  mutating func appendMissing() {
    if source.measurement.categories > 0 {
      codes.append(0)
    } else {
      numbers.append(.nan)
    }
  }

  var item: Item {
    let answers: Item.Answers =
      switch source.answers {
      case .codes: .codes(codes.map { UInt8($0) })
      case .wideCodes: .wideCodes(codes)
      case .numbers: .numbers(numbers)
      }
    return Item(name: source.name, measurement: source.measurement, answers: answers)
  }
}
