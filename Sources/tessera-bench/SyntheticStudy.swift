import Foundation
import TesseraMath

/// A whole study drawn from a seed: five planted segments, whose members differ in every active
/// variable and in what they need, and a catalogue whose products serve needs through features.
struct SyntheticStudy {
  let respondents: Int
  let features: Int
  let productCount: Int
  let needs: Int
  let seed: UInt64
  /// The active variables.
  let variables: [Question]
  private let importance: [[Double]]
  private let satisfaction: [[Double]]

  /// An active variable and its law by segment.
  struct Question {
    enum Kind {
      case ticked, scale, nominal, number
    }

    let name: String
    let kind: Kind
    /// By segment: a chance, a centre on the scale, chances of answers, or a mean.
    let law: [[Double]]
  }

  private static let sizes = [0.3, 0.25, 0.2, 0.15, 0.1]
  private static let cuts = [-1.3, -0.45, 0.35, 1.2]
  private static let missing = 0.03
  private static let channels = ["tv", "radio", "newspaper", "social", "search", "web"]
  private static let stops = 3

  init(
    respondents: Int, variables: Int, needs: Int, features: Int, products: Int, seed: UInt64
  ) {
    self.respondents = respondents
    self.needs = needs
    self.features = features
    productCount = products
    self.seed = seed
    var random = RandomStream(seed: seed).split(0)
    let segments = Self.sizes.count
    self.variables = (0..<variables).map { place in
      let kind: Question.Kind =
        switch place % 10 {
        case 0..<4: .ticked
        case 4..<7: .scale
        case 7, 8: .nominal
        default: .number
        }
      let law: [[Double]] = (0..<segments).map { _ in
        switch kind {
        case .ticked: [1 / (1 + exp(0.4 - 1.1 * random.normal()))]
        case .scale, .number: [0.8 * random.normal()]
        case .nominal: random.dirichlet([Double](repeating: 1.5, count: 4))
        }
      }
      return Question(name: "v\(place + 1)", kind: kind, law: law)
    }
    importance = (0..<needs).map { _ in (0..<segments).map { _ in 0.9 * random.normal() } }
    satisfaction = (0..<needs).map { _ in (0..<segments).map { _ in 0.6 * random.normal() } }
  }

  /// The survey as comma-separated text; an empty cell is a gap.
  func survey() -> String {
    let stream = RandomStream(seed: seed).split(1)
    var header = ["id", "weight", "income", "max_price"] + variables.map(\.name)
    for need in 0..<needs { header += ["imp\(need + 1)", "sat\(need + 1)"] }
    header += Self.channels + (0..<Self.stops).map { "stop\($0 + 1)" }
    var text = header.joined(separator: ",") + "\n"
    for respondent in 0..<respondents {
      var random = stream.split(respondent)
      text += row(respondent, &random).joined(separator: ",") + "\n"
    }
    return text
  }

  private func row(_ respondent: Int, _ random: inout RandomStream) -> [String] {
    let segment = random.categorical(Self.sizes)
    func scale(_ centre: Double) -> String {
      let felt = centre + 0.9 * random.normal()
      return random.uniform() < Self.missing ? "" : "\(1 + Self.cuts.count { $0 < felt })"
    }
    func tick(_ chance: Double) -> String { random.uniform() < chance ? "1" : "0" }
    let income = exp(3.7 + 0.1 * Double(segment) + 0.5 * random.normal())
    var cells = [
      "\(respondent + 1)", decimal(exp(0.3 * random.normal())), decimal(income),
      decimal(income * (0.4 + 0.5 * random.uniform())),
    ]
    for question in variables {
      let law = question.law[segment]
      switch question.kind {
      case .ticked: cells.append(tick(law[0]))
      case .scale: cells.append(scale(law[0]))
      case .nominal:
        let answer = random.categorical(law)
        cells.append(
          random.uniform() < Self.missing ? "" : ["north", "south", "east", "west"][answer])
      case .number: cells.append("\(Int((50 + 10 * (law[0] + random.normal())).rounded()))")
      }
    }
    for need in 0..<needs {
      cells.append(scale(importance[need][segment]))
      cells.append(scale(satisfaction[need][segment]))
    }
    for channel in Self.channels.indices {
      cells.append(tick(0.2 + 0.1 * Double((channel + segment) % 5)))
    }
    for stop in 0..<Self.stops { cells.append(tick(0.15 + 0.08 * Double((stop + segment) % 4))) }
    return cells
  }

  private func decimal(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  /// Levels run from 0 to 10; every third feature after the price has named levels.
  private func isNamed(_ feature: Int) -> Bool { feature % 3 == 2 }

  /// The products; the price from 10 to 60, one cell in fifty unknown.
  func products() -> String {
    var random = RandomStream(seed: seed).split(2)
    var text = (["product"] + (0..<features).map(featureName)).joined(separator: ",") + "\n"
    for product in 0..<productCount {
      var cells = ["p\(product + 1)", "\(10 + random.below(51))"]
      for feature in 1..<features {
        let cell =
          isNamed(feature) ? ["none", "some", "full"][random.below(3)] : "\(random.below(11))"
        cells.append(random.uniform() < 0.02 ? "" : cell)
      }
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  /// Each need asks three or four features, one in eight of them the other way round.
  func relations() -> String {
    var random = RandomStream(seed: seed).split(3)
    var text = (["need"] + (0..<features).map(featureName)).joined(separator: ",") + "\n"
    for need in 0..<needs {
      var row = [Int](repeating: 0, count: features)
      for place in 0..<3 + need % 2 {
        let strength = [9, 3, 1, 3][place]
        row[random.below(features)] = place > 0 && random.uniform() < 0.125 ? -strength : strength
      }
      if need == 0 { row[0] = 9 }
      // The first draw may have been overwritten; a need must keep what serves it.
      if row.allSatisfy({ $0 <= 0 }) { row[1 + need % (features - 1)] = 9 }
      text += (["n\(need + 1)"] + row.map { $0 == 0 ? "" : "\($0)" }).joined(separator: ",") + "\n"
    }
    return text
  }

  private func featureName(_ feature: Int) -> String {
    feature == 0 ? "price" : "f\(feature + 1)"
  }

  /// The study file.
  func file(_ head: String, segments: String, starts: Int, stability: Int) -> String {
    var lines = [
      "# Simulated from a seed, to time the tool; nothing in it is real.", head, "survey:",
      "  file: respondents.csv", "  id: id", "  weight: weight", "  levels:",
    ]
    for question in variables {
      switch question.kind {
      case .ticked, .nominal: lines.append("    \(question.name): nominal")
      case .scale: lines.append("    \(question.name): ordinal")
      case .number: lines.append("    \(question.name): numeric")
      }
    }
    lines += [
      "segments:", "  active: [\(variables.map(\.name).joined(separator: ", "))]",
      "  passive: [\(Self.channels.joined(separator: ", "))]", "  count: \(segments)",
      "  starts: \(starts)", "  stability: \(stability)", "need_scale: [1, 5]", "needs:",
    ]
    for need in 1...needs {
      lines.append("  n\(need): { importance: imp\(need), satisfaction: sat\(need) }")
    }
    lines += [
      "features:", "  price: { value: { burden: { income: income, full_at: 0.4, zero_at: 1.5 } } }",
    ]
    for feature in 1..<features {
      lines.append(
        "  \(featureName(feature)): "
          + (isNamed(feature)
            ? "{ levels: { none: 0, some: 0.5, full: 1 } }" : "{ value: { linear: [0, 10] } }"))
    }
    lines += [
      "products: products.csv", "relations: relations.csv", "barriers:",
      "  too_dear: { violated_when: \"price > max_price\" }",
      "  bare: { violated_when: \"f3 < some\", held_by: \"stop1 = 1\" }",
      "  weak: { violated_when: \"f2 < 3\", held_by: \"stop2 = 1\", strength: 0.5 }",
      "edits:",
      "  cheaper: { product: p1, set: { price: 12 }, cost: 300 }",
      "  fuller: { product: p1, set: { f3: full }, cost: 200 }",
      "  both: { product: p1, set: { price: 12, f3: full }, cost: 450 }",
      "channels: [\(Self.channels.joined(separator: ", "))]",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
