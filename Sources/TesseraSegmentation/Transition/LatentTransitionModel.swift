public import TesseraMath

/// People seen at several times belong at each time to a class, and change class between times; their
/// answers depend on the class of the time alone (a hidden Markov model, latent transition analysis).
///
/// Profiles are the same at all times, so that a class means the same throughout.
///
/// - Reference: Collins & Lanza (2010), *Latent Class and Latent Transition Analysis*, chapter 7;
///   Bartolucci, Farcomeni & Pennoni (2013), *Latent Markov Models for Longitudinal Data*.
public struct LatentTransitionModel: Sendable, Equatable {
  /// Whether the chances to change class depend on the time.
  public enum Transitions: String, Sendable, CaseIterable {
    /// The same from each time to the next.
    case constant
    /// Each step has its own.
    case free
  }

  /// Shares of the classes at the first time.
  public let initial: [Double]
  /// Chances to go from a class (row) to a class (column): one matrix for all steps, or one a step.
  public let steps: [Matrix]
  /// How each item is answered in each class.
  public let items: [ItemModel]
  /// What shares and chances depend on; absent without covariates.
  ///
  /// ``initial`` and ``steps`` are then means over people.
  public let dependence: Dependence?

  /// Log-odds by covariates of people; the first number of each row is the intercept.
  public struct Dependence: Sendable, Equatable {
    /// Of the first time, a row a class; the first class has 0.
    public let initial: [[Double]]
    /// Of moves, by class of origin a row for each class; staying has 0.
    public let moves: [[[Double]]]

    /// Makes log-odds.
    public init(initial: [[Double]], moves: [[[Double]]]) {
      self.initial = initial
      self.moves = moves
    }
  }

  /// Makes a model from its parts.
  public init(
    initial: [Double], steps: [Matrix], items: [ItemModel], dependence: Dependence? = nil
  ) {
    self.initial = initial
    self.steps = steps
    self.items = items
    self.dependence = dependence
  }

  /// Number of classes.
  public var classCount: Int { initial.count }

  /// Chances from one time to the next.
  ///
  /// - Parameter step: Which step, from 0.
  /// - Returns: From a class (row) to a class (column).
  public func transition(_ step: Int) -> Matrix { steps[min(step, steps.count - 1)] }

  /// Shares of the classes at each time, as initial shares and chances to change make them.
  ///
  /// - Parameter times: How many times.
  /// - Returns: Times x classes.
  public func shares(times: Int) -> [[Double]] {
    var rows = [initial]
    for step in 0..<max(0, times - 1) {
      let (from, chances) = (rows[step], transition(step))
      rows.append(
        (0..<classCount).map { to in
          (0..<classCount).reduce(0) { $0 + from[$1] * chances[$1, to] }
        })
    }
    return rows
  }

  /// Numbers that are free.
  public var parameterCount: Int {
    let classes = classCount
    let columns = dependence?.initial.first?.count ?? 1
    return columns * (classes - 1 + steps.count * classes * (classes - 1))
      + items.reduce(0) { sum, item in
        switch item.distribution {
        case .categories(let rows), .adjacentCategories(let rows, _, _, _):
          sum + classes * ((rows.first?.count ?? 1) - 1)
        case .normal: sum + 2 * classes
        case .counts: sum + classes
        case .zeroInflated: sum + 2 * classes
        }
      }
  }

  /// The same classes in another order.
  func reordered(_ order: [Int]) -> LatentTransitionModel {
    LatentTransitionModel(
      initial: order.map { initial[$0] },
      steps: steps.map { step in
        Matrix(order.map { from in order.map { step[from, $0] } })
      },
      items: items.map { $0.reordered(order) },
      dependence: dependence.map { old in
        // Held against the class that is the first now.
        let first = order.map { old.initial[$0] }
        return Dependence(
          initial: first.map { row in zip(row, first[0]).map { $0 - $1 } },
          moves: order.map { from in order.map { old.moves[from][$0] } })
      })
  }
}

extension ItemModel {
  /// The same item with its classes in another order.
  fileprivate func reordered(_ order: [Int]) -> ItemModel {
    func pick<Value>(_ values: [Value]) -> [Value] { order.map { values[$0] } }
    let distribution: Distribution =
      switch distribution {
      case .categories(let rows): .categories(pick(rows))
      case .adjacentCategories(let rows, _, _, _): .categories(pick(rows))
      case .normal(let means, let variances):
        .normal(means: pick(means), variances: pick(variances))
      case .counts(let rates): .counts(rates: pick(rates))
      case .zeroInflated(let zeros, let rates):
        .zeroInflated(zeros: pick(zeros), rates: pick(rates))
      }
    return ItemModel(name: name, measurement: measurement, distribution: distribution)
  }
}
