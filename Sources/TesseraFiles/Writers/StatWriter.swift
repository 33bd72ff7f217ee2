internal import TesseraSurvey

/// Writes SPSS and Stata files through `tessera-read`.
struct StatWriter {
  private static let blockRows = 4096
  private static let noSet = 0

  let file: String
  let format: SurveyFormat
  let options: WritingOptions

  /// Writes a survey.
  ///
  /// - Parameters:
  ///   - survey: What is written.
  ///   - label: What the file says of itself.
  /// - Returns: The bytes of the file, and what it cannot hold.
  /// - Throws: ``OutputError`` if the program that writes is missing, or refuses.
  func bytes(
    _ survey: Survey, label: String
  ) throws(OutputError) -> (bytes: [UInt8], losses: ConversionLosses) {
    let target: StatPlan.Target = format == .dta ? .stata : .spss
    var losses = ConversionLosses()
    var names = ColumnNames(target == .spss ? .spss : .stata)
    var plans: [StatPlan] = []
    for variable in survey.variables {
      let plan = StatPlan(variable, name: names.take(variable.name), target: target)
      losses.add(plan.losses)
      plans.append(plan)
    }
    tellWhole(survey, target, &losses)
    var place = -1
    let count = survey.respondentCount
    var writer = StatFrameWriter()
    let process = WriterProcess(
      file: file, program: options.reader, memory: options.readerMemory,
      seconds: options.readerSeconds)
    var made = try process.run {
      writer.removeAll()
      if place < 0 {
        head(plans, survey, label, &writer)
        place = 0
      } else if place < count {
        block(plans, place..<min(count, place + Self.blockRows), &writer)
        place = min(count, place + Self.blockRows)
      } else if place == count {
        writer.begin("E")
        place += 1
      } else {
        return nil
      }
      return writer.bytes
    }
    if target == .spss {
      var changed: [AnswerCode: String] = [:]
      for plan in plans { changed[.text(plan.variable.name)] = plan.name }
      let sets = survey.sets.compactMap { set in
        declared(set, survey, changed, &losses)
      }
      if !sets.isEmpty { try SAVPatch(file: file).add(sets, to: &made) }
    }
    return (made, losses)
  }

  private func tellWhole(
    _ survey: Survey, _ target: StatPlan.Target, _ losses: inout ConversionLosses
  ) {
    guard target == .stata else { return }
    if !survey.sets.isEmpty {
      losses.add(
        "\(survey.sets.count) multiple-response set\(survey.sets.count == 1 ? "" : "s"): their "
          + "members stand as single variables")
    }
    if let weight = survey.weightVariable {
      losses.add("that \(DisplayText.escaped(weight)) is the weight")
    }
    let levels = survey.variables.filter { $0.level == .nominal || $0.level == .ordinal }
    if !levels.isEmpty { losses.add("measurement levels: Stata does not store them") }
  }

  // MARK: - Messages

  private func head(
    _ plans: [StatPlan], _ survey: Survey, _ label: String, _ writer: inout StatFrameWriter
  ) {
    writer.begin("H")
    writer.add(format == .dta ? "dta" : "sav")
    writer.add(survey.respondentCount)
    // 1 packs rows, 2 packs with zlib.
    writer.add(format == .dta ? 0 : format == .zsav ? 2 : 1)
    writer.add(label.cutTo(bytes: format == .dta ? 80 : 64))
    var sets: [Int] = []
    var count = 0
    for plan in plans {
      guard !plan.labels.isEmpty else {
        sets.append(Self.noSet)
        continue
      }
      count += 1
      sets.append(count)
      labels(plan, count, &writer)
    }
    for (plan, set) in zip(plans, sets) { variable(plan, set, &writer) }
    if format != .dta, let weight = survey.weightVariable,
      let place = plans.firstIndex(where: {
        $0.variable.name.utf8.elementsEqual(weight.utf8) && $0.kind != .text
      })
    {
      writer.begin("W")
      writer.add(place)
    }
    for (place, plan) in plans.enumerated() where plan.kind == .text {
      for text in plan.texts {
        writer.begin("S")
        writer.add(place)
        writer.add(text)
      }
    }
  }

  private func labels(_ plan: StatPlan, _ number: Int, _ writer: inout StatFrameWriter) {
    writer.begin("L")
    writer.add(format == .dta ? plan.name.cutTo(bytes: 32) : "labels\(number)")
    writer.add(plan.kind == .text ? 1 : format == .dta ? 2 : 0)
    let ordered = plan.labels.sorted { $0.code < $1.code }
    writer.add(ordered.count)
    for (code, label) in ordered {
      switch code {
      case .text(let text) where plan.kind == .text:
        writer.add(1)
        writer.add(text)
      case .text(let tag):
        writer.add(0)
        writer.add(bits: 0x7FF8_0000_0000_0000 | UInt64(Array(tag.utf8).last ?? 0))
      case .number(let value):
        writer.add(0)
        writer.add(value)
      }
      writer.add(label)
    }
  }

  private func variable(_ plan: StatPlan, _ set: Int, _ writer: inout StatFrameWriter) {
    writer.begin("V")
    writer.add(plan.name)
    writer.add(plan.label)
    writer.add(plan.format)
    writer.add(plan.kind.rawValue)
    writer.add(plan.width)
    writer.add(plan.measure)
    writer.add(set)
    writer.add(format == .dta ? 0 : plan.missing.count)
    guard format != .dta else { return }
    for rule in plan.missing {
      switch rule {
      case .code(.text(let text)):
        writer.add(1)
        writer.add(text)
      case .code(.number(let value)):
        writer.add(0)
        writer.add(value)
        writer.add(value)
      case .range(let low, let high):
        writer.add(0)
        writer.add(low)
        writer.add(high)
      }
    }
  }

  private func block(_ plans: [StatPlan], _ rows: Range<Int>, _ writer: inout StatFrameWriter) {
    writer.begin("B")
    writer.add(rows.count)
    for plan in plans {
      for row in rows { writer.add(bits: plan.cell(row)) }
    }
  }

  // MARK: - Multiple-response sets

  private func declared(
    _ set: MultipleResponseSet, _ survey: Survey, _ names: [AnswerCode: String],
    _ losses: inout ConversionLosses
  ) -> SAVPatch.Declared? {
    let members = set.members.compactMap { survey[$0] }
    guard members.count == set.members.count, let first = members.first else { return nil }
    guard members.allSatisfy({ $0.isNumeric == first.isNumeric || $0.categories.isEmpty }) else {
      losses.add("the multiple-response set \(set.name): its members are texts and numbers")
      return nil
    }
    var counted: String?
    if case .dichotomy(let chosen) = set.coding { counted = chosen.text }
    return SAVPatch.Declared(
      name: set.name, label: set.label, counted: counted,
      members: members.map { names[.text($0.name)] ?? $0.name })
  }
}
