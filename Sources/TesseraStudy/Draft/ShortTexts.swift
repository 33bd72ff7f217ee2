public import TesseraSurvey

extension Survey {
  /// The survey with texts cut that are too long to be answers of a closed question.
  ///
  /// What a column is for shows in the first words of its answers; a cell of megabytes would be read
  /// over and over for nothing. Texts stay different from each other.
  ///
  /// - Complexity: O(answers that occur).
  public func withShortTexts() -> Survey {
    guard variables.contains(where: { $0.categories.contains(where: ShortText.isLong) }) else {
      return self
    }
    let short = variables.map { variable in
      guard variable.categories.contains(where: ShortText.isLong) else { return variable }
      var short = variable
      short.categories = variable.categories.enumerated().map { place, category in
        ShortText.isLong(category) ? ShortText.cut(category, number: place + 1) : category
      }
      return short
    }
    return Survey(variables: short, sets: sets, weightVariable: weightVariable)
  }
}

private enum ShortText {
  /// UTF-8 bytes that are looked at.
  static let limit = 1_000

  static func isLong(_ category: Category) -> Bool {
    category.label.utf8.count > limit
      || category.code.number == nil && category.code.text.utf8.count > limit
  }

  /// The beginning of a category's texts, and a number that tells it from others that begin alike.
  static func cut(_ category: Category, number: Int) -> Category {
    func cut(_ text: String) -> String {
      guard text.utf8.count > limit else { return text }
      // A character may be long itself.
      return String(text.unicodeScalars.prefix(limit / 4)) + " \(number)"
    }
    let code =
      category.code.number == nil ? AnswerCode.text(cut(category.code.text)) : category.code
    return Category(code: code, label: cut(category.label))
  }
}
