import TesseraDesign
import TesseraMath

/// What a response distribution must bring to a latent class model.
///
/// A family describes the answers to one item (or a pair, or a block of items) in each class. Its
/// likelihood is read from a table by code (`cells`), computed from numbers (`columns`), or both. Its
/// free parameters live on scales without borders: log-ratios, means, log variances, log rates.
protocol Family: Sendable {
  // MARK: - Size

  /// Codes of its answers, the one for a missing answer (0) included; 0 if none is read by code.
  var cells: Int { get }
  /// Codes of answers given in full.
  var answeredCodes: [Int] { get }
  /// Numeric columns it needs.
  var columns: Int { get }
  /// Whether its numbers count something: they stay as they are, and -ln y! is left out.
  var isCount: Bool { get }
  /// Whether the likelihood has a greatest value without a prior.
  var isBounded: Bool { get }
  /// Its parameters.
  var tables: [ParameterTable.Form] { get }
  /// Free parameters of one class alone.
  func ownFree(latent: Int) -> Int
  /// Free parameters common to the classes.
  var sharedFree: Int { get }

  // MARK: - EM

  /// Writes into `logs` the log chances of its codes at `em.theta`; that of code 0 is 0 already.
  func fillLogs(_ factor: LatentFactor, _ em: EM, into logs: inout [Double])
  /// Writes what the sweep needs to weigh its numbers at `em.theta`.
  func fillNumbers(_ factor: LatentFactor, _ em: EM, of sweep: any LatentSweeping)
  /// M-step: writes into `em.image` the parameters that fit the last sweep best, prior included.
  func maximise(_ factor: LatentFactor, _ em: EM)
  /// Adds the log density of `em.theta` under the prior, but for a constant.
  func addLogPrior(_ factor: LatentFactor, _ em: EM, to result: inout Double)
  /// Holds proposed parameters to what the M-step allows.
  func keepAboveFloors(_ factor: LatentFactor, _ em: EM)
  /// Puts the parameters back on the scale where the first class is the reference, after classes have
  /// changed places.
  func refer(_ factor: LatentFactor, _ theta: inout [Double], classes: Int)

  // MARK: - Starts

  /// Writes parameters from weights of the codes and from numbers, class by class.
  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double)
  /// Splits class `chosen` in two that lie on either side of it.
  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream)
  /// Writes a random point well inside the parameter space.
  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream)

  // MARK: - The model in the units of the answers

  /// The distribution of each item at `em.theta`.
  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution]
  /// The numbers of its tables in a model; `nil` if the model has another form.
  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]?

  // MARK: - Inference

  /// Log chance of an answer in a class, but for what no parameter changes.
  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double
  /// Writes the derivatives of the log chance of an answer by the free parameters, from `at.start` on.
  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double])
  /// Adds the expected curvature of a class's log-likelihood, prior included.
  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix)
  /// How each number told of an item in a class moves with the free parameters.
  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient]
  /// Chances that a class's own free parameters stand for, in their order, or those that its one
  /// parameter moves; empty where they are no chances.
  func chances(_ at: FactorInClass) -> [Double]
  /// Which of a class's own free parameters stand for a chance of 0.
  func borders(_ at: FactorInClass) -> [Bool]
  /// Chances at 0 or 1 though the answer was given, over all classes.
  func boundaryCount(_ factor: LatentFactor, _ em: EM) -> Int
  /// Classes whose variance stands at its least value.
  func classesAtFloor(_ factor: LatentFactor, _ em: EM) -> [Int]

  // MARK: - Drawing

  /// Chances of the answers, worked out once for many draws.
  func drawingChances(_ at: FactorInClass) -> [Double]
  /// Draws an answer of a class.
  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream)
  /// One item's category in a code.
  func category(_ code: Int, member: Int) -> Int
  /// The code of a number, where numbers have one.
  func code(of number: Double) -> Int
}

/// A factor in one class of a model.
struct FactorInClass {
  let factor: LatentFactor
  let latent: Int
  /// All numbers of the model.
  let theta: [Double]
  /// First of the factor's columns among the packed columns of the class.
  let start: Int
  /// Its free parameters that matter in the class, the class's own before those of all.
  let columns: [Int]
  /// Position of the greatest number of the first table: the category the others are compared with.
  let likeliest: Int

  init(_ factor: LatentFactor, _ latent: Int, theta: [Double], start: Int, columns: [Int]) {
    self.factor = factor
    self.latent = latent
    self.theta = theta
    self.start = start
    self.columns = columns
    let row = theta[factor.table.row(latent)]
    likeliest = row.indices.reduce(row.startIndex) { row[$1] > row[$0] ? $1 : $0 } - row.startIndex
  }

  /// The class's row of a table.
  func row(_ table: Int = 0) -> [Double] { Array(theta[factor.tables[table].row(latent)]) }
  /// The first number of a row, and often the only one.
  func number(_ table: Int = 0) -> Double { theta[factor.tables[table].index(latent)] }
  /// The code of an answer; 0 where it is missing.
  func code(_ answers: LatentAnswers) -> Int { answers.codes[factor.position] }
  /// The number of an answer; NaN where it is missing.
  func value(_ answers: LatentAnswers) -> Double { answers.numbers[factor.firstColumn] }
}

/// A number of a model, the scale of its interval, and its derivatives by free parameters.
struct FamilyGradient {
  let value: Double
  let scale: IntervalScale
  let slopes: [(Int, Double)]
}

extension Family {
  var cells: Int { 0 }
  var answeredCodes: [Int] { Array(1..<max(2, cells)) }
  var columns: Int { 0 }
  var isCount: Bool { false }
  var isBounded: Bool { true }
  var sharedFree: Int { 0 }

  /// Free parameters in a model of so many classes, estimates at a boundary included.
  func freeParameters(classes: Int) -> Int {
    (0..<classes).reduce(sharedFree) { $0 + ownFree(latent: $1) }
  }

  func fillLogs(_ factor: LatentFactor, _ em: EM, into logs: inout [Double]) {}
  func fillNumbers(_ factor: LatentFactor, _ em: EM, of sweep: any LatentSweeping) {}
  func keepAboveFloors(_ factor: LatentFactor, _ em: EM) {}
  func refer(_ factor: LatentFactor, _ theta: inout [Double], classes: Int) {}

  /// Imaginary respondents who answer as everybody does.
  func addLogPrior(_ factor: LatentFactor, _ em: EM, to result: inout Double) {
    let (prior, classes) = (em.prior.categories, em.layout.classes)
    guard prior > 0 else { return }
    let share = 1 / Double(classes)
    for cell in factor.firstCell..<factor.firstCell + factor.cells
    where em.marginals.shares[cell] > 0 {
      for latent in 0..<classes {
        result += prior * share * em.marginals.shares[cell] * em.logs[cell * classes + latent]
      }
    }
  }

  func chances(_ at: FactorInClass) -> [Double] { [] }
  func borders(_ at: FactorInClass) -> [Bool] { [] }
  func boundaryCount(_ factor: LatentFactor, _ em: EM) -> Int { 0 }
  func classesAtFloor(_ factor: LatentFactor, _ em: EM) -> [Int] { [] }
  func drawingChances(_ at: FactorInClass) -> [Double] { [] }
  func category(_ code: Int, member: Int) -> Int { code }
  func code(of number: Double) -> Int { 0 }
}

extension Item.Measurement {
  /// The distribution that a latent class model gives the answers: a new one is a line here.
  var family: any Family {
    switch self {
    case .nominal(let categories), .ordinal(let categories, .nominal):
      CategoricalFamily(categories: categories)
    case .binary: CategoricalFamily(categories: 2)
    case .ordinal(let categories, .adjacentCategory(let scores)):
      AdjacentFamily(scores: scores.isEmpty ? (1...categories).map(Double.init) : scores)
    case .gaussian(let variance): NormalFamily(variance: variance)
    case .poisson: PoissonFamily()
    case .zeroInflated: ZeroInflatedFamily()
    }
  }
}
