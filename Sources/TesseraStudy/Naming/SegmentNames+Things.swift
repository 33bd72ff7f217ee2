import TesseraSurvey

extension SegmentNames {
  /// What a segment says, does or thinks, strongest first.
  static func things(
    _ segment: Int, _ questions: [NamingQuestion], _ segments: Int
  ) -> [Part] {
    var parts: [Part] = []
    for question in questions where question.topic == nil || question.form == .tick {
      switch question.form {
      case .tick:
        guard let words = question.words, let yes = question.answers.first else { continue }
        let lean = question.leans[segment]
        let weight = own(lean, question.leans, segment)
        if lean >= least, stands(yes.shares, segment) {
          parts.append(Part(text: words, weight: weight, key: question.battery ?? ""))
        } else if lean <= -least, 1 - yes.shares[segment] >= leastShare {
          parts.append(
            Part(
              text: "not \(words)", weight: 0.5 * weight, key: question.battery ?? "", isLow: true))
        }
      case .scale(let scale):
        guard let words = question.words else { continue }
        let lean = question.leans[segment]
        let weight = own(lean, question.leans, segment)
        let isClause = Question.asksOfDoing(question.question)
        guard abs(lean) >= least, question.isHeld(by: segment, isHigh: lean > 0),
          let text = lean > 0
            ? scale.high(words, isClause: isClause) : scale.low(words, isClause: isClause)
        else { continue }
        parts.append(
          Part(
            text: text, weight: (lean > 0 ? 0.7 : 0.6) * weight, key: question.battery ?? "",
            isLow: lean < 0))
      case .quantity:
        guard let words = question.words, !question.leans.isEmpty else { continue }
        let lean = question.leans[segment]
        guard abs(lean) >= least, question.isHeld(by: segment, isHigh: lean > 0) else { continue }
        parts.append(
          Part(
            text: ItemWords.amount(of: words, isHigh: lean > 0),
            weight: 0.5 * own(lean, question.leans, segment), key: "quantity", isLow: lean < 0))
      case .choice where question.answers.count <= mostAnswers:
        for answer in question.answers
        where answer.effects[segment] >= least && stands(answer.shares, segment) {
          guard let words = answered(answer.label, question) else { continue }
          parts.append(
            Part(
              text: words, weight: own(answer.effects[segment], answer.effects, segment),
              key: "answer"))
        }
      // So many different answers are people's own words.
      case .choice: continue
      }
    }
    return parts.enumerated().sorted {
      $0.element.weight != $1.element.weight
        ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Most answers of a question that offers them.
  private static let mostAnswers = 15

  /// An answer with what it answers, "party: Labour"; two words or more are understood alone.
  private static func answered(_ answer: String, _ question: NamingQuestion) -> String? {
    guard let words = ItemWords.of(answer: answer), !OtherOption.isOther(answer) else {
      return nil
    }
    if words.contains(" ") { return words }
    guard let asked = question.words, !asked.contains(":") else { return nil }
    return "\(asked): \(words)"
  }

  /// Sentences of the study's own about answers that most of a segment give.
  static func wordings(
    _ segment: Int, _ questions: [NamingQuestion], _ say: StudyWordings
  ) -> [Part] {
    questions.flatMap { question in
      question.answers.compactMap { answer in
        guard answer.effects[segment] >= least, answer.shares[segment] >= leastShare,
          let words = say.phrase(question.variable, answer: answer.label)
        else { return nil }
        return Part(
          text: words, weight: own(answer.effects[segment], answer.effects, segment),
          key: question.variable)
      }
    }
  }

  /// How much of a difference is a segment's own: less where another segment goes farther that way.
  static func own(_ lean: Double, _ all: [Double], _ segment: Int) -> Double {
    let others =
      all.enumerated().filter { $0.offset != segment && $0.element * lean > 0 }
      .map { abs($0.element) }.max() ?? 0
    return abs(lean) * min(1, abs(lean) / max(others, 1e-9))
  }
}
