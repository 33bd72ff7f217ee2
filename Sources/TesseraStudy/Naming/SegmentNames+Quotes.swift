extension SegmentNames {
  /// What a segment says to what no name can hold, in the words that it was asked: strongest first.
  ///
  /// A statement is no part of a name, but it tells people who choose between numbers of segments what a
  /// segment is.
  static func quotes(_ segment: Int, _ questions: [NamingQuestion]) -> [Part] {
    let parts = questions.compactMap { question -> Part? in
      guard question.words == nil, question.topic == nil else { return nil }
      let asked = AnswerWords.quoted(Question.spoken(question.question))
      switch question.form {
      case .scale(let scale):
        let lean = question.leans[segment]
        guard abs(lean) >= least, question.isHeld(by: segment, isHigh: lean > 0) else { return nil }
        return Part(
          text: "\(lean > 0 ? scale.yes : scale.no): \(asked)",
          weight: 0.65 * own(lean, question.leans, segment), key: question.battery ?? "",
          isLow: lean < 0)
      case .tick:
        guard let yes = question.answers.first, question.leans[segment] >= least,
          stands(yes.shares, segment)
        else { return nil }
        return Part(
          text: "chose \(asked)", weight: own(question.leans[segment], question.leans, segment),
          key: question.battery ?? "")
      case .choice:
        let own = question.answers.filter {
          $0.effects[segment] >= least && $0.shares[segment] >= leastShare
        }.max { $0.effects[segment] < $1.effects[segment] }
        return own.map {
          Part(
            text: "\(asked): \($0.label)",
            weight: Self.own($0.effects[segment], $0.effects, segment), key: "answer")
        }
      case .quantity: return nil
      }
    }
    return parts.enumerated().sorted {
      $0.element.weight != $1.element.weight
        ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
    }.map(\.element)
  }
}

extension ScaleWords {
  /// What people say who rate a statement high.
  var yes: String {
    switch self {
    case .satisfaction: "satisfied"
    case .importance: "important"
    case .agreement: "agree"
    case .frequency: "often"
    case .liking: "like"
    case .ease: "easy"
    case .rating: "high"
    }
  }

  /// What people say who rate it low.
  var no: String {
    switch self {
    case .satisfaction: "dissatisfied"
    case .importance: "unimportant"
    case .agreement: "disagree"
    case .frequency: "rarely"
    case .liking: "dislike"
    case .ease: "difficult"
    case .rating: "low"
    }
  }
}
