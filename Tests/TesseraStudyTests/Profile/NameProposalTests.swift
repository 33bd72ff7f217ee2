import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct NameProposalTests {
  private static func tick(_ words: String, _ leans: [Double], _ shares: [Double]) -> NamingQuestion
  {
    NamingQuestion(
      variable: words, question: words, set: nil, isActive: true, form: .tick, leans: leans,
      answers: [.init(label: "Yes", shares: shares, effects: leans)], battery: "yes|no", topic: nil,
      words: words)
  }

  private static func item(_ words: String?, _ scale: ScaleWords, _ leans: [Double])
    -> NamingQuestion
  {
    NamingQuestion(
      variable: words ?? "v1", question: words ?? "", set: nil, isActive: true, form: .scale(scale),
      leans: leans, answers: [], battery: "scale \(scale)", topic: nil, words: words)
  }

  @Test func `a name is made of what most of a segment says, one another segment does not share`() {
    let names = SegmentNames(
      [
        Self.tick("tasty", [1.2, -1.2], [0.95, 0.4]), Self.tick("cheap", [0.9, -0.9], [0.9, 0.5]),
        Self.tick("greasy", [-0.8, 0.8], [0.4, 0.8]),
      ], segments: 2
    ).proposed
    #expect(names == ["Tasty and cheap", "Greasy, not tasty"])
  }

  @Test func `what people are not does not name them`() {
    let names = SegmentNames(
      [
        Self.tick("own a car", [0.9, -0.9], [0.9, 0.1]),
        Self.tick("have children", [0.8, -0.8], [0.8, 0.2]),
      ], segments: 2
    ).proposed
    #expect(names[1] == "Segment B", "\(names)")
  }

  @Test func `what nearly everybody says names nobody`() {
    let names = SegmentNames(
      [
        Self.tick("employed", [0.5, -0.5], [0.99, 0.94]),
        Self.tick("tasty", [0.4, -0.4], [0.7, 0.5]),
      ], segments: 2
    ).proposed
    #expect(names[0] == "Tasty", "\(names)")
  }

  @Test func `throughout has no exceptions`() {
    let leans = [[1.6, -1.6], [1.5, -1.5], [1.4, -1.4], [-0.9, 0.9]]
    let names = SegmentNames(
      zip(["rooms", "staff", "price", "food"], leans).map { Self.item($0, .satisfaction, $1) },
      segments: 2
    ).proposed
    #expect(names.allSatisfy { !$0.contains("throughout") }, "\(names)")
  }

  @Test func `the same words in another order make no second name`() {
    let names = SegmentNames(
      [
        Self.tick("garden", [1, 0.9, -1.4], [0.9, 0.85, 0.2]),
        Self.tick("cinema", [0.9, 1, -1.4], [0.85, 0.9, 0.2]),
        Self.tick("sport", [-0.6, 0.6, 0.1], [0.3, 0.8, 0.5]),
      ], segments: 3
    ).proposed
    let words = names.map { Set($0.lowercased().split(separator: " ")) }
    #expect(Set(words).count == 3, "\(names)")
  }

  @Test func `a battery that is high throughout is said once, and the farther of two says more`() {
    let leans = [[1.6, 0.7, -1.2], [1.5, 0.6, -1.1], [1.4, 0.8, -1.3], [1.5, 0.7, -1]]
    let names = SegmentNames(
      zip(["rooms", "staff", "price", "food"], leans).map { Self.item($0, .satisfaction, $1) },
      segments: 3
    ).proposed
    #expect(names[0] == "Very satisfied throughout")
    #expect(names[1] == "Satisfied throughout")
    #expect(names[2] == "Dissatisfied throughout")
  }

  @Test func `what cannot be said in a few plain words makes no name`() {
    let names = SegmentNames(
      [Self.item(nil, .rating, [1, -1]), Self.item(nil, .rating, [-1, 1])], segments: 2
    ).proposed
    #expect(names == ["Segment A", "Segment B"])
  }

  @Test func `one segment is everybody`() {
    #expect(SegmentNames([], segments: 1).proposed == ["Everybody"])
  }

  @Test(
    arguments: [
      ("AffSat3. I feel fairly well satisfied with my job", "AffSat3", nil),
      ("How important is price?", "Q5_1", "price"), ("", "tasty", "tasty"),
      ("Satisfaction with: Value (for money)", "Q9_2", "value"), ("Diet Pepsi", "d2", "Diet Pepsi"),
      ("", "op19", nil), ("", "meals.per.day", "meals per day"),
      ("How incompetent or competent are most scientists?", "Competence_1", "competence"),
      ("Very", "v", nil), ("How often they ride", "q7", nil),
    ] as [(String, String, String?)])
  func `labels give a few words or none`(_ label: String, _ name: String, _ words: String?) {
    #expect(ItemWords.of(label: label, name: name, isCode: false) == words)
  }

  @Test func `what people do is done often, and things are had much`() {
    #expect(Question.asksOfDoing("How often do you shop online?"))
    #expect(!Question.asksOfDoing("Hours of television"))
    #expect(ScaleWords.frequency.high("shop online", isClause: true) == "often shop online")
    #expect(ScaleWords.frequency.low("shop online", isClause: true) == "rarely shop online")
    #expect(ScaleWords.frequency.high("television") == "much television")
  }

  @Test func `what several questions share names none of them`() {
    let labels = [
      "How do you rate: Time spent waiting in line?", "How do you rate: Prices?",
      "How important is: Prices?", "How important is: Range?", "How important is: Parking?",
    ]
    let asked = ItemWords.shared(labels)
    let words = labels.map { ItemWords.of(label: $0, name: "q1", asked: asked, isCode: false) }
    #expect(words == [nil, "prices", "prices", "range", "parking"])
    // An item too long for a name is not named after its question instead.
    let rated = ["Wie bewerten Sie: Wartezeit an der Kasse?", "Wie bewerten Sie: Preise?"]
    #expect(ItemWords.of(label: rated[0], name: "q1", isCode: false) == "wie bewerten Sie")
    #expect(
      ItemWords.of(
        label: rated[0], name: "q1", asked: ItemWords.shared(rated), isCode: false) == nil)
  }

  @Test func `names of unlabelled columns that share their first letters are codes`() {
    let codes = NameRubric.codes(among: ["natenvir", "natheal", "natcity", "reading", "cinema"])
    #expect(codes == ["natenvir", "natheal", "natcity"])
    for code in ["acc3", "q5_1", "CredLineHigh", "pmh", "x=1"] { #expect(NameRubric.isCode(code)) }
    for word in ["TV", "reading", "full-time", "McDonald", "élan", "price"] {
      #expect(!NameRubric.isCode(word))
    }
    #expect(!NameRubric.passes("Older people who like much of nothing"))
    #expect(!NameRubric.passes("High acc3"))
  }

  @Test func `a wording of the study names and describes`() throws {
    let study = try StudyFile.parse(
      """
      survey: { file: a.csv }
      say:
        tasty: { "no": find it not tasty }
      """, file: "s.yaml")
    #expect(study.say.phrase("tasty", answer: "No") == "find it not tasty")
    let no = NamingQuestion(
      variable: "tasty", question: "Tasty", set: nil, isActive: true, form: .choice, leans: [],
      answers: [.init(label: "No", shares: [0.9, 0.2], effects: [1.5, -1.5])], battery: nil,
      topic: nil, words: "tasty")
    #expect(
      SegmentNames([no], segments: 2, say: study.say).proposed[0] == "Find it not tasty")
    var trait = TesseraStudy.Trait(
      variable: "tasty", words: "not tasty", role: .active, effect: 1,
      measure: .share(0.88, total: 0.36), smallBase: false, question: "Tasty", answer: "No",
      code: "2")
    trait = trait.completed(by: [], say: study.say)
    #expect(TraitWords.sentence(trait) == "88% find it not tasty (all: 36%)")
  }

  @Test func `a word for a share holds for its whole interval`() {
    func word(_ low: Double, _ high: Double) -> String? {
      TraitWords.amount(.init(standardError: 0, low: low, high: high))
    }
    #expect(word(0.91, 0.99) == "nearly all" && word(0.89, 0.99) == nil)
    #expect(word(0.6, 0.9) == "most" && word(0.55, 0.7) == nil)
    #expect(word(0.46, 0.54) == "about half" && word(0.4, 0.54) == nil)
    #expect(word(0.06, 0.19) == "few" && word(0, 0.04) == "hardly any" && word(0.1, 0.3) == nil)
    #expect(TraitWords.amount(nil) == nil)
  }

  private static func number(
    _ words: String, _ topic: DraftWords.Topic?, _ leans: [Double], upper: [Double],
    isActive: Bool = true
  ) -> NamingQuestion {
    var one = NamingQuestion(
      variable: words, question: words, set: nil, isActive: isActive, form: .quantity, leans: leans,
      answers: [], battery: nil, topic: topic, words: words)
    one.upper = upper
    one.lower = upper.map { 1 - $0 }
    return one
  }

  @Test func `older are those of whom most are older than half of everybody`() {
    let names = { (upper: [Double]) in
      SegmentNames([Self.number("age", .age, [0.6, -0.6], upper: upper)], segments: 2).proposed
    }
    #expect(names([0.7, 0.3]) == ["Older", "Younger"])
    #expect(names([0.55, 0.45]) == ["Segment A", "Segment B"])
  }

  @Test func `what did not make the segments names none`() {
    let names = SegmentNames(
      [
        Self.number("age", .age, [0.9, -0.9], upper: [0.8, 0.2], isActive: false),
        Self.tick("tasty", [0.8, -0.8], [0.9, 0.5]),
      ], segments: 2
    ).proposed
    #expect(names == ["Tasty, older", "Segment B"])
  }

  @Test func `no name only says less than another`() {
    let names = SegmentNames(
      [
        Self.number("age", .age, [0.9, 0.8, -1.5], upper: [0.8, 0.8, 0.1]),
        Self.number("schooling", .education, [-0.9, 0, 0.4], upper: [0.1, 0.5, 0.65]),
      ], segments: 3
    ).proposed
    #expect(names[0].contains("less educated") && names[1] != "Older", "\(names)")
  }

  @Test func `low in both is no either`() {
    let names = SegmentNames(
      [
        Self.number("seniority", nil, [-1, 1], upper: [0.1, 0.9]),
        Self.number("assets", nil, [-0.9, 0.9], upper: [0.1, 0.9]),
      ], segments: 2
    ).proposed
    #expect(names == ["Low seniority and assets", "High seniority and assets"])
  }

  @Test func `codes of one kind are no words, and a scale is not its own item`() {
    #expect(NameRubric.codes(among: ["phist", "mhist", "age"]) == ["phist", "mhist"])
    #expect(NameRubric.codes(among: ["hc", "wc", "income"]) == ["hc", "wc"])
    #expect(
      NameRubric.families(among: ["natheal", "natcity", "nateduc", "age"]).contains("nateduc"))
    #expect(ScaleWords.importance.high("importance") == nil)
    #expect(ScaleWords.rating.high("rank price") == nil)
    #expect(ScaleWords.importance.high("price") == "price matters")
  }
}
