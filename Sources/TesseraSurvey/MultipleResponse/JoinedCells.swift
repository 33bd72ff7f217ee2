/// Cells split at a sign, and how often their parts come up.
struct JoinedCells {
  /// The answers that come up again and again, the most frequent first.
  private(set) var frequent: [(text: String, count: Int)] = []
  /// Whether some cells hold answers of the respondent's own.
  private(set) var hasOwnTexts = false
  /// All answers.
  private(set) var all: [String] = []
  private var several = 0
  private var alone = 0
  private var answered = 0
  private var combinations = 0
  private var mixed = 0
  private var covered = 0
  private var occurrences = 0
  private var distinct = 0
  private var longest = 0
  private var turned = 0
  private var pairs = 0
  /// Whether every cell holds every answer, in different orders: people put them in order.
  private(set) var isRanking = false

  init(_ texts: [String], counts: [Int], separator: String) {
    let cells = Self.joined(
      texts.map { JoinedAnswers.split($0, separator) }, counts, separator, texts)
    var count: [AnswerCode: Int] = [:]
    var company: [AnswerCode: Int] = [:]
    for (cell, times) in zip(cells, counts) where times > 0 {
      answered += times
      for part in Set(cell.map { AnswerCode.text($0) }) {
        count[part, default: 0] += times
        company[part, default: 0] += 1
      }
      if cell.count > 1 {
        several += times
        combinations += 1
      }
      for part in cell { longest = max(longest, part.count) }
    }
    distinct = count.count
    all = count.keys.map(\.text)
    occurrences = count.values.reduce(0, +)
    let enough = min(20, max(2, answered / 100))
    let known = count.filter { $0.value >= enough }
    frequent = known.map { ($0.key.text, $0.value) }.sorted {
      ($1.count, $0.text) < ($0.count, $1.text)
    }
    covered = known.values.reduce(0, +)
    hasOwnTexts = known.count < count.count
    mixed = known.keys.count { company[$0, default: 0] > 1 }
    countOrders(cells, counts, Set(known.keys))
    let offered = Set(count.keys)
    isRanking =
      offered.count >= 3 && combinations >= 2
      && zip(cells, counts).allSatisfy { cell, times in
        times == 0 || cell.count == offered.count && Set(cell.map { .text($0) }) == offered
      }
  }

  /// How often two answers come in the order that is not the usual one.
  private mutating func countOrders(
    _ cells: [[String]], _ counts: [Int], _ known: Set<AnswerCode>
  ) {
    var orders: [[AnswerCode]: Int] = [:]
    for (cell, times) in zip(cells, counts) where times > 0 {
      let parts = cell.map { AnswerCode.text($0) }.filter(known.contains)
      if parts.count == 1, cell.count == 1 { alone += times }
      guard parts.count <= 30 else { continue }
      for first in parts.indices {
        for second in parts.indices where second > first {
          orders[[parts[first], parts[second]], default: 0] += times
        }
      }
    }
    for (pair, times) in orders {
      pairs += times
      let other = orders[[pair[1], pair[0]]] ?? 0
      if other < times || (other == times && pair[0] < pair[1]) { turned += other }
    }
  }

  /// Puts together neighbouring parts that never come without each other.
  private static func joined(
    _ cells: [[String]], _ counts: [Int], _ separator: String, _ texts: [String]
  ) -> [[String]] {
    guard separator.hasPrefix(",") else { return cells }
    var cells = cells
    // An answer may have several commas in it.
    for _ in 0..<4 {
      var single: [AnswerCode: Int] = [:]
      var beside: [AnswerCode: [AnswerCode: Int]] = [:]
      for (cell, times) in zip(cells, counts) {
        for part in cell { single[.text(part), default: 0] += times }
        for (one, next) in zip(cell, cell.dropFirst()) {
          beside[.text(one), default: [:]][.text(next), default: 0] += times
        }
      }
      var bound: [AnswerCode: AnswerCode] = [:]
      for (one, nexts) in beside {
        for (next, times) in nexts
        where isBound(times, max(single[one] ?? 0, single[next] ?? 0)) { bound[one] = next }
      }
      guard !bound.isEmpty else { break }
      // As the cells write it: "Friends, family" keeps its blank where a comma alone divides.
      let spaced = Set(
        bound.filter { one, next in
          separator != "," || texts.contains { $0.holds("\(one.text), \(next.text)") }
        }.keys)
      cells = cells.map { cell in
        var parts: [String] = []
        var place = 0
        while place < cell.count {
          if place + 1 < cell.count, bound[.text(cell[place])] == .text(cell[place + 1]) {
            let glue = spaced.contains(.text(cell[place])) ? ", " : ","
            parts.append(cell[place] + glue + cell[place + 1])
            place += 2
          } else {
            parts.append(cell[place])
            place += 1
          }
        }
        return parts
      }
    }
    return cells
  }

  /// Whether two parts are one answer with the sign in it: they always come together, or nearly so
  /// among many, where a few people wrote one of them in their own words.
  private static func isBound(_ together: Int, _ most: Int) -> Bool {
    together >= 2 && (together == most || together >= 50 && together * 50 >= most * 49)
  }

  /// Whether the parts are answers that could be chosen together.
  func isCheckAll(isRare: Bool, _ isAskedFor: Bool, asksForWords: Bool) -> Bool {
    guard several > 0, longest <= 200, (2...60).contains(frequent.count) || isRare else {
      return false
    }
    let coverage = Double(covered) / Double(max(1, occurrences))
    if isRare {
      return longest <= 120 && distinct <= 400 && occurrences >= distinct
        && (distinct <= 100 || coverage >= 0.6) && !(asksForWords && coverage < 0.8)
    }
    let isOrdered = Double(turned) <= 0.05 * Double(pairs)
    guard several >= 2, combinations > 1, mixed * 2 >= frequent.count,
      covered >= 3 * frequent.count, alone > 0 || isAskedFor
    else { return false }
    if isAskedFor { return coverage >= 0.5 }
    guard several * 50 >= answered else { return false }
    if asksForWords { return coverage >= 0.9 && isOrdered }
    // A platform may shuffle its options; then nearly all parts have to be options that come up often.
    if !isOrdered {
      return coverage >= 0.97 && frequent.count >= 3 && covered >= 8 * frequent.count
    }
    return coverage >= 0.6
  }
}

/// Tells questions that say that several answers may be chosen.
public enum CheckAllWording {
  private static let phrases = [
    "select all", "check all", "choose all", "tick all", "mark all", "all that apply",
    "select as many", "choose as many", "choice s", "select up to", "choose up to",
    "marca todas", "marque todas", "marca todo", "marque todo", "marcar todas", "elige todas",
    "elija todas", "seleccione todas", "selecciona todas", "seleccione todos", "todo lo que",
    "todas las que", "todas las opciones", "respuesta multiple", "assinale todas",
    "selecione todas", "marque todas", "todas as que", "mehrfachnennung", "mehrfachnennungen",
    "mehrfachauswahl", "mehrfachantwort", "mehrfachantworten", "alle zutreffenden",
    "alles zutreffende", "mehrere antworten", "plusieurs reponses", "plusieurs choix",
    "toutes les reponses", "cochez tout", "choix multiple", "choix multiples", "tout ce qui",
    "seleziona tutte", "multiple answers", "multiple response", "piu risposte",
  ]

  /// Whether a name or a wording says so, in English, German, French, Spanish, Portuguese or
  /// Italian.
  public static func says(_ text: String) -> Bool {
    let line = PlainText.line(text)
    return phrases.contains { line.contains(" \($0) ") }
  }
}
