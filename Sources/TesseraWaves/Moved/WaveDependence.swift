import TesseraMath
import TesseraSegmentation

/// How alike the same person answers in two waves, and people of one cluster, under a model in which
/// nothing changed.
///
/// With a chance ρ a person keeps their place in the distribution of segments from one wave to the
/// next, else it is drawn anew; given that segment, an answer is repeated with a chance of its own.
/// ρ is the maximum of Σ log(1 - ρ + ρ q), where q = Σ_k r_k r'_k / π_k holds the posterior
/// probabilities of the two waves; the chances of repeating follow from how often answers agree.
struct WaveDependence: Sendable {
  /// Chance that a person keeps their place from wave to wave.
  private(set) var stay = 0.0
  /// Chance that a person takes the place of their cluster.
  private(set) var cluster = 0.0
  /// For each item the chance that an answer is repeated in the same segment.
  private(set) var repeats: [Double]
  /// Rows of the same person in the wave before; -1 for none.
  let previous: [Int]

  /// Nobody is like anybody.
  static func none(rows: Int, items: Int) -> WaveDependence {
    WaveDependence(
      repeats: [Double](repeating: 0, count: items), previous: [Int](repeating: -1, count: rows))
  }

  private init(repeats: [Double], previous: [Int]) {
    self.repeats = repeats
    self.previous = previous
  }

  /// Pairs within clusters that are looked at.
  private static let mostPairs = 20_000

  init(_ answers: WaveAnswers, _ model: RefittedModel) {
    repeats = [Double](repeating: 0, count: answers.table.items.count)
    let rows = (0..<answers.waves.count).sorted {
      (answers.waves[$0], $0) < (answers.waves[$1], $1)
    }
    var last: [Int: Int] = [:]
    var previous = [Int](repeating: -1, count: rows.count)
    for row in rows where answers.persons[row] >= 0 {
      if let before = last[answers.persons[row]] { previous[row] = before }
      last[answers.persons[row]] = row
    }
    self.previous = previous
    let (posterior, sizes) = (model.posterior, model.model.prevalence)
    let pairs = previous.indices.filter { previous[$0] >= 0 }
    stay = Self.share(pairs.map { Self.agreement(posterior, $0, previous[$0], sizes) })
    if !pairs.isEmpty {
      for (place, item) in answers.table.items.enumerated() {
        repeats[place] = repetition(item, model.model.items[place], pairs, posterior, sizes)
      }
    }
    if !answers.clusters.isEmpty {
      let found = Self.clusterPairs(answers).map {
        Self.agreement(posterior, $0.0, $0.1, sizes)
      }
      // Two people share a place only if both take that of the cluster.
      cluster = Self.share(found).squareRoot()
    }
  }

  /// How much likelier two rows are in one segment than by chance.
  private static func agreement(
    _ posterior: Matrix, _ one: Int, _ other: Int, _ sizes: [Double]
  ) -> Double {
    sizes.indices.reduce(0) {
      $0 + posterior[one, $1] * posterior[other, $1] / max(sizes[$1], 1e-9)
    }
  }

  /// The maximum of Σ log(1 - ρ + ρ q) on 0 to 0.999, by EM.
  private static func share(_ ratios: [Double]) -> Double {
    guard !ratios.isEmpty else { return 0 }
    var share = 0.5
    for _ in 0..<500 {
      let next =
        ratios.reduce(0) { $0 + share * $1 / (1 - share + share * $1) } / Double(ratios.count)
      if abs(next - share) < 1e-7 { break }
      share = next
    }
    return min(0.999, max(0, share))
  }

  /// Pairs of different people of one cluster, spread over the clusters.
  private static func clusterPairs(_ answers: WaveAnswers) -> [(Int, Int)] {
    var members: [Int: [Int]] = [:]
    for (row, cluster) in answers.clusters.enumerated() {
      members[cluster, default: []].append(row)
    }
    let most = max(1, mostPairs / max(1, members.count))
    var pairs: [(Int, Int)] = []
    for cluster in members.keys.sorted() {
      let rows = members[cluster] ?? []
      var taken = 0
      for gap in 1..<max(2, rows.count) where taken < most {
        for place in 0..<(rows.count - gap) where taken < most {
          let (one, other) = (rows[place], rows[place + gap])
          if answers.persons[one] >= 0, answers.persons[one] == answers.persons[other] { continue }
          pairs.append((one, other))
          taken += 1
        }
      }
    }
    return pairs
  }

  /// The chance that an answer is repeated, by how often answers of the same person agree.
  private func repetition(
    _ item: Item, _ model: ItemModel, _ pairs: [Int], _ posterior: Matrix, _ sizes: [Double]
  ) -> Double {
    var found = 0.0
    var expected = 0.0
    var most = 0.0
    for row in pairs where !item.isMissing(row) && !item.isMissing(previous[row]) {
      let before = previous[row]
      let joint = joint(posterior, row, before, sizes)
      switch model.distribution {
      case .categories(let chances), .adjacentCategories(let chances, _, _, _):
        found += item.code(row) == item.code(before) ? 1 : 0
        for one in sizes.indices {
          for other in sizes.indices {
            let agree = zip(chances[one], chances[other]).reduce(0) { $0 + $1.0 * $1.1 }
            expected += joint[one, other] * agree
            if one == other { most += joint[one, other] * (1 - agree) }
          }
        }
      case .normal, .counts, .zeroInflated:
        guard case .numbers(let numbers) = item.answers, let variances = model.variances
        else { continue }
        let means = model.means
        for latent in sizes.indices {
          found +=
            joint[latent, latent] * (numbers[row] - means[latent])
            * (numbers[before] - means[latent])
          most += joint[latent, latent] * variances[latent]
        }
      }
    }
    // Less than chance alone would give is nothing.
    guard most > 1e-9, found - expected > 2 * most.squareRoot() else { return 0 }
    return min(0.95, (found - expected) / most)
  }

  /// Chances of each pair of segments of a person in two waves, given the answers of both.
  private func joint(
    _ posterior: Matrix, _ row: Int, _ before: Int, _ sizes: [Double]
  ) -> Matrix {
    var joint = Matrix(rows: sizes.count, columns: sizes.count)
    var sum = 0.0
    for one in sizes.indices {
      for other in sizes.indices {
        let tie = one == other ? stay / max(sizes[one], 1e-9) : 0
        joint[one, other] = posterior[row, one] * posterior[before, other] * (tie + 1 - stay)
        sum += joint[one, other]
      }
    }
    for place in joint.values.indices { joint.values[place] /= max(sum, 1e-300) }
    return joint
  }
}
