import TesseraProductFit
import TesseraReport

/// The best line of products in plain text, for a terminal.
struct LineText {
  private let answer: LineResult
  private let numbers = NumberStyle.english
  /// Lines that are shown; JSON holds more.
  private static let shown = 20

  init(_ answer: LineResult) { self.answer = answer }

  private var isMoney: Bool { answer.goal == "revenue" || answer.goal == "profit" }

  /// The best line first, then what is level with it, then whom its products take from.
  var lines: [String] {
    guard let best = answer.lines.first, best.value.value != nil else {
      return ["Too few respondents to tell a line."]
    }
    var lines: [String] = []
    let names = joined(best.items.map(label))
    if let today = answer.today, (today.behind.value ?? 0) < 0, !isSame(today.behind) {
      lines.append(
        "No line looked at brings more than today's own products, \(told(today.value.value)).")
    }
    if answer.level == 1 {
      lines.append("Best line by \(answer.goal): \(names).")
    } else {
      let others = numbers.number(Double(answer.level - 1))
      // Beyond the lines that are kept nobody counted.
      let isOpen = answer.level == answer.resampled && Double(answer.resampled) < answer.possible
      lines.append(
        "Best line by \(answer.goal): \(names); \(others) \(isOpen ? "or more " : "")other "
          + "\(answer.level == 2 ? "line is" : "lines are") level with it.")
      lines.append(
        answer.common.isEmpty
          ? "No product is in all of these lines."
          : "All of these lines have: \(joined(answer.common.map(label))).")
    }
    lines.append(
      answer.isExact && answer.possible == 1
        ? "There is no other line of so many products."
        : answer.isExact
          ? "No other line of \(answer.size) out of \(answer.candidates.count) candidates is better."
          : "The search was cut short: no line can exceed \(told(answer.bound)).")
    if let today = answer.today {
      lines.append(
        "Today's own products: \(told(today.value.value)); the best line brings "
          + (isSame(today.behind)
            ? "the same."
            : (today.behind.value ?? 0) < 0
              ? "\(change(today.behind, sign: -1)) less."
              : "\(change(today.behind)) more."))
    }
    if isMoney, let value = best.value.value, value < 0 {
      lines.append("Even the best line loses money.")
    }
    if answer.level < answer.lines.count || Double(answer.level) < answer.possible {
      lines.append("Only lines that are level with the best are shown.")
    }
    lines.append("")
    lines += TextTableLayout.lines(
      header: ["", "line", answer.goal, "95% interval", "behind the best", "first in"],
      rows: answer.lines.prefix(Self.shown).enumerated().map { place, line in
        [
          "\(place + 1)", line.items.map(label).joined(separator: " + "), told(line.value.value),
          interval(line.value), place == 0 ? NumberStyle.absent : change(line.behind),
          line.firstIn.map { "\($0) of \(answer.replicates)" } ?? NumberStyle.absent,
        ]
      })
    if answer.level > Self.shown {
      lines.append(
        "... and \(numbers.number(Double(answer.level - Self.shown))) more level lines.")
    }
    lines += ["", "Where its people would be without each product (share of all people)"]
    lines += TextTableLayout.lines(
      header: ["product", "share", "with its other products", "with competitors", "with none"],
      rows: answer.taken.map { one in
        [label(one.product)]
          + [one.share, one.own, one.competitors, one.none].map {
            numbers.percent($0.value, decimals: 1)
          }
      })
    return lines + [""] + answer.notes
  }

  private func label(_ name: String) -> String {
    numbers.amounts(in: answer.candidates.first { $0.name == name }?.label ?? name)
  }

  private func joined(_ names: [String]) -> String {
    names.count < 2
      ? names.joined()
      : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  private func told(_ value: Double?) -> String {
    isMoney
      ? money.text(value, numbers) + money.word : numbers.percent(value, decimals: 1)
  }

  /// The step of money that numbers stand in.
  private var money: MoneyScale {
    MoneyScale(answer.lines.compactMap(\.value.value) + [answer.today?.value.value ?? 0])
  }

  private func interval(_ number: LineNumber) -> String {
    isMoney
      ? money.interval(number.low, number.high, numbers)
      : numbers.interval(
        number.low.map { 100 * $0 }, number.high.map { 100 * $0 }, decimals: 1)
  }

  private func change(_ number: LineNumber, sign: Double = 1) -> String {
    var number = number
    if sign < 0 {
      number.value = number.value.map { -$0 }
      (number.low, number.high) = (number.high.map { -$0 }, number.low.map { -$0 })
    }
    guard let value = number.value else { return NumberStyle.absent }
    if isSame(number) { return "0" }
    let told =
      isMoney ? money.text(value, numbers) : numbers.number(100 * value, decimals: 1)
    return told + (isMoney ? money.word : " points") + " (\(interval(number)))"
  }

  /// Whether a difference is none, in every resample.
  private func isSame(_ number: LineNumber) -> Bool {
    let least = 1e-9 * (1 + abs(answer.bound ?? 0))
    return abs(number.value ?? 1) < least && (number.se ?? 0) < least
  }
}
