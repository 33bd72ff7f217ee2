internal import TesseraSurvey

/// How a variable goes into an SPSS or Stata file.
struct StatPlan {
  /// Which program's rules hold.
  enum Target {
    case spss
    case stata
  }

  /// What a column of the file holds.
  enum Kind: Int {
    case number = 0
    case text = 1
    case whole = 2
  }

  let target: Target
  var name: String
  var label = ""
  var format = ""
  var kind = Kind.number
  /// Bytes of a text.
  var width = 0
  /// 1 nominal, 2 ordinal, 3 scale.
  var measure = 0
  var labels: [(code: AnswerCode, label: String)] = []
  var missing: [MissingRule] = []
  var losses = ConversionLosses()

  // MARK: - Cells

  /// The distinct texts; a cell's bits are a position among them, from 1.
  var texts: [String] = []
  /// What stands for each position of a category, from 1; [0] stands for no answer.
  var bits: [UInt64] = [Double.nan.bitPattern]
  /// What stands for each reason, from 1.
  var reasonBits: [UInt64] = [Double.nan.bitPattern]
  /// How numbers without categories are changed.
  var change: @Sendable (Double) -> Double = { $0 }

  let variable: Variable

  /// The bits of a respondent's cell.
  func cell(_ row: Int) -> UInt64 {
    let reason = variable.missing.isEmpty ? 0 : Int(variable.missing[row])
    if case .numbers(let numbers) = variable.answers {
      let number = numbers[row]
      if number.isNaN { return reasonBits[reason] }
      return change(number).bitPattern
    }
    let position = variable.answers.position(row)
    return position > 0 ? bits[position] : reasonBits[reason]
  }

  /// Plans a variable.
  init(_ variable: Variable, name: String, target: Target) {
    self.variable = variable
    self.name = name
    self.target = target
    label = variable.label
    measure = Self.measure(variable)
    if label.isEmpty, name != variable.name {
      label = variable.name
      losses.add(
        "the name does not fit and was changed; the old one stands in the label", variable.name)
    } else if name != variable.name {
      losses.add("the name does not fit and was changed", variable.name)
    }
    let limit = target == .spss ? 255 : 80
    let isLong = target == .spss ? label.utf8.count > limit : label.count > limit
    if isLong {
      label = target == .spss ? label.cutTo(bytes: limit) : String(label.prefix(limit))
      losses.add("the label is cut after \(limit) characters", variable.name)
    }
    if variable.level == .count {
      losses.add("the level 'count' becomes a plain number", variable.name)
    }
    if let moments = StatMoments(variable) {
      planMoments(moments)
    } else if variable.isNumeric || Self.isEmptyNumber(variable) {
      planNumbers()
    } else {
      planTexts()
    }
  }

  private static func isEmptyNumber(_ variable: Variable) -> Bool {
    variable.format.map { !$0.isText && variable.categories.isEmpty } ?? false
  }

  private static func measure(_ variable: Variable) -> Int {
    if let stated = variable.statedMeasure { return stated }
    return switch variable.level {
    case .nominal, .text: 1
    case .ordinal: 2
    case .numeric, .count, .date: 3
    }
  }

  // MARK: - Kinds of variables

  private mutating func planNumbers() {
    let scale = StatScale(variable, target)
    format = scale.format
    change = scale.change
    for category in variable.categories {
      let value = scale.change(category.code.number ?? .nan)
      bits.append(value.bitPattern)
      if category.label != category.code.text { add(.number(value), category.label) }
    }
    if target == .stata, variable.answers.isCoded,
      variable.categories.allSatisfy({ Self.isSmallWhole($0.code.number ?? .nan) })
    {
      kind = .whole
    }
    for other in variable.otherLabels {
      // In Stata a missing code gives way to a letter, which its reason labels.
      guard let value = other.code.number,
        target == .spss || !variable.missingRules.contains(where: { $0.covers(other.code) })
      else { continue }
      if !variable.reasons.contains(where: { $0.code == other.code }) {
        add(.number(value), other.label)
      }
    }
    if target == .spss { planSPSSMissing() } else { planStataMissing() }
    if format.isEmpty, target == .spss {
      format = Self.plainFormat(variable, missing)
    }
  }

  private mutating func planMoments(_ moments: StatMoments) {
    let own = moments.format(target)
    format = own.text
    for category in variable.categories {
      let seconds = CalendarText.parse(category.code.text)?.seconds ?? .nan
      bits.append((own.number(seconds) ?? .nan).bitPattern)
    }
    for reason in variable.reasons {
      reasonBits.append(Double.nan.bitPattern)
      losses.add("why a day or time is missing is lost ('\(reason.label)')", variable.name)
    }
  }

  private mutating func planTexts() {
    kind = .text
    bits = [0]
    reasonBits = [0]
    let limit = target == .spss ? 32_767 : 2045
    let rules = variable.missingRules.compactMap { rule -> String? in
      if case .code(.text(let text)) = rule { text } else { nil }
    }
    var declared: [String] = target == .spss ? Array(rules.prefix(3)) : []
    for category in variable.categories {
      bits.append(place(category.code.text, limit))
      if category.label != category.code.text {
        add(.text(category.code.text), category.label)
      }
    }
    for reason in variable.reasons {
      guard let text = reason.code?.text, target == .spss,
        declared.contains(where: { $0.utf8.elementsEqual(text.utf8) })
          || (declared.count < 3 && text.utf8.count <= 8)
      else {
        reasonBits.append(0)
        losses.add(
          "texts declared missing are left empty ('\(reason.label)')", variable.name)
        continue
      }
      if !declared.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { declared.append(text) }
      reasonBits.append(place(text, limit))
      if reason.label != text { add(.text(text), reason.label) }
    }
    for other in variable.otherLabels where other.code.number == nil && target == .spss {
      if !variable.reasons.contains(where: { $0.code == other.code }) {
        add(other.code, other.label)
      }
    }
    missing = declared.map { .code(.text($0)) }
    let longest = texts.map(\.utf8.count).max() ?? 0
    var stated = 0
    if let own = variable.format, own.family == .spss, own.isText {
      stated = min(limit, Int(own.text.dropFirst()) ?? 0)
    }
    width = max(1, longest, stated)
    if target == .spss { format = "A\(width)" }
  }

  private mutating func place(_ text: String, _ limit: Int) -> UInt64 {
    var text = text
    if text.utf8.count > limit {
      text = text.cutTo(bytes: limit)
      losses.add("texts are cut after \(limit) bytes", variable.name)
    }
    if text.utf8.contains(0) { losses.add("texts are cut at a zero byte", variable.name) }
    texts.append(text)
    return UInt64(texts.count)
  }

  // MARK: - Labels and missing answers

  private mutating func add(_ code: AnswerCode, _ text: String) {
    if target == .stata {
      guard let value = code.number, Self.isSmallWhole(value) else {
        losses.add(
          code.number == nil
            ? "labels of texts" : "labels of values that are not whole numbers", variable.name)
        return
      }
    }
    let limit = target == .spss ? 120 : 32_000
    if text.utf8.count > limit {
      losses.add("labels of values are cut after \(limit) bytes", variable.name)
    }
    labels.append((code, text.cutTo(bytes: limit)))
  }

  private static func isSmallWhole(_ value: Double) -> Bool {
    value == value.rounded() && abs(value) < 2_147_483_620
  }

  private mutating func planSPSSMissing() {
    var codes: [Int: Double] = [:]
    var rules = variable.missingRules.filter { rule in
      if case .code(.text) = rule { false } else { true }
    }
    var used = Set(variable.categories.compactMap(\.code.number))
    used.formUnion(variable.otherLabels.compactMap(\.code.number))
    used.formUnion(variable.reasons.compactMap { $0.code?.number })
    if case .numbers(let numbers) = variable.answers { used.formUnion(numbers) }
    var next = -901.0
    for (place, reason) in variable.reasons.enumerated() {
      switch reason.code {
      case .number(let value): codes[place] = value
      case .text(let text) where reason.kind == .declared:
        while used.contains(next) { next -= 1 }
        codes[place] = next
        used.insert(next)
        losses.add(
          "the missing answer '\(text)' stands as a number declared missing", variable.name)
      case .text(let text):
        losses.add("cells that said '\(text)' are left empty", variable.name)
      case nil: break
      }
      if let code = codes[place] {
        if !rules.contains(where: { $0.covers(.number(code)) }) {
          rules.append(.code(.number(code)))
        }
        if reason.label != reason.code?.text || reason.code?.number == nil {
          add(.number(code), reason.label)
        }
      }
    }
    let substantive = Self.substantive(variable)
    let fitted = SPSSMissing.fit(rules, substantive: substantive)
    missing = fitted.rules
    for place in variable.reasons.indices {
      guard let code = codes[place], missing.contains(where: { $0.covers(.number(code)) }) else {
        if codes[place] != nil {
          losses.add(
            "SPSS declares at most three codes missing; cells with further ones are left empty",
            variable.name)
        }
        reasonBits.append(Double.nan.bitPattern)
        continue
      }
      reasonBits.append(code.bitPattern)
    }
    if fitted.isCut {
      losses.add("not every code declared missing can be declared so", variable.name)
    }
  }

  /// The values that are answers.
  static func substantive(_ variable: Variable) -> [Double] {
    if case .numbers(let numbers) = variable.answers { return numbers.filter { !$0.isNaN } }
    return variable.categories.compactMap(\.code.number)
  }
}
