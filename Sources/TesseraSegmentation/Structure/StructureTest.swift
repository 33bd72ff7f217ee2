public import TesseraMath

/// Makes sets without segments and measures them as the data were measured.
public struct StructureTest: Sendable, Equatable {
  /// Sets of each kind; 50 give a usable 95% point.
  public var sets: Int

  /// Chooses how many sets to make.
  ///
  /// - Parameter sets: Sets of each kind, 1 or more.
  public init(sets: Int = 50) {
    self.sets = sets
  }

  /// What the method finds where there is nothing to find.
  public struct Nulls: Sendable, Equatable {
    /// Measures on sets whose columns were permuted.
    public let permuted: [StructureMeasure]
    /// Measures on sets with the same margins and correlations, but without segments.
    public let correlated: [StructureMeasure]
  }

  /// Makes and measures the sets.
  ///
  /// - Parameters:
  ///   - input: The respondents, categories as codes; gaps stay where they are.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told of each set.
  ///   - measure: Segments a set as the data were segmented, and measures the result.
  /// - Returns: The measures.
  /// - Throws: What `measure` throws, or an error if there are no correlations to imitate.
  public func nulls(
    of input: RespondentMatrix, random: RandomStream, workers: Workers = .single,
    progress: Progress = .silent,
    measure:
      @Sendable (_ set: RespondentMatrix, _ random: RandomStream)
      throws(SegmentationError) -> StructureMeasure
  ) throws(SegmentationError) -> Nulls {
    guard sets >= 1 else {
      throw .badSetting(
        name: "the number of sets without structure", value: Double(sets),
        remedy: "Make 1 or more.")
    }
    let people = try input.expanded()
    let copula = try GaussianCopula(people)
    let counter = StepCounter("structure", total: 2 * sets, progress: progress)
    let measured = try workers.tryMap(2 * sets) { index throws(SegmentationError) in
      let stream = random.split(index)
      var draws = stream.split(0)
      let set =
        index < sets
        ? try ColumnPermutation.draw(from: people, random: &draws)
        : try copula.draw(random: &draws)
      let result = try measure(set, stream.split(1))
      counter.step()
      return result
    }
    return Nulls(permuted: Array(measured.prefix(sets)), correlated: Array(measured.suffix(sets)))
  }
}

extension RespondentMatrix {
  /// Every respondent in a row of their own, where rows stood for several; zero weights gone.
  ///
  /// - Throws: Nothing in practice: the parts were checked before.
  func expanded() throws(SegmentationError) -> RespondentMatrix {
    let effective = weights.effective(count: values.rows)
    var rows: [Int] = []
    for row in 0..<values.rows where effective[row] > 0 {
      let copies = weights.kind == .frequency ? max(1, Int(effective[row].rounded())) : 1
      rows.append(contentsOf: repeatElement(row, count: copies))
    }
    let cells = Matrix(
      rows: rows.count, columns: values.columns, values: rows.flatMap { values.row($0) })
    return try RespondentMatrix(
      cells,
      weights: weights.kind == .sampling ? .sampling(rows.map { weights.values[$0] }) : .none)
  }
}

/// Data in which no variable knows of another: every column shuffled by itself.
enum ColumnPermutation {
  /// Shuffles the observed answers of each column among those who answered.
  static func draw(
    from input: RespondentMatrix, random: inout RandomStream
  ) throws(SegmentationError) -> RespondentMatrix {
    var values = input.values
    for column in 0..<values.columns {
      let observed = (0..<values.rows).filter { !values[$0, column].isNaN }
      var answers = observed.map { values[$0, column] }
      random.shuffle(&answers)
      for (row, answer) in zip(observed, answers) {
        values[row, column] = answer
      }
    }
    return try RespondentMatrix(values, weights: input.weights)
  }
}
