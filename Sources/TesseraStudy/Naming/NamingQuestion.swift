import Foundation
import TesseraDesign
import TesseraMath
import TesseraSurvey

/// A question as names see it: what it is called, and how far each segment is from all others.
struct NamingQuestion {
  enum Form: Equatable {
    /// Yes or no, or a member of a set.
    case tick
    /// Ratings.
    case scale(ScaleWords)
    /// A quantity: numbers, or ranges of them.
    case quantity
    /// One answer of several.
    case choice
  }

  /// One answer of a choice, or the yes of a tick.
  struct Answer {
    let label: String
    /// Share of each segment's members, and Cohen's h against all others; 0 where it may not be shown.
    let shares: [Double]
    let effects: [Double]
  }

  let variable: String
  /// The wording.
  let question: String
  /// The set that it is a member of.
  let set: String?
  /// Whether it made the segments.
  let isActive: Bool
  let form: Form
  /// How far each segment is from all others: Cohen's d of means (high above 0), h of ticks.
  let leans: [Double]
  /// Choices and ticks.
  let answers: [Answer]
  /// Questions of one battery share it.
  let battery: String?
  /// What it asks of people themselves.
  var topic: DraftWords.Topic?
  /// The same in a few words; `nil` if it cannot be said so.
  var words: String?
  /// Of a scale, the share of each segment above its middle, and below; of a quantity above what half of
  /// everybody has, and below; empty where it is not known.
  var upper: [Double] = []
  var lower: [Double] = []

  /// Whether most of a segment answer on the side of a scale that a name would say.
  func isHeld(by segment: Int, isHigh: Bool, share: Double = 0.5) -> Bool {
    let side = isHigh ? upper : lower
    return side.isEmpty || side[segment] >= share
  }
}

/// Reads questions for names.
struct NamingQuestions {
  private let context: ProfileContext

  init(_ context: ProfileContext) { self.context = context }

  /// The questions of some descriptors, without sensitive ones.
  func read(_ descriptors: [Descriptor]) -> [NamingQuestion] {
    // When people were asked does not name them.
    let told = descriptors.filter { descriptor in
      !context.sensitive.contains(descriptor.name)
        && !DraftWords.waves.contains(NameWords(descriptor.name).words.joined(separator: " "))
    }
    let unlabelled = told.filter { $0.label.isEmpty || $0.label == $0.name }.map(\.name)
    // `Knowledge_1` to `Knowledge_5` without labels do not say which item is meant.
    let numbered = Dictionary(grouping: unlabelled, by: ItemWords.bare)
      .flatMap { $0.value.count > 1 ? $0.value : [] }
    let codes = NameRubric.codes(among: unlabelled).union(numbered)
    // `nateduc` among `natheal` and `natcity` asks for no schooling.
    let families = NameRubric.families(among: told.map(\.name))
    // "Blair" among `vote` and `age` is a name.
    let isCapital = { (name: String) in name.first?.isUppercase == true }
    let keepsCapitals = unlabelled.count { !isCapital($0) } >= 3
    let common = told.map { question in
      question.withoutRare(
        minimum: context.rules.minimum, heads: context.units.heads, keepsAll: false
      ).question
    }
    var scales: [[String]: ScaleWords.Scale?] = [:]
    var questions = common.compactMap(\.self).flatMap { one($0, &scales) }
    for place in questions.indices where families.contains(questions[place].variable) {
      let rest = String(questions[place].variable.dropFirst(NameRubric.stem))
      if let topic = questions[place].topic, Question.topic([rest]) == topic {
        questions[place].topic = nil
      }
    }
    // What all labels of a battery begin with is said once, in the question.
    let groups = Dictionary(grouping: questions.indices) { place -> String in
      let one = questions[place]
      return one.battery.map { "\($0) \(ItemStem.of(one.variable) ?? "")" } ?? ""
    }
    let asked = ItemWords.shared(
      questions.map { $0.question.isEmpty ? $0.variable : $0.question })
    for (battery, members) in groups {
      let labels = members.map { questions[$0].question }
      let shared = battery.isEmpty || members.count < 3 ? "" : QuestionBlock.shared(labels)
      let areNames = ItemWords.areNames(labels)
      for place in members {
        let one = questions[place]
        questions[place].words = ItemWords.of(
          label: one.question, name: one.variable, shared: shared, asked: asked,
          isCode: codes.contains(one.variable),
          keepsCase: areNames || (keepsCapitals && unlabelled.contains(one.variable)))
      }
      // "Oct" and "Mon" are not understood without their question.
      let said = members.compactMap { questions[$0].words }
      guard battery.hasPrefix("set "), said.count >= 3, said.allSatisfy({ $0.count <= 4 }),
        let set = questions[members[0]].set,
        let asked = ItemWords.of(label: set, name: "", isCode: true)
      else { continue }
      for place in members {
        questions[place].words = questions[place].words.map { "\(asked): \($0)" }
      }
    }
    return questions
  }

  /// Batteries share their labels, which are read once.
  private func one(
    _ descriptor: Descriptor, _ scales: inout [[String]: ScaleWords.Scale?]
  ) -> [NamingQuestion] {
    switch descriptor.content {
    case .numbers(let numbers):
      let values = Set(numbers.lazy.filter { !$0.isNaN }.prefix(400))
      let isScale =
        values.count <= 11 && values.allSatisfy { $0 == $0.rounded() && (0...10).contains($0) }
      let topic = Question.topic([descriptor.name, descriptor.label])
      var one = question(
        descriptor,
        isScale && topic == nil
          ? .scale(.about(question: descriptor.label)) : .quantity, leans: leans(numbers),
        battery: isScale ? "numbers" : nil)
      let known = numbers.filter { !$0.isNaN }
      if !Question.isPlausible(
        one.topic, mean: known.reduce(0, +) / Double(max(1, known.count)))
      {
        one.topic = nil
      }
      if isScale, let low = values.min(), let high = values.max() {
        let middle = (low + high) / 2
        let table = ModalTable(
          numbers.map { $0.isNaN ? 0 : $0 < middle ? 1 : $0 > middle ? 3 : 2 }, categories: 3,
          context)
        (one.lower, one.upper) = (table.shares(0), table.shares(2))
      }
      if one.form == .quantity { (one.lower, one.upper) = sides(numbers) }
      return [one]
    case .members(let members):
      return members.map { member in
        let table = ModalTable(member.positions, categories: 2, context)
        return NamingQuestion(
          variable: member.name, question: member.label, set: descriptor.label,
          isActive: descriptor.role == .active, form: .tick, leans: table.effects(1),
          answers: [
            .init(label: member.label, shares: table.shares(1), effects: table.effects(1))
          ], battery: "set \(descriptor.name)", topic: nil)
      }
    case .categories(let categories, let positions):
      let labels = categories.map(\.label)
      let known = scales[labels]
      let scale = known ?? ScaleWords.Scale(labels)
      if known == nil { scales.updateValue(scale, forKey: labels) }
      return [choice(descriptor, labels, scale, positions)]
    }
  }

  private func choice(
    _ descriptor: Descriptor, _ labels: [String], _ scale: ScaleWords.Scale?, _ positions: [Int]
  ) -> NamingQuestion {
    let table = ModalTable(positions, categories: labels.count, context)
    let answers = labels.indices.map {
      NamingQuestion.Answer(
        label: labels[$0], shares: table.shares($0), effects: table.effects($0))
    }
    if let yes = AnswerWords.yes(of: labels, to: descriptor) {
      return question(
        descriptor, .tick, leans: table.effects(yes), answers: [answers[yes]],
        battery: labels.map { $0.lowercased() }.sorted().joined(separator: "|").prefix(60)
          .description)
    }
    let ranks = positions.map { $0 > 0 ? Double($0) : .nan }
    if let scale {
      let sign: Double = scale.isRising ? 1 : -1
      let words = ScaleWords.about(scale, question: descriptor.label)
      var rated = question(
        descriptor, .scale(words), leans: leans(ranks).map { sign * $0 }, answers: answers,
        battery: "scale \(words)")
      func sum(_ some: some Sequence<NamingQuestion.Answer>) -> [Double] {
        some.reduce([Double](repeating: 0, count: context.segments)) { sums, answer in
          zip(sums, answer.shares).map(+)
        }
      }
      // The middle of an odd scale is on neither side.
      let ends = (sum(answers.prefix(labels.count / 2)), sum(answers.suffix(labels.count / 2)))
      (rated.lower, rated.upper) = scale.isRising ? ends : (ends.1, ends.0)
      return rated
    }
    if descriptor.level == MeasurementLevel.ordinal.rawValue {
      // Bands are quantities; "Promoters" are themselves, and no high group.
      let isBand = labels.contains { $0.contains(where: \.isNumber) }
      var one = question(
        descriptor, isBand ? .quantity : .choice, leans: leans(ranks), answers: answers,
        battery: nil)
      if isBand || one.topic != nil { (one.lower, one.upper) = sides(ranks) }
      return one
    }
    return question(descriptor, .choice, leans: [], answers: answers, battery: nil)
  }

  private func question(
    _ descriptor: Descriptor, _ form: NamingQuestion.Form, leans: [Double],
    answers: [NamingQuestion.Answer] = [], battery: String?
  ) -> NamingQuestion {
    NamingQuestion(
      variable: descriptor.name, question: descriptor.label, set: nil,
      isActive: descriptor.role == .active, form: form, leans: leans,
      answers: answers, battery: battery,
      topic: Question.topic([descriptor.name, descriptor.label.replacing(/\([^)]*\)/, with: "")]))
  }

  /// The share of each segment that has less than half of everybody has, and more.
  private func sides(_ numbers: [Double]) -> (lower: [Double], upper: [Double]) {
    let order = numbers.indices.filter { !numbers[$0].isNaN && context.weights[$0] > 0 }
      .sorted { numbers[$0] < numbers[$1] }
    let half = order.reduce(0) { $0 + context.weights[$1] } / 2
    var sum = 0.0
    let middle = order.first { row in
      sum += context.weights[row]
      return sum >= half
    }.map { numbers[$0] }
    guard let middle else { return ([], []) }
    let table = ModalTable(
      numbers.map { $0.isNaN ? 0 : $0 < middle ? 1 : $0 > middle ? 3 : 2 }, categories: 3, context)
    return (table.shares(0), table.shares(2))
  }

  /// Cohen's d of the members of each segment against all others; 0 where too few answered.
  private func leans(_ numbers: [Double]) -> [Double] {
    var mass = [Double](repeating: 0, count: context.segments)
    var sums = mass
    var squares = 0.0
    var heads = mass
    for (row, number) in numbers.enumerated() where !number.isNaN {
      let segment = context.labels[row]
      mass[segment] += context.weights[row]
      sums[segment] += context.weights[row] * number
      heads[segment] += context.units.heads[row]
    }
    let all = mass.reduce(0, +)
    guard all > 0 else { return mass }
    let mean = sums.reduce(0, +) / all
    for (row, number) in numbers.enumerated() where !number.isNaN {
      squares += context.weights[row] * (number - mean) * (number - mean)
    }
    let variance = squares / all
    return mass.indices.map { segment in
      let rest = all - mass[segment]
      guard mass[segment] > 0, rest > 0, heads[segment] >= context.rules.minimum else { return 0 }
      let inside = sums[segment] / mass[segment]
      let outside = (mean * all - sums[segment]) / rest
      let between = mass[segment] * rest / (all * all) * (inside - outside) * (inside - outside)
      let within = variance - between
      guard within > 1e-12 * max(1, mean * mean) else { return 0 }
      return clear((inside - outside) / within.squareRoot(), of: heads[segment])
    }
  }
}

/// A standardised difference if it is more than twice its error among so many members; else 0.
private func clear(_ difference: Double, of members: Double) -> Double {
  difference * difference * members >= 4 ? difference : 0
}

/// Answers by the likeliest segment.
private struct ModalTable {
  private let counts: Matrix
  private let heads: [Double]
  private let minimum: Double

  init(_ positions: [Int], categories: Int, _ context: ProfileContext) {
    var counts = Matrix(rows: context.segments, columns: categories)
    var heads = [Double](repeating: 0, count: context.segments)
    for (row, position) in positions.enumerated() where position > 0 {
      counts[context.labels[row], position - 1] += context.weights[row]
      heads[context.labels[row]] += context.units.heads[row]
    }
    self.counts = counts
    self.heads = heads
    minimum = context.rules.minimum
  }

  func shares(_ answer: Int) -> [Double] {
    (0..<counts.rows).map { segment in
      let all = counts.row(segment).reduce(0, +)
      return all > 0 && heads[segment] >= minimum ? counts[segment, answer] / all : 0
    }
  }

  func effects(_ answer: Int) -> [Double] {
    let part = counts.column(answer).reduce(0, +)
    let whole = (0..<counts.rows).reduce(0) { $0 + counts.row($1).reduce(0, +) }
    func angle(_ share: Double) -> Double { 2 * asin(min(1, max(0, share)).squareRoot()) }
    return (0..<counts.rows).map { segment in
      let own = counts.row(segment).reduce(0, +)
      guard heads[segment] >= minimum, own > 0, whole - own > 0 else { return 0 }
      return clear(
        angle(counts[segment, answer] / own)
          - angle((part - counts[segment, answer]) / (whole - own)), of: heads[segment])
    }
  }
}
