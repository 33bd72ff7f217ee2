import Foundation
import TesseraMath

/// Where an EM climb stands.
struct LatentLogitState: Sendable {
  var shares: [Double]
  /// A row a class, in the units of the design.
  var betas: [[Double]]
  /// People × classes.
  var posterior: Matrix
  /// Σ w ln P, without the penalty.
  var logLikelihood: Double
  /// What is climbed: the log-likelihood less the penalty.
  var objective: Double
  var rounds = 0
  var isConverged = false
}

/// Climbs from starts to maxima of a mixture of logits.
struct LatentLogitClimber: Sendable {
  let design: LogitDesign
  let classes: Int
  /// For each menu its person, from 0 in the order of occurrence.
  let persons: [Int]
  let people: Int
  /// One for each person.
  let personWeights: [Double]
  let weightSum: Double
  /// The coefficients of one class for all.
  let pooled: [Double]
  /// People × attributes: where each person's choices pull everybody's coefficients.
  let tastes: Matrix
  private let penalty = 1e-4

  init(_ table: ChoiceTable, classes: Int) throws(ConditionalLogitError) {
    design = try LogitDesign(table)
    self.classes = classes
    var place: [Int: Int] = [:]
    let given = table.persons.isEmpty ? Array(0..<table.count) : table.persons
    var persons: [Int] = []
    var weights: [Double] = []
    for (menu, person) in given.enumerated() {
      if let known = place[person] {
        persons.append(known)
      } else {
        place[person] = weights.count
        persons.append(weights.count)
        weights.append(table.weights[menu])
      }
    }
    self.persons = persons
    people = weights.count
    personWeights = weights
    weightSum = weights.reduce(0, +)
    let everybody = try LogitClimb(design, weights: table.weights, mostSteps: 60)
    pooled = everybody.beta
    tastes = Self.tastes(design, everybody.place, persons: persons, people: weights.count)
  }

  /// Each person's part of the gradient, in units of what chance alone would make of it.
  private static func tastes(
    _ design: LogitDesign, _ place: LogitPlace, persons: [Int], people: Int
  ) -> Matrix {
    let width = design.scales.count
    var result = Matrix(rows: people, columns: width)
    var menus = [Double](repeating: 0, count: people)
    for (menu, person) in persons.enumerated() {
      menus[person] += 1
      for row in design.starts[menu]..<design.starts[menu + 1] {
        let residual = (row == design.chosen[menu] ? 1 : 0) - place.chances[row]
        for column in 0..<width {
          result[person, column] += residual * design.attributes[row, column]
        }
      }
    }
    for person in 0..<people {
      for column in 0..<width {
        let spread = (menus[person] * max(place.information[column, column], 1e-12)).squareRoot()
        result[person, column] /= spread
      }
    }
    return result
  }

  /// A random start around the coefficients of everybody.
  func start(_ stream: inout RandomStream) -> LatentLogitState {
    var betas: [[Double]] = []
    for _ in 0..<classes {
      let noise = stream.normals(pooled.count)
      betas.append(
        classes == 1
          ? pooled : pooled.indices.map { pooled[$0] + noise[$0] * (0.5 + abs(pooled[$0])) })
    }
    var state = LatentLogitState(
      shares: [Double](repeating: 1 / Double(classes), count: classes), betas: betas,
      posterior: Matrix(rows: people, columns: classes), logLikelihood: 0, objective: 0)
    _ = shareOut(&state)
    return state
  }

  /// EM until the objective rises no more, or the rounds are over, or until it is plain that a
  /// rival's objective will not be reached.
  func climb(
    _ begin: LatentLogitState, rounds: Int, tolerance: Double, rival: Double = -.infinity,
    outlook: Double = 8
  ) -> LatentLogitState {
    var state = begin
    var lastGain = Double.infinity
    var chances = shareOut(&state)
    for _ in 0..<rounds where !state.isConverged {
      let before = state
      for kind in 0..<classes {
        var sum = 0.0
        for person in 0..<people { sum += personWeights[person] * before.posterior[person, kind] }
        state.shares[kind] = sum / weightSum
      }
      let steps = (0..<classes).map { newtonStep($0, before, chances[$0]) }
      var length = 1.0
      repeat {
        for kind in 0..<classes {
          for index in pooled.indices {
            state.betas[kind][index] = before.betas[kind][index] + length * steps[kind][index]
          }
        }
        chances = shareOut(&state)
        length /= 2
      } while !(state.objective >= before.objective) && length > 1e-6
      guard state.objective >= before.objective else {
        // Nothing but rounding is left to gain.
        state = before
        state.isConverged = true
        break
      }
      state.rounds += 1
      let gain = state.objective - before.objective
      if gain < tolerance * abs(state.objective) {
        state.isConverged = true
      } else if state.objective + outlook * max(gain, lastGain) < rival {
        break
      }
      lastGain = gain
    }
    return state
  }

  /// E step: chances of all alternatives in each class, and everybody's membership.
  func shareOut(_ state: inout LatentLogitState) -> [[Double]] {
    var logs = Matrix(rows: people, columns: classes)
    var all: [[Double]] = []
    var penalised = 0.0
    for kind in 0..<classes {
      let chances = chances(state.betas[kind])
      let share = log(max(state.shares[kind], 1e-300))
      for person in 0..<people { logs[person, kind] = share }
      for menu in persons.indices {
        logs[persons[menu], kind] += log(max(chances[design.chosen[menu]], 1e-300))
      }
      all.append(chances)
      penalised += penalty / 2 * dot(state.betas[kind], state.betas[kind])
    }
    let sums = logs.normaliseLogRows()
    state.logLikelihood = dot(sums, personWeights)
    state.objective = state.logLikelihood - penalised
    state.posterior = logs
    return all
  }

  /// Chances of all alternatives.
  func chances(_ beta: [Double]) -> [Double] {
    var chances = design.attributes.multiplied(by: beta)
    _ = LogitPlace.normalise(
      &chances, starts: design.starts, chosen: design.chosen, weights: nil)
    return chances
  }

  /// M step: one Newton step of a class on its own weighted, penalised logit.
  func newtonStep(
    _ kind: Int, _ state: LatentLogitState, _ chances: [Double]
  ) -> [Double] {
    let weights = persons.map { personWeights[$0] * state.posterior[$0, kind] }
    let place = LogitPlace(design, chances: chances, weights)
    var (information, gradient) = (place.information, place.gradient)
    for index in pooled.indices {
      information[index, index] += penalty
      gradient[index] -= penalty * state.betas[kind][index]
    }
    guard let factor = try? Cholesky(information) else {
      return [Double](repeating: 0, count: pooled.count)
    }
    return factor.solve(gradient)
  }

  /// Standard errors in the units of the design, from outer products of people's scores.
  func standardErrors(_ state: LatentLogitState) -> [[Double]] {
    let width = pooled.count
    let size = classes * width + classes - 1
    var scores = Matrix(rows: people, columns: size)
    for kind in 0..<classes {
      let chances = chances(state.betas[kind])
      for menu in persons.indices {
        let person = persons[menu]
        let share = state.posterior[person, kind]
        for row in design.starts[menu]..<design.starts[menu + 1] {
          let residual = share * ((row == design.chosen[menu] ? 1 : 0) - chances[row])
          for column in 0..<width {
            scores[person, kind * width + column] += residual * design.attributes[row, column]
          }
        }
      }
      guard kind > 0 else { continue }
      for person in 0..<people {
        scores[person, classes * width + kind - 1] =
          state.posterior[person, kind] - state.shares[kind]
      }
    }
    guard let factor = try? Cholesky(scores.crossProduct(weights: personWeights)) else {
      return [[Double]](
        repeating: [Double](repeating: .nan, count: width), count: classes)
    }
    let covariance = factor.inverse()
    return (0..<classes).map { kind in
      (0..<width).map { column in
        let index = kind * width + column
        return max(0, covariance[index, index]).squareRoot()
      }
    }
  }
}
