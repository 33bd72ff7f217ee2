import TesseraSurvey
import Testing

@testable import TesseraStudy

/// What is told of people from the questions they were asked.
@Suite struct QuestionTests {
  @Test(arguments: [
    ("age", "age"), ("How old are you?", "age"), ("Wie alt sind Sie?", "age"),
    ("Quel âge avez-vous ?", "age"), ("¿Qué edad tiene?", "age"),
    ("How many children under the age of 18 live in your household?", "children"),
    ("Wie viele Kinder leben in Ihrem Haushalt?", "children"),
    ("Combien d'enfants vivent dans votre foyer ?", "children"),
    ("¿Cuántos hijos viven en su hogar?", "children"),
    ("What was your total household income last year?", "income"),
    ("Wie hoch ist Ihr monatliches Haushaltsnettoeinkommen?", "income"),
    ("Quel est le revenu annuel de votre foyer ?", "income"),
    ("¿Cuál es el ingreso mensual de su hogar?", "income"), ("rincom06", "income"),
    ("How many people live in your household?", "household"), ("hh_size", "household"),
    ("What is your current marital status?", "marital status"),
  ])
  func `a question is about what it asks for`(text: String, topic: String) {
    #expect(Question.topic([text])?.rawValue == topic)
  }

  @Test(arguments: [
    "What is your year of birth?", "birth_year", "Geburtsjahr", "Année de naissance",
    "How many cars are in your household?", "How old is your youngest child?", "age_first_job",
    "How many hours do you spend with your children?", "children_cost", "household_spend",
    "How many people in your household earn an income?", "Wie viele Autos hat Ihr Haushalt?",
    "Spending on education", "I would work less if my income allowed it",
  ])
  func `a question that only mentions a topic is not about it`(text: String) {
    #expect(Question.topic([text]) == nil)
  }

  @Test(arguments: [
    ["Qualification_1", "How unqualified or qualified are most climate scientists?"],
    ["paeduc", "highest year school completed, father"],
    ["speduc", "highest year of school completed, spouse"],
    ["age_1", "How young or old does this brand seem?"],
  ])
  func `what is asked of others, or of things, is nothing of the people asked`(texts: [String]) {
    #expect(Question.topic(texts) == nil)
    #expect(Question.topic(["educ", "highest year of school completed"])?.rawValue == "education")
  }

  @Test(arguments: [
    ["CONEDUC", "Confidence in education"], ["NATEDUC", "Improving nations education system"],
  ])
  func `a code that ends in a topic tells nothing beside a wording that says more`(
    texts: [String]
  ) {
    #expect(Question.topic(texts) == nil)
    #expect(Question.topic(["PEDUC", "Education"])?.rawValue == "education")
  }

  @Test(
    arguments: [
      ("B1[SQ005]. Do you agree? [The tools are fine]", "The tools are fine"),
      ("How important are these? [Price]", "Price"),
      ("A1. Where do you work?", "Where do you work?"),
      ("Pricing:How satisfied are you with these?", "Pricing"), ("grp_views/rain", "rain"),
      ("How far do you agree? - The tools are fine", "The tools are fine"),
      ("I cook at home - How far do you agree with this?", "I cook at home"),
      ("Which do you use? - Selected Choice - Radio", "Radio"),
      ("What is your gender? - Selected Choice", "What is your gender?"),
      ("Trust - the police", "Trust - the police"),
      ("Trust: the police", "Trust: the police"), ("Income [EUR]", "Income [EUR]"),
      ("TV/radio", "TV/radio"), ("U.S. economy", "U.S. economy"), ("Q5[1]", "Q5[1]"),
    ])
  func `a sentence holds the item, not the code and the question that all share`(
    text: String, spoken: String
  ) {
    #expect(Question.spoken(text) == spoken)
    let trait = TesseraStudy.Trait(
      variable: "v", words: "w", role: .active, effect: 1, measure: .share(0.6, total: 0.4),
      smallBase: false, question: text, answer: "Rather")
    #expect(TraitWords.sentence(trait) == "60% answered Rather to \"\(spoken)\" (all: 40%)")
  }

  @Test func `an option that two sets offer is told with its question`() {
    func tick(_ set: String, _ share: Double) -> TesseraStudy.Trait {
      TesseraStudy.Trait(
        variable: "\(set) Go", words: "Go", role: .active, effect: share,
        measure: .share(share, total: 0.2), smallBase: false, question: "Go", isTick: true,
        set: set, answer: "Go")
    }
    func words(_ traits: [TesseraStudy.Trait]) -> [String] {
      SegmentDescription.portrait(traits).map(\.words)
    }
    #expect(words([tick("Used", 0.8)]) == ["80% chose \"Go\" (all: 20%)"])
    #expect(
      words([tick("Used", 0.8), tick("Wanted", 0.6)])
        == [
          "80% answered \"Go\" to \"Used\" (all: 20%)",
          "60% answered \"Go\" to \"Wanted\" (all: 20%)",
        ])
  }

  @Test func `marks within a quoted label are single ones`() {
    #expect(AnswerWords.quoted("importance of \"Price\"") == "\"importance of 'Price'\"")
  }

  @Test func `a mean that nobody can have is not called schooling`() {
    let trait = TesseraStudy.Trait(
      variable: "qualification", words: "qualification", role: .active, effect: 1,
      measure: .mean(68.5, total: 83.5), smallBase: false, question: "qualification")
    #expect(!TraitWords.sentence(trait).contains("education"))
  }

  @Test func `nearly all is not said of everybody`() {
    func sentence(_ share: Double) -> String {
      TraitWords.sentence(
        TesseraStudy.Trait(
          variable: "home", words: "alone", role: .active, effect: 2,
          measure: .share(share, total: 0.4), smallBase: false, question: "home", answer: "alone",
          interval: .init(standardError: 0.01, low: 0.95, high: 1)))
    }
    #expect(sentence(0.97).hasPrefix("nearly all "))
    #expect(sentence(0.999).hasPrefix("100% "))
  }

  @Test func `numbers of people are told in the words people use`() {
    func trait(
      _ question: String, _ effect: Double, _ role: VariableProfile.Role = .active
    ) -> TesseraStudy.Trait {
      TesseraStudy.Trait(
        variable: "q1", words: question, role: role, effect: effect,
        measure: .mean(2, total: 1), smallBase: false, question: question)
    }
    #expect(TraitWords.sentence(trait("age", 1)) == "average age 2.00 (all: 1.00)")
    #expect(TraitWords.sentence(trait("shoe size", 1)).hasPrefix("average of \"shoe size\" 2.00"))
  }

  @Test func `people are told by what they are, and a No only where it sets them apart`() {
    func trait(
      _ question: String, _ answer: String, _ share: Double, all: Double, effect: Double
    ) -> TesseraStudy.Trait {
      TesseraStudy.Trait(
        variable: question.lowercased().replacing(" ", with: "_"), words: answer, role: .active,
        effect: effect, measure: .share(share, total: all), smallBase: false, question: question,
        answer: answer)
    }
    func words(_ question: String, _ answer: String) -> String {
      TraitWords.statement(trait(question, answer, 0.7, all: 0.4, effect: 0.6))
    }
    #expect(words("Marital status", "Married") == "are married")
    #expect(words("Familienstand", "verheiratet") == "answered verheiratet to \"Familienstand\"")
    #expect(words("Age group", "age 30 to 44") == "are aged 30 to 44")
    #expect(words("Age", "18-29") == "are aged 18-29")
    #expect(words("Work status", "Full-Time") == "work full-time")
    #expect(words("Household (estimated)", "household of two") == "live in a household of two")
    #expect(words("Children", "no children") == "have no children")
    #expect(words("Gender", "F") == "are female")
    #expect(words("Tasty", "No") == "answered No to \"Tasty\"")
    #expect(words("always", "Not.always") == "chose \"Not.always\"")
    let married = trait("Marital status", "Married", 0.75, all: 0.4, effect: 0.7)
    let car = trait("Has a car", "No", 0.6, all: 0.3, effect: 0.6)
    let told = SegmentDescription.portrait([car, married]).map(\.words)
    #expect(
      told == ["75% are married (all: 40%)", "60% answered No to \"Has a car\" (all: 30%)"])
    let nothing = trait("Has a car", "No", 1, all: 0.2, effect: 2.2)
    #expect(SegmentDescription.portrait([married, nothing]).first?.answer == "No")
  }

  @Test func `the no to a question reads as one`() {
    #expect(AnswerWords.denied("married") == "not married")
    #expect(AnswerWords.denied("car") == "no car")
    for noun in ["bed", "need", "speed"] { #expect(AnswerWords.denied(noun) == "no \(noun)") }
    #expect(AnswerWords.isDenial("not married") && AnswerWords.isDenial("no car"))
    #expect(AnswerWords.option("No child seat", else: "x") == "“No child seat”")
    #expect(AnswerWords.option("Nothing", else: "x") == "Nothing")
  }

  @Test(arguments: [
    ("always", ["always", "Not.always"], ["always", "not always"]),
    ("tea.time", ["tea time", "Not.tea time"], ["tea time", "not tea time"]),
    ("sugar", ["sugar", "No.sugar"], ["sugar", "no sugar"]),
    ("children", ["no children", "one child"], ["no children", "one child"]),
    ("reads", ["always", "never"], ["reads always", "reads never"]),
  ])
  func `an answer that repeats its question is told once`(
    name: String, answers: [String], told: [String]
  ) {
    let descriptor = Descriptor(
      name: name, label: name, level: "nominal", role: .active,
      content: .categories(
        answers.map { Category(code: .text($0)) }, positions: Array(repeating: 1, count: 20)))
    #expect(answers.map { AnswerWords.of(answer: $0, to: descriptor) } == told)
  }

  @Test func `large numbers are grouped, years are not`() {
    #expect(SegmentDescription.number(34_155) == "34,155")
    #expect(SegmentDescription.number(-1_234_567) == "-1,234,567")
    #expect(SegmentDescription.number(9_999.7) == "10,000")
    #expect(SegmentDescription.number(1_985) == "1985")
  }
}
