import TesseraDesign
internal import TesseraSurvey

extension CellRules {
  /// The rules of a run for one column or set.
  ///
  /// - Parameters:
  ///   - settings: Level, smallest group, columns that are shown by counts whatever the level.
  ///   - columns: The columns and sets that a number rests on.
  package init(_ settings: RunSettings, columns: [String] = []) {
    self.init(
      minimum: Double(settings.minimumCell),
      small: settings.minimumCell > 1 ? Double(settings.smallBase) : 0,
      isStrict: settings.privacy == .strict || columns.contains(where: settings.isStrict),
      isTold: true)
  }
}

extension Descriptor {
  /// The question without answers that too few people of the survey gave.
  ///
  /// Rare answers are joined with each other and shown as "other answers" if together enough people
  /// gave one of them; else who gave them counts as having no answer, in means of few whole numbers
  /// too. Members of a set that too few chose are left out.
  ///
  /// - Parameters:
  ///   - minimum: People who must have given an answer; 1 or less keeps all.
  ///   - heads: Respondents behind each row.
  ///   - keepsAll: Whether everybody stays in the base: then rare answers are always joined, however
  ///     few gave them, and the cells of the joined answer are for others to hide.
  /// - Returns: The question, and how many answers were left out; `nil` if no answer is left.
  func withoutRare(
    minimum: Double, heads: [Double], keepsAll: Bool = false
  ) -> (question: Descriptor?, rare: Int) {
    guard minimum > 1 else { return (self, 0) }
    switch content {
    case .numbers(let numbers):
      guard let codes = asCodes, !keepsAll else { return (self, 0) }
      let common = codes.withoutRare(minimum: minimum, heads: heads)
      guard common.rare > 0 else { return (self, 0) }
      guard case .categories(_, let positions)? = common.question?.content else {
        return (nil, common.rare)
      }
      // What leaves the shares leaves the mean, so that both rest on the same people.
      return (
        with(.numbers(numbers.indices.map { positions[$0] > 0 ? numbers[$0] : .nan })), common.rare
      )
    case .members(let members):
      let kept = members.filter { member in
        var chosen = 0.0
        for (row, position) in member.positions.enumerated() where position == 2 {
          chosen += heads[row]
        }
        return chosen >= minimum
      }
      let rare = members.count - kept.count
      return (kept.isEmpty ? nil : with(.members(kept)), rare)
    case .categories(let categories, let positions):
      var counts = [Double](repeating: 0, count: categories.count)
      for (row, position) in positions.enumerated() where position > 0 {
        counts[position - 1] += heads[row]
      }
      // Where all who answered said the same nothing differs.
      guard counts.count(where: { $0 > 0 }) > 1 else { return (nil, 0) }
      let rare = counts.indices.filter { counts[$0] < minimum }
      guard !rare.isEmpty else { return (self, 0) }
      let kept = counts.indices.filter { counts[$0] >= minimum }
      var places = [Int](repeating: 0, count: categories.count + 1)
      for (place, category) in kept.enumerated() { places[category + 1] = place + 1 }
      var answers = kept.map { categories[$0] }
      let together = rare.reduce(0) { $0 + counts[$1] }
      if keepsAll || (together >= minimum && rare.count > 1) {
        answers.append(
          Category(code: .text("other answers"), label: "other answers"))
        for category in rare { places[category + 1] = answers.count }
      }
      // One answer left says nothing.
      return (
        answers.count < 2
          ? nil : with(.categories(answers, positions: positions.map { places[$0] })), rare.count
      )
    }
  }

  private func with(_ content: Content) -> Descriptor {
    Descriptor(name: name, label: label, level: level, role: role, content: content)
  }
}
