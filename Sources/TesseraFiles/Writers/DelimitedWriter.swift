internal import TesseraSurvey

/// Writes a survey as delimited text.
struct DelimitedWriter {
  let delimiter: UInt8
  let usesLabels: Bool

  /// Writes a survey, as UTF-8.
  ///
  /// - Returns: What delimited text cannot hold.
  func write(
    _ survey: Survey, _ details: FileDetails, to output: AtomicOutput
  ) throws(OutputError) -> ConversionLosses {
    var header = CSVWriter(delimiter: delimiter, isRaw: true)
    header.append(texts: survey.variables.map(\.name))
    try output.append(header.takeBytes())
    var rows = DelimitedRows(survey, delimiter: delimiter, usesLabels: usesLabels)
    let count = survey.respondentCount
    for start in stride(from: 0, to: count, by: rows.stretch) {
      try output.append(rows.text(start..<min(count, start + rows.stretch)))
    }
    var losses = losses(survey)
    losses.addFile(details)
    losses.addAttributes(of: survey, details)
    return losses
  }

  private func losses(_ survey: Survey) -> ConversionLosses {
    var losses = ConversionLosses()
    for variable in survey.variables {
      let name = variable.name
      if !variable.label.isEmpty { losses.add("labels of variables", name) }
      if variable.hasLabels {
        losses.add(
          usesLabels
            ? "codes: the labels stand in their place"
            : "labels of answers: the codes stand alone (--labels writes the labels)", name)
      }
      if !variable.missingRules.isEmpty {
        losses.add("which answers are declared missing", name)
      }
      let begins: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D]
      if variable.answers.isCoded,
        variable.categories.contains(where: { category in
          let text = usesLabels ? category.label : category.code.text
          return (usesLabels || category.code.number == nil)
            && text.utf8.first.map { begins.contains($0) } ?? false
        })
      {
        losses.add("some texts begin like formulas; do not open the file in a spreadsheet", name)
      }
    }
    losses.addStructure(of: survey)
    if survey.variables.contains(where: { $0.level == .ordinal || $0.level == .nominal }) {
      losses.add("measurement levels: they are guessed anew on reading")
    }
    return losses
  }
}

extension ConversionLosses {
  /// Sets and weight, which tables do not declare.
  mutating func addStructure(of survey: Survey) {
    for set in survey.sets {
      add(
        "that \(set.members.count) variables are the multiple-response set "
          + DisplayText.escaped(set.name))
    }
    if let weight = survey.weightVariable {
      add("that \(DisplayText.escaped(weight)) is the weight")
    }
  }

  /// The label and the notes of the file.
  mutating func addFile(_ details: FileDetails) {
    if !details.label.isEmpty { add("the label of the file") }
    if !details.notes.isEmpty {
      add("\(details.notes.count) line\(details.notes.count == 1 ? "" : "s") of notes on the file")
    }
  }

  /// Attributes, which SPSS alone holds.
  mutating func addAttributes(of survey: Survey, _ details: FileDetails) {
    if !details.attributes.isEmpty { add("attributes of the file") }
    // Every variable of newer SPSS files has a role, and nearly always this one: an input.
    let usual = [FileAttribute(name: "$@Role", values: ["0"])]
    for variable in survey.variables
    where !variable.attributes.isEmpty && variable.attributes != usual {
      add("attributes of variables, such as roles", variable.name)
    }
  }
}

extension Variable {
  /// Whether any answer has a label of its own.
  var hasLabels: Bool {
    categories.contains { $0.label != $0.code.text } || !otherLabels.isEmpty
      || reasons.contains { reason in reason.code.map { $0.text != reason.label } ?? false }
  }
}
