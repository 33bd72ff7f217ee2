import TesseraProductFit
import TesseraStudy

/// A segment at a glance, as plain values: the same sentences for pages, slides and tables.
public struct SegmentCard: Sendable, Equatable {
  /// A share of the segment against everybody's.
  public struct Bar: Sendable, Equatable {
    /// The answer, as it is written.
    public let label: String
    /// The question it answers.
    public let question: String
    /// Share of the segment, 0 to 1.
    public let share: Double
    /// Share of everybody, 0 to 1.
    public let total: Double
  }

  /// One fact in a few words.
  public struct Fact: Sendable, Equatable {
    /// What it is about: "Need", "Barrier", "Best fit" or "Channel".
    public let title: String
    /// The fact.
    public let text: String
  }

  /// The segment's id.
  public let id: String
  /// Its name.
  public let name: String
  /// Its position among the segments, from 0; gives its colour.
  public let position: Int
  /// Its share, 0 to 1.
  public let share: Double
  /// Such as "27% of people (24% to 30%), about 268,000".
  public let size: String
  /// Members by highest posterior (unweighted).
  public let respondents: Double
  /// Who they are, in one or two statements.
  public let portrait: String
  /// What sets them apart, up to three.
  public let bars: [Bar]
  /// Need, barrier, best product and best channel, as far as they were asked.
  public let facts: [Fact]
}

/// Makes the cards of a study.
struct SegmentCards {
  let results: StudyResults
  let numbers: NumberStyle

  /// A card for each segment, in their order.
  var all: [SegmentCard] {
    results.profiles.segments.enumerated().map { position, profile in
      let portrait = portrait(of: profile)
      // The bars show what the portrait does not say, as long as there is enough to tell.
      let all = bars(of: profile, atLeast: 0.15)
      let told = Set(portrait.map(\.variable))
      let others = bars(of: profile, atLeast: 0.15, besides: told)
      let bars = Array((others.count >= 3 ? others : all).prefix(3))
      return SegmentCard(
        id: profile.id, name: profile.name.isEmpty ? profile.id : profile.name,
        position: position, share: profile.share, size: size(of: profile),
        respondents: profile.respondents,
        portrait: portrait.isEmpty
          ? (profile.traits.isEmpty ? profile.description.first : nil) ?? nothing(profile)
          : Self.sentence(portrait.map(\.words)),
        bars: bars, facts: facts(of: profile.id))
    }
  }

  /// What is said where no answer sets a segment apart.
  private func nothing(_ profile: SegmentProfile) -> String {
    if profile.variables.contains(where: { $0.categories.contains { $0.hidden != nil } }) {
      return "What was asked about people and may be shown does not set them clearly apart."
    }
    return results.segmentation.method == "given"
      ? "Apart from how they were defined, nothing asked about people sets them clearly apart."
      : "Nothing asked about people sets them clearly apart."
  }

  /// Answers of a segment against everybody's, those that set it apart most first.
  ///
  /// - Parameters:
  ///   - profile: The segment.
  ///   - least: A smaller share of the segment is not drawn, unless nothing else is left.
  ///   - left: Columns that are left out.
  /// - Returns: Bars, those of many people before those of few.
  func bars(
    of profile: SegmentProfile, atLeast least: Double = 0, besides left: Set<String> = []
  ) -> [SegmentCard.Bar] {
    let told = profile.traits.filter { $0.share != nil && $0.totalShare != nil }
      .filter { $0.role == .active || $0.role == .passive }
      .filter { !left.contains($0.variable) }
    let many = told.filter { ($0.share ?? 0) >= least && ($0.share ?? 0) > ($0.totalShare ?? 0) }
    // What few of them are is drawn only where there is nothing else.
    return (many.isEmpty ? told : many).map { trait in
      var label = label(trait.asked, trait.answer)
      // What people ticked is understood without its question.
      if label.answer == trait.answer, profile.holds(member: trait.variable) { label.question = "" }
      return SegmentCard.Bar(
        label: label.answer, question: label.question, share: trait.share ?? 0,
        total: trait.totalShare ?? 0)
    }
  }

  /// An answer as it is understood by itself, with its question where that may be left out.
  func label(_ question: String, _ answer: String) -> (answer: String, question: String) {
    if answer.lowercased() == "yes" || answer == question { return (question, "") }
    // An answer such as 1 or M, or one that several questions share, says nothing without its question.
    guard answer.count < 4 || isShared(answer) else { return (answer, question) }
    // The answer is what is read: a long question gives way.
    return ("\(shortly(question)): \(answer)", "")
  }

  /// A question in at most 30 letters: where others begin with the same words, without these.
  private func shortly(_ question: String) -> String {
    var plain = question.contains(" ") ? question : question.replacing("_", with: " ")
    // "Other:" takes no second colon.
    while let last = plain.last, ": ".contains(last), plain.count > 1 { plain.removeLast() }
    guard plain.count > 30 else { return plain }
    let words = plain.split(separator: " ")
    let others = (results.profiles.segments.first?.variables ?? []).map(\.asked)
      .filter { $0 != question }
    let shared =
      others.map { zip(words, $0.split(separator: " ")).prefix { $0 == $1 }.count }.max() ?? 0
    guard shared >= 2, shared < words.count else { return Findings.shortened(plain, to: 30) }
    return Findings.shortened("…" + words.dropFirst(shared).joined(separator: " "), to: 30)
  }

  /// Whether several questions have an answer of the same name.
  private func isShared(_ answer: String) -> Bool {
    let asked = results.profiles.segments.first?.variables ?? []
    return asked.count { $0.categories.contains { $0.label == answer } } > 1
  }

  /// Two traits that say who they are: such as are told in words of their own before quoted answers.
  func portrait(of profile: SegmentProfile) -> [SegmentTrait] {
    var said: Set<String> = []
    let people = profile.traits.filter {
      ($0.role == .active || $0.role == .passive) && said.insert($0.words).inserted
    }
    // What few of them are is no portrait, nor what others nearly are as often, however plainly it is said.
    func isPlain(_ trait: SegmentTrait) -> Bool {
      let share = trait.share ?? 1
      return !trait.words.contains("\"") && share >= Self.leastTold
        && share - (trait.totalShare ?? 0) >= Self.leastMore
    }
    let spoken = people.filter(isPlain).prefix(2)
    return Array(spoken + people.filter { !isPlain($0) }.prefix(2 - spoken.count))
  }

  /// A share of the segment below which a plain statement goes behind stronger ones.
  private static let leastTold = 0.3
  /// A distance from everybody's share below which it goes there too.
  private static let leastMore = 0.12

  /// Statements as one sentence.
  static func sentence(_ statements: [String]) -> String {
    let text = statements.joined(separator: "; ") + "."
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// Share with its interval, and people where the study says how many there are.
  func size(of profile: SegmentProfile) -> String {
    var text = numbers.percent(profile.share) + " of people"
    if let interval = profile.shareInterval {
      text += " (\(numbers.percent(interval.low)) to \(numbers.percent(interval.high)))"
    }
    if let population = results.study.population {
      text += ", about \(numbers.number((population * profile.share / 1000).rounded() * 1000))"
    }
    return text
  }

  private func facts(of id: String) -> [SegmentCard.Fact] {
    let fit = results.fit
    let all = [
      ("Need", fit.flatMap { need(of: id, $0) }), ("Barrier", fit.flatMap { barrier(of: id, $0) }),
      ("Best fit", fit.flatMap { product(of: id, $0) }), ("Channel", channel(of: id)),
    ]
    return all.compactMap { title, text in text.map { .init(title: title, text: $0) } }
  }

  /// The need with the largest opportunity; those that are level with it are named too.
  private func need(of id: String, _ fit: FitResult) -> String? {
    let names = FitNames(study: results.study, fit: fit)
    let own = fit.opportunities.filter { $0.segment == id && $0.odi != nil }
      .sorted { ($0.odi ?? 0) > ($1.odi ?? 0) }
    guard let first = own.first, (own.compactMap(\.importance).max() ?? 0) >= Self.leastImportant
    else { return nil }
    let level = own.filter { $0.mayBeFirst }.prefix(3)
    guard level.count > 1, first.satisfaction != nil else {
      var text =
        "\(names.need(first.need)): important to \(names.percent(first.importance, of: id, numbers))"
      if let satisfaction = first.satisfaction {
        text += ", satisfied \(names.percent(satisfaction, of: id, numbers))"
      }
      return text
    }
    let needs = level.map { names.need($0.need) }
    // A need may hold commas and "and" itself.
    return needs.count > 1 ? needs.joined(separator: "; ") + " (about equally)" : needs.first
  }

  /// Where no need is important to so many, none is told.
  private static let leastImportant = 0.1

  /// The barrier that affects most people with the products that fit best.
  private func barrier(of id: String, _ fit: FitResult) -> String? {
    let names = FitNames(study: results.study, fit: fit)
    let leaders = fit.leaders(in: id).map(\.product)
    let own = BarrierShare.all(in: id, fit, of: leaders)
    // What another product hinders says nothing of this segment.
    guard !own.isEmpty || leaders.isEmpty || BarrierShare.all(in: id, fit).isEmpty else {
      return
        "none with \(leaders.count > 3 ? "these" : "the " + Findings.list(leaders.map(names.product)))"
    }
    return own.first.map { worst in
      "\(names.barrier(worst.loss.barrier)) (\(names.product(worst.product))): "
        + names.summary(ofBarrier: worst.loss.barrier)
        .effect(worst.loss, hasStrength: false, isSmall: fit.isSmall(id))
    }
  }

  private func product(of id: String, _ fit: FitResult) -> String? {
    let names = FitNames(study: results.study, fit: fit)
    let leaders = fit.leaders(in: id)
    guard let first = leaders.first else { return nil }
    guard leaders.contains(where: { max($0.fit ?? 0, $0.fitMax ?? 0) >= FitResult.leastOffered })
    else {
      return "none suits them (at most \(numbers.number(leaders.compactMap(\.fit).max())) of 100)"
    }
    guard leaders.count > 1 else {
      return "\(names.product(first.product)) (fit \(numbers.number(first.fit)) of 100)"
    }
    let named = leaders.prefix(3).map { names.product($0.product) }
    return fit.isOpen(in: id)
      ? Findings.list(named, "or") + " (not known which)" : Self.level(named)
  }

  /// What cannot be told apart by its errors.
  private static func level(_ names: [String]) -> String {
    Findings.list(names) + " (level)"
  }

  private func channel(of id: String) -> String? {
    let report = StudyReport(results, numbers: numbers)
    return report.bestChannels(of: id).first.map {
      ($0.isNotable ? "" : "none stands out; ")
        + "\($0.label): reaches \(numbers.percent($0.reach))"
        + ($0.ofAll.map { " (all: \(numbers.percent($0)))" } ?? "")
    }
  }
}

extension SegmentProfile {
  /// Whether a column is one of several answers to a question.
  func holds(member column: String) -> Bool {
    variables.contains { question in
      question.level == "multiple" && question.categories.contains { $0.code == column }
    }
  }
}

/// A barrier with the product that meets it most.
struct BarrierShare {
  let loss: Ledger.BarrierLoss
  let product: String

  /// The barriers that stop or slow one in twenty of a segment, the largest share first; each with
  /// the product it affects most.
  ///
  /// - Parameters:
  ///   - id: The segment.
  ///   - fit: The fit.
  ///   - products: Products that count; `nil` for all.
  /// - Returns: A barrier each.
  static func all(in id: String, _ fit: FitResult, of products: [String]? = nil) -> [BarrierShare] {
    func share(_ loss: Ledger.BarrierLoss) -> Double { loss.shareAffected ?? 0 }
    var worst: [BarrierShare] = []
    for cell in fit.cells
    where cell.segment == id && products?.contains(cell.product) ?? true {
      for loss in cell.ledger?.barriers ?? [] where share(loss) >= 0.05 {
        let found = BarrierShare(loss: loss, product: cell.product)
        if let place = worst.firstIndex(where: { $0.loss.barrier == loss.barrier }) {
          if share(worst[place].loss) < share(loss) { worst[place] = found }
        } else {
          worst.append(found)
        }
      }
    }
    return worst.sorted { (share($1.loss), $0.loss.barrier) < (share($0.loss), $1.loss.barrier) }
  }
}
