import TesseraMath

extension LatentLogitClimber {
  /// Newton steps from everybody's coefficients towards those of given people.
  private static let steps = 3
  /// What a person keeps of the class a start puts them in; the rest is spread over all.
  private static let trust = 0.9

  /// Elementary operations of a round, roughly.
  var roundCost: Double {
    let width = Double(pooled.count)
    return Double(design.attributes.rows * classes) * (width * width / 2 + 3 * width + 30)
  }

  /// The start with a given number: by turns noise around everybody's coefficients, people near one
  /// of a few drawn far apart, slices of everybody along a direction of taste, and random groups.
  func start(number: Int, _ stream: inout RandomStream) -> LatentLogitState {
    guard classes > 1 else { return start(&stream) }
    switch number % 4 {
    case 1: return start(in: nearSeeds(&stream))
    case 2: return start(in: slices(Array(0..<people), into: Array(0..<classes), &stream))
    case 3: return start(in: (0..<people).map { _ in stream.below(classes) })
    default: return start(&stream)
    }
  }

  /// One class given up, its people left to the next likeliest, and another cut in two.
  func rearranged(_ state: LatentLogitState, _ stream: inout RandomStream) -> LatentLogitState {
    let gone = stream.below(classes)
    var groups = (0..<people).map { person -> Int in
      let row = state.posterior.row(person)
      let first = row.startIndex
      return (0..<classes).filter { $0 != gone }.max { row[first + $0] < row[first + $1] } ?? 0
    }
    let left = Set(groups).sorted()
    let cut = left[stream.below(left.count)]
    let members = groups.indices.filter { groups[$0] == cut }
    for (person, group) in zip(members, slices(members, into: [cut, gone], &stream)) {
      groups[person] = group
    }
    return start(in: groups)
  }

  /// Coefficients of given groups of people, and what follows from them.
  private func start(in groups: [Int]) -> LatentLogitState {
    var memberships = Matrix(
      rows: people, columns: classes, repeating: (1 - Self.trust) / Double(classes))
    var shares = [Double](repeating: 0, count: classes)
    for (person, group) in groups.enumerated() { memberships[person, group] += Self.trust }
    for person in 0..<people {
      for kind in 0..<classes {
        shares[kind] += personWeights[person] * memberships[person, kind] / weightSum
      }
    }
    var state = LatentLogitState(
      shares: shares, betas: [[Double]](repeating: pooled, count: classes),
      posterior: memberships, logLikelihood: 0, objective: 0)
    for _ in 0..<Self.steps {
      for kind in 0..<classes {
        let step = newtonStep(kind, state, chances(state.betas[kind]))
        // Steps from afar can overshoot.
        let largest = step.map(\.magnitude).max() ?? 0
        let length = largest > 2 ? 2 / largest : 1
        for index in pooled.indices { state.betas[kind][index] += length * step[index] }
      }
    }
    _ = shareOut(&state)
    return state
  }

  /// Everybody with the nearest of as many people as classes, drawn far from each other.
  private func nearSeeds(_ stream: inout RandomStream) -> [Int] {
    var groups = [Int](repeating: 0, count: people)
    var nearest = [Double](repeating: .infinity, count: people)
    var chances = personWeights
    for kind in 0..<classes {
      guard chances.contains(where: { $0 > 0 }) else { break }
      let seed = stream.categorical(chances)
      for person in 0..<people {
        var distance = 0.0
        for column in pooled.indices {
          let gap = tastes[person, column] - tastes[seed, column]
          distance += gap * gap
        }
        if distance < nearest[person] { (nearest[person], groups[person]) = (distance, kind) }
        chances[person] = personWeights[person] * nearest[person]
      }
    }
    return groups
  }

  /// People cut into classes along a random direction of taste; one part may be small.
  private func slices(
    _ members: [Int], into kinds: [Int], _ stream: inout RandomStream
  ) -> [Int] {
    let direction = stream.normals(pooled.count)
    let places = members.map { person in
      pooled.indices.reduce(0) { $0 + direction[$1] * tastes[person, $1] }
    }
    let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    let cuts = stream.dirichlet([Double](repeating: 1, count: kinds.count))
    var result = [Int](repeating: kinds[0], count: members.count)
    var (kind, end) = (0, cuts[0] * Double(order.count))
    for (rank, place) in order.enumerated() {
      while Double(rank) >= end, kind + 1 < kinds.count {
        kind += 1
        end += cuts[kind] * Double(order.count)
      }
      result[place] = kinds[kind]
    }
    return result
  }
}
