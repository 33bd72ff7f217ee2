/// How answers are written in the study's file; a blank is a missing answer.
enum Answer {
  static func text(_ value: Int?) -> String {
    value.map { "\($0)" } ?? ""
  }

  /// A judgement of spending: 1 too much, 2 about right, 3 too little.
  static func spending(_ judgement: Int?) -> String {
    text(judgement.map { $0 + 2 })
  }

  static func flag(_ value: Bool) -> String {
    value ? "1" : "0"
  }

  static func ageGroup(_ age: Int?) -> String {
    switch age {
    case nil: ""
    case .some(..<30): "age 18 to 29"
    case .some(..<45): "age 30 to 44"
    case .some(..<60): "age 45 to 59"
    case .some(..<75): "age 60 to 74"
    case .some: "age 75 and over"
    }
  }

  static func children(_ count: Int?) -> String {
    switch count {
    case nil: ""
    case 0: "no children"
    case 1: "one child"
    case 2: "two children"
    case .some: "three or more children"
    }
  }

  static func household(_ people: Int?) -> String {
    switch people {
    case nil: ""
    case 1: "lives alone"
    case 2: "household of two"
    case 3: "household of three"
    case 4: "household of four"
    case .some: "household of five or more"
    }
  }

  /// Bands of own income, from the 26 brackets of the questionnaire.
  static func incomeBand(_ bracket: Int?) -> String {
    switch bracket {
    case nil: ""
    case .some(...12): "income under 20k"
    case .some(...17): "income 20k to 40k"
    case .some(...20): "income 40k to 75k"
    case .some(...23): "income 75k to 130k"
    case .some: "income 130k and over"
    }
  }

  /// Kind of place, from the ten codes of the survey's community size.
  static func place(_ code: Int?) -> String {
    switch code {
    case nil: ""
    case .some(...2): "city"
    case .some(...4): "suburb"
    case .some(...6): "outskirts"
    case .some: "small town or country"
    }
  }

  static func newspaper(_ code: Int?) -> String {
    switch code {
    case 1: "every day"
    case 2: "a few times a week"
    case 3: "once a week"
    case 4: "less than once a week"
    case 5: "never"
    default: ""
    }
  }
}
