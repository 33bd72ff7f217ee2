import TesseraSurvey
import Testing

@Suite struct AnswerOrderTests {
  @Test(arguments: [
    ["Never", "Once or twice a year", "Once a month", "2 to 3 days a week", "Every day"],
    ["I had not been using it.", "Less than once per year.", "Monthly.", "Weekly.", "Daily."],
    ["Nunca", "Raramente", "De vez en cuando", "Con frecuencia", "Siempre"],
    ["Nie", "Selten", "Einmal im Monat", "Mehrmals pro Woche", "Täglich"],
    ["Jamais", "Rarement", "Une fois par mois", "Une fois par semaine", "Tous les jours"],
    ["never", "once", "more_once", "frequently"],
    ["Poor", "Fair", "Good", "Very good", "Excellent"],
    ["Hate", "Dislike", "Neither like nor dislike", "Like", "Love"],
    ["Very difficult", "Difficult", "Neither easy nor difficult", "Easy", "Very easy"],
    ["Beginner", "Intermediate", "Advanced", "Expert"],
    ["Less than 3 months", "3 months - 1 year", "1 - 3 years", "More than 3 years"],
    ["25 or younger", "26 - 35", "36 - 45", "56+"], ["1", "2", "3+"],
    ["Not relevant for me", "Somewhat useful", "Critical to me"],
    ["1 - Not very vivid", "2 - A bit vivid", "3 - Quite vivid", "4 - Very vivid"],
    ["I'm less sure now.", "I'm equally sure now.", "I'm more sure now."],
    ["High school", "Associate degree", "Bachelor's degree", "Master's degree", "Doctorate"],
    ["Tens", "Hundreds", "Thousands", "Tens of thousands", "Hundreds of thousands or more"],
    ["Low", "Medium", "High", "Very_High"], ["Low risk", "Medium risk", "High risk"],
    ["Strongly Oppose", "Oppose", "Favor", "Strongly Favor"],
    ["not anxious at all", "a little anxious", "somewhat anxious", "very anxious"],
    ["Hardly any confidence", "Only some confidence", "A great deal of confidence"],
    ["Lehne stark ab", "Lehne ab", "Stimme eher zu", "Stimme zu", "Stimme voll und ganz zu"],
    ["Pas du tout d'accord", "Plutôt pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"],
    ["Nada de acuerdo", "Poco de acuerdo", "Bastante de acuerdo", "Totalmente de acuerdo"],
    ["Helemaal mee oneens", "Mee oneens", "Neutraal", "Mee eens", "Helemaal mee eens"],
    ["Discordo totalmente", "Discordo", "Neutro", "Concordo", "Concordo plenamente"],
    ["Too little", "About right", "Too much"], ["Become sooner", "No change", "Become later"],
    ["Very liberal", "Liberal", "Moderate", "Conservative", "Very conservative"],
    ["lt-hs", "highsc", "somcol", "bach", "gradwk"],
    ["lessHS", "HS", "somePS", "college", "bachelors"],
    ["hs drop out", "hs", "some college", "college", "master"],
    ["No qualifications", "GCSE", "A Levels", "Degree"],
    ["Under $25k", "$25-50k", "$50-100k", "$100k+"],
    ["lt15k", "15t24k", "25t39k", "50k+"], ["do not watch", "<1", "1", "2", "5+"],
    ["No change", "1-10%", "11-20%", "21-30%"], ["In my 20s", "In my 30s", "In my 40s"],
    ["Zwischen 18 und 29", "Zwischen 30 und 49", "50 und älter"],
    ["Menos de 18 años", "De 18 a 34 años", "Más de 34 años"],
    ["Small (1-10)", "Medium (11-99)", "Large (100+)"], ["<1/month", "1-4/month", ">1/week"],
    ["1 (not at all)", "2", "3", "4", "5 (very much)"],
    ["No experience", "Some experience", "Extensive experience"],
    ["Nunca", "Casi nunca", "A veces", "Casi siempre", "Siempre"],
    ["Nunca", "Una vez al año", "Una vez al mes", "Varias veces al mes", "Todas las semanas"],
    ["nie", "seltener", "einmal pro Woche", "mehrmals pro Woche", "täglich"],
    ["Nie", "Seltener als 1x im Monat", "1-3x im Monat", "1x pro Woche", "2-3x pro Woche"],
    ["Less often", "Every few weeks", "1-2 days a week", "About once a day"],
    ["did not ride", "never", "rarely", "sometimes", "most of time", "always"],
    ["Never, and not open to it", "Never, but open to it", "Rarely", "Sometimes", "Often"],
    ["Do not trust at all", "Tend not to trust", "Tend to trust", "Totally trust"],
    ["Ninguna confianza", "Poca confianza", "Algo de confianza", "Mucha confianza"],
    ["independent", "slightly dependent", "moderately dependent", "severely dependent"],
    ["No, not at all rude", "Yes, somewhat rude", "Yes, very rude"],
    ["Certainement pas", "Probablement pas", "Probablement", "Certainement"],
    [
      "Very unfavorably", "Somewhat unfavorably", "Neither favorably nor unfavorably (neutral)",
      "Somewhat favorably", "Very favorably",
    ],
    ["Licenza media", "Diploma di scuola superiore", "Laurea triennale", "Laurea magistrale"],
    ["Ensino fundamental", "Ensino médio", "Ensino superior incompleto", "Pós-graduação"],
    ["Aucun diplôme", "CAP ou BEP", "Baccalauréat", "Bac +2", "Bac +3 ou +4", "Bac +5 ou plus"],
    ["Never attended school", "Junior high school", "Senior high school", "University"],
    ["basisonderwijs", "vmbo", "havo/vwo", "mbo", "hbo"],
    ["J - 1st decile", "R - 2nd decile", "C - 3rd decile", "M - 4th decile"],
    ["Poor", "Working class", "Lower middle class", "Upper middle class", "Upper class"],
    ["StronglyDisagree", "Disagree", "Agree", "StronglyAgree"],
    ["Not at all like me", "Not much like me", "A little like me", "Like me", "Exactly like me"],
    ["Does not fit at all", "Fits a little", "Fits quite well", "Fits very well"],
    [
      "Would never consider", "Would probably not consider", "Might consider",
      "Would probably consider", "Would definitely consider",
    ],
    ["schlecht", "eher schlecht", "mittel", "eher gut", "gut"],
    ["gar nicht", "wenig", "mittel", "ziemlich", "sehr"],
    ["Pas du tout satisfait", "Peu satisfait", "Moyennement satisfait", "Plutôt satisfait"],
    ["work_for_free", "10k_30k", "30k_50k", "50k_100k", "100k_200k", "more_than_200k"],
    ["just_me", "1_5", "5_10", "10_20", "20_50", "50_100", "100_1000", "more_than_1000"],
    ["Jonger dan 18", "18-29", "30-44", "45-59", "60+"],
    ["poorest", "poorer", "middle", "richer", "richest"],
    ["<5", "5", "6", "7", "8", "9", "10+"], ["do not watch", "<1", "1", "2", "3", "4", "5+"],
    ["Does not matter at all", "Does not matter much", "Somewhat matters", "Really matters"],
    ["Helemaal niet belangrijk", "Niet belangrijk", "Neutraal", "Belangrijk", "Heel belangrijk"],
    ["Minder dan één keer per week", "Eén keer per week", "2-3 keer per week", "Elke dag"],
    ["Instämmer inte alls", "Instämmer delvis", "Instämmer i hög grad", "Instämmer helt"],
    [
      "Very out of place", "Somewhat out of place", "Neutral", "Somewhat comfortable",
      "Very comfortable",
    ],
    ["Mala calidad", "Calidad media", "Buena calidad"],
    ["First Year", "Second Year", "Third Year", "Fourth Year", "Fifth or more"],
    ["Aldrig", "Någon gång per månad", "1-2 gånger i veckan", "Varje dag"],
    [
      "Never", "Less than once per year", "Less than once a month but more than once per year",
      "Once a month or more often",
    ],
    ["nunca", "rara_vez", "cada_mes", "cada_semana", "todos_los_dias"],
    ["Ninguno", "1 día", "2 días", "3 días", "Todos los días"],
    ["Nie", "Seltener als alle 5 Jahre", "Alle 3 bis 5 Jahre", "Alle 1 bis 2 Jahre", "Jedes Jahr"],
    ["Mai", "Raramente", "A volte", "Spesso", "Sempre"],
    ["それ以下", "月に2～3日", "週に1日", "週に2～3日", "週に4～5日", "毎日"],
    ["20代", "30代", "40代", "50代"], ["200万円未満", "200～400万円未満", "400～600万円未満", "1000万円以上"],
    ["(1) No goals", "(2)", "(3)", "(4) Very clear goals"], ["1)", "2)", "3)", "4)"],
  ])
  func `answers are put in order, whatever order they come in`(answers: [String]) throws {
    let mixed = answers.indices.sorted { ($0 * 7) % 5 < ($1 * 7) % 5 }.map { answers[$0] }
    let found = try #require(AnswerOrder.find(mixed))
    #expect(found.order.map { mixed[$0] } == answers)
  }

  @Test(arguments: [
    ["Single", "Married", "Divorced", "Widowed"], ["North", "East", "South", "West"],
    ["Brand 1", "Brand 2", "Brand 3"], ["Manager", "Clerk", "Worker"],
    ["Yes", "No", "Not sure"], ["Windows", "Linux", "macOS"],
    ["M", "F", "Other"], ["Red", "Green", "Blue"], ["(1) Red", "(2) Green", "(3) Blue"],
    ["東京", "大阪", "京都"], ["1 - Male", "2 - Female", "3 - Other"],
    ["First", "Second", "Third"], ["Very hot", "Very cold", "Somewhat wet"],
    ["Home", "Work", "School"], ["Other (N/A)", "Bus", "Car"],
    ["Labour", "Conservative", "Liberal Democrat"], ["Married", "Not married", "Never married"],
    ["Full time work", "Part time work", "No work"], ["Red wine", "White wine", "Rosé wine"],
  ])
  func `kinds have no order`(answers: [String]) {
    #expect(AnswerOrder.find(answers) == nil)
  }

  @Test func `labels rise with their codes, and two may rank alike`() {
    #expect(
      AnswerOrder.inOrder(["Under $1000", "$1000 - $2999", "$3000 or more"])?.isRange == true)
    #expect(AnswerOrder.inOrder(["Very happy", "Pretty happy", "Not too happy"]) != nil)
    #expect(AnswerOrder.inOrder(["Hate", "Love", "Dislike"]) == nil)
  }

  @Test(arguments: [
    "Don't know", "Prefer not to say", "N/A", "Weiß nicht", "keine Angabe", "Ne sait pas",
    "No contesta", "Does not apply", "Refused", "NULL", "No responde", "Refusal (SPONT.)",
    "Unfamiliar (N/A)", "Invalid", "Prefiero no decirlo", "Não sei", "N.S.", "N.C.",
    "Je préfère ne pas répondre", "Wil ik niet zeggen", "Vet ej", "Das möchte ich nicht sagen",
  ])
  func `what is no answer is known in many languages`(label: String) {
    #expect(NoAnswer.says(label))
  }

  @Test(arguments: [
    "Trifft nicht zu", "No", "None", "Not at all", "Never", "Nobody", "I say what I want",
  ])
  func `a plain no is an answer`(label: String) {
    #expect(!NoAnswer.says(label))
  }
}

@Suite struct JoinedCellsTests {
  private static func variable(_ name: String, _ cells: [String]) -> Variable {
    let texts = Set(cells).subtracting([""]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Variable(
      name: name, level: .nominal, categories: texts.map { Category(code: .text($0)) },
      answers: AnswerColumn(
        positions: cells.map { cell in (texts.firstIndex(of: cell) ?? -1) + 1 },
        categoryCount: texts.count))
  }

  /// Cells of options by a rule that mixes them.
  private static func cells(_ options: [String], _ count: Int) -> [String] {
    (0..<count).map { row in
      options.indices.filter { (row / ($0 + 1) + $0) % 2 == 0 }.map { options[$0] }
        .joined(separator: ", ")
    }
  }

  @Test func `parts that only come together are one answer`() throws {
    let options = ["Price, delivery and returns", "Quality", "Range", "Service (staff, hours)"]
    let found = try #require(
      JoinedAnswers.recognise(Self.variable("What matters?", Self.cells(options, 120))))
    #expect(found.options == options)
    #expect(found.needsOptions)
  }

  @Test func `texts of one's own do not hide a question of several answers`() throws {
    var cells = Self.cells(["csv", "json", "xlsx", "parquet"], 120)
    for row in stride(from: 0, to: 120, by: 7) { cells[row] += ", my own format \(row)" }
    let found = try #require(
      JoinedAnswers.recognise(Self.variable("Which formats? (check all that apply)", cells)))
    #expect(found.options == ["csv", "json", "parquet", "xlsx"])
    let split = JoinedAnswers.split(
      "csv, my own format 7", ",", options: Set(found.options.map { .text($0) }))
    #expect(split == ["csv", JoinedAnswers.otherOption])
  }

  @Test(arguments: [
    ["Single, never married", "Married", "Divorced"],
    ["Yes, definitely", "Yes, probably", "No, probably", "No, definitely"],
    ["Paris, France", "Lyon, France", "Berlin, Germany", "Rome, Italy", "Milan, Italy"],
  ])
  func `a comma alone makes no question of several answers`(answers: [String]) {
    let cells = (0..<90).map { answers[$0 % answers.count] }
    #expect(JoinedAnswers.recognise(Self.variable("q", cells)) == nil)
  }

  @Test func `codes with commas between them are several answers`() {
    let cells = (0..<60).map { ["1", "1,3", "2,3", "2", "1,2,3"][$0 % 5] }
    #expect(JoinedAnswers.recognise(Self.variable("Q7", cells))?.options == ["1", "2", "3"])
  }

  @Test(arguments: [
    "Select all that apply", "(marca todas las que correspondan)", "Mehrfachnennung möglich",
    "Plusieurs réponses possibles", "Check all that apply",
  ])
  func `questions say that several answers may be chosen`(wording: String) {
    #expect(CheckAllWording.says(wording))
  }
}

@Suite struct SetsSideBySideTests {
  @Test func `columns without names behind a question are its options`() {
    func option(_ name: String, _ text: String) -> Variable {
      Variable(
        name: name, level: .nominal, categories: [Category(code: .text(text))],
        answers: .codes8([1, 0, 1, 0]))
    }
    let survey = Survey(variables: [
      option("Field", "Biology"), option("Column2", "Chemistry"), option("Column3", "Physics"),
      option("Position", "Student"),
    ])
    let sets = MultipleResponseFinder.find(in: survey).sets
    #expect(sets.map(\.members) == [["Field", "Column2", "Column3"]])
  }

  @Test func `columns of 0 and 1 whose wordings share a question are one set`() {
    let survey = Survey(
      variables: ["Analysis", "Teaching", "Marketing"].enumerated().map { place, option in
        Variable(
          name: "USE\(["A", "B", "C"][place])", label: "How do you use the tool?: \(option)",
          level: .nominal, categories: [Category(code: .number(0)), Category(code: .number(1))],
          answers: .codes8([1, 2, 1, 2]))
      })
    #expect(
      MultipleResponseFinder.find(in: survey).sets.map(\.members) == [["USEA", "USEB", "USEC"]])
  }
}
