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
  ///   - details: What the file says of itself.
  ///   - output: Takes the file, piece by piece.
  /// - Returns: What the file cannot hold.
  /// - Throws: ``OutputError`` if the program that writes is missing, or refuses.
  func write(
    _ survey: Survey, _ details: FileDetails, to output: AtomicOutput
  ) throws(OutputError) -> ConversionLosses {
    let target: StatPlan.Target = format == .dta ? .stata : .spss
    guard output.isRegular || format != .zsav else {
      throw .cannotHold(
        file: file,
        detail: "a .zsav cannot be written to a pipe or a device: its places are set last")
    }
    var losses = ConversionLosses()
    var names = ColumnNames(target == .spss ? .spss : .stata)
    var plans: [StatPlan] = []
    for variable in survey.variables {
      let plan = StatPlan(variable, name: names.take(variable.name), target: target)
      losses.add(plan.losses)
      plans.append(plan)
    }
    tellWhole(survey, details, target, &losses)
    var changed: [AnswerCode: String] = [:]
    for plan in plans { changed[.text(plan.variable.name)] = plan.name }
    let isSPSS = target == .spss
    let sets = isSPSS ? survey.sets.compactMap { declared($0, survey, changed, &losses) } : []
    let named = plans.map { (name: $0.name, attributes: $0.variable.attributes) }
    var patch = SAVPatch(
      output: output, sets: sets,
      attributes: isSPSS
        ? (SAVAttributes.text(details.attributes), SAVAttributes.text(named)) : ("", ""),
      longLabels: isSPSS ? plans.compactMap(\.longLabels) : [])
    try run(plans, survey, details, &patch)
    try patch.finish()
    return losses
  }

  private func run(
    _ plans: [StatPlan], _ survey: Survey, _ details: FileDetails, _ patch: inout SAVPatch
  ) throws(OutputError) {
    var place = -1
    let count = survey.respondentCount
    var writer = StatFrameWriter()
    let process = WriterProcess(
      file: file, program: options.reader, memory: options.readerMemory,
      seconds: options.readerSeconds)
    try process.run {
      writer.removeAll()
      if place < 0 {
        head(plans, survey, details, &writer)
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
    } receive: { (bytes) throws(OutputError) in
      try patch.append(bytes)
    }
  }

  private func tellWhole(
    _ survey: Survey, _ details: FileDetails, _ target: StatPlan.Target,
    _ losses: inout ConversionLosses
  ) {
    let limit = target == .spss ? 64 : 80
    if details.label.utf8.count > limit {
      losses.add("the label of the file is cut after \(limit) bytes")
    }
    if details.notes.contains(where: { $0.utf8.count > Self.longestNote(target) }) {
      losses.add("notes are broken into lines of \(Self.longestNote(target)) bytes")
    }
    guard target == .stata else { return }
    losses.addAttributes(of: survey, details)
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

  /// The most bytes of a note.
  private static func longestNote(_ target: StatPlan.Target) -> Int {
    target == .spss ? 80 : 32_000
  }

  private func head(
    _ plans: [StatPlan], _ survey: Survey, _ details: FileDetails,
    _ writer: inout StatFrameWriter
  ) {
    writer.begin("H")
    writer.add(format == .dta ? "dta" : "sav")
    writer.add(survey.respondentCount)
    // 1 packs rows, 2 packs with zlib.
    writer.add(format == .dta ? 0 : format == .zsav ? 2 : 1)
    writer.add(details.label.cutTo(bytes: format == .dta ? 80 : 64))
    for note in details.notes {
      for line in note.lines(ofBytes: Self.longestNote(format == .dta ? .stata : .spss)) {
        writer.begin("N")
        writer.add(line)
      }
    }
    var sets: [Int] = []
    var count = 0
    for plan in plans {
      guard !plan.labels.isEmpty, plan.longLabels == nil else {
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
    writer.add(plan.variable.display?.width ?? 0)
    writer.add(plan.variable.display?.alignment.rawValue ?? 0)
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
      members: members.map { names[.text($0.name)] ?? $0.name }, optionLabels: set.optionLabels)
  }
}
