internal import TesseraSurvey

extension StatReader {
  /// Whether the labels of a variable are the steps of a scale.
  private static func isRating(_ variable: Variable) -> Bool {
    let labels = variable.categories.map(\.label).filter { !NoAnswer.says($0) }
    return AnswerOrder.inOrder(labels) != nil || AnswerOrder.find(labels) != nil
      || (variable.level != .nominal && labels.count >= 4)
  }

  /// The multiple-response sets that the file declares.
  func responseSets(
    _ dictionary: SAVDictionary?, _ variables: [Variable], _ notices: inout [FileNotice]
  ) -> [MultipleResponseSet] {
    guard let dictionary else { return [] }
    var names: [String: Variable] = [:]
    for variable in variables { names[variable.name.uppercased()] = variable }
    var sets: [MultipleResponseSet] = []
    for declared in dictionary.sets {
      let members = declared.members.compactMap { member -> Variable? in
        let short = member.uppercased()
        return names[(dictionary.longNames[short] ?? short).uppercased()] ?? names[short]
      }
      guard members.count == declared.members.count, let first = members.first else {
        notices.append(
          FileNotice(
            file: file,
            message: "the multiple-response set \(declared.name) names variables that do not "
              + "exist, and was left out"))
        continue
      }
      let coding: MultipleResponseSet.Coding
      if let counted = declared.counted {
        let number = first.isNumeric ? NumberGrammar(decimal: 0x2E).parse(counted)?.value : nil
        coding = .dichotomy(chosen: number.map { .number($0) } ?? .text(counted))
      } else {
        coding = .category
      }
      if coding == .category, members.count > 1, members.allSatisfy(Self.isRating) {
        notices.append(
          FileNotice(
            file: file, column: first.name,
            message: "the set \(declared.name) holds \(members.count) ratings on one scale, not "
              + "several answers to one question, and was taken apart"))
        continue
      }
      sets.append(
        MultipleResponseSet(
          name: declared.name,
          label: declared.isLabelledByFirst && declared.label.isEmpty
            ? first.label : declared.label,
          members: members.map(\.name),
          coding: coding,
          optionLabels: declared.takesCountedLabels
            ? .chosenCodes(isWordedByFirst: declared.isLabelledByFirst) : .wordings))
    }
    return sets
  }
}
