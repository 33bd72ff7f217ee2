/// Whole answers in languages of which the reader knows no more than the usual scales: Polish, Czech,
/// Hungarian, Turkish, Russian, Indonesian, Chinese, Japanese and Korean.
extension AnswerOrder {
  private static func whole(_ steps: [(Double, [String])]) -> [String: Double] {
    table(steps.map { ($0.0, $0.1.map(PlainText.folded)) })
  }

  /// Agreement.
  static let agreement = whole([
    (
      -4,
      [
        "zdecydowanie się nie zgadzam", "całkowicie się nie zgadzam", "rozhodně nesouhlasím",
        "egyáltalán nem értek egyet", "kesinlikle katılmıyorum", "hiç katılmıyorum",
        "tamamen katılmıyorum", "полностью не согласен", "полностью не согласна",
        "совершенно не согласен", "категорически не согласен", "sangat tidak setuju",
        "非常不同意", "完全不同意", "強く反対", "全くそう思わない", "まったくそう思わない",
        "全くあてはまらない", "まったくあてはまらない", "全く当てはまらない", "instämmer inte alls",
        "전혀 그렇지 않다", "매우 그렇지 않다",
      ]
    ),
    (
      -2,
      [
        "nie zgadzam się", "nesouhlasím", "nem értek egyet", "katılmıyorum", "не согласен",
        "не согласна", "tidak setuju", "不同意", "比较不同意", "反対", "そう思わない", "그렇지 않다",
        "あてはまらない", "当てはまらない", "instämmer inte",
      ]
    ),
    (
      -1,
      [
        "raczej się nie zgadzam", "spíše nesouhlasím", "inkább nem értek egyet",
        "pek katılmıyorum", "kısmen katılmıyorum", "скорее не согласен", "скорее не согласна",
        "kurang setuju", "あまりそう思わない", "あまりあてはまらない", "あまり当てはまらない",
      ]
    ),
    (
      0,
      [
        "ani tak, ani nie", "ani się zgadzam, ani nie zgadzam",
        "nie mam zdania", "ani souhlasím, ani nesouhlasím", "egyet is értek meg nem is",
        "kararsızım", "kararsız", "ne katılıyorum ne katılmıyorum", "nötr",
        "нейтрально", "netral", "ragu-ragu", "cukup setuju", "一般", "中立", "不确定",
        "どちらともいえない", "どちらでもない", "보통이다", "보통",
      ]
    ),
    (
      1,
      [
        "raczej się zgadzam", "spíše souhlasím", "inkább egyetértek", "kısmen katılıyorum",
        "biraz katılıyorum", "скорее согласен", "скорее согласна", "agak setuju", "比较同意",
        "ややそう思う", "ややあてはまる", "やや当てはまる", "まああてはまる", "instämmer delvis",
      ]
    ),
    (
      2,
      [
        "zgadzam się", "souhlasím", "egyetértek", "katılıyorum", "согласен", "согласна", "setuju",
        "同意", "賛成", "そう思う", "그렇다", "あてはまる", "当てはまる", "instämmer",
      ]
    ),
    (
      4,
      [
        "zdecydowanie się zgadzam", "całkowicie się zgadzam", "rozhodně souhlasím",
        "teljesen egyetértek", "kesinlikle katılıyorum", "tamamen katılıyorum",
        "çok katılıyorum", "полностью согласен", "полностью согласна", "sangat setuju", "非常同意",
        "完全同意", "強く賛成", "とてもそう思う", "非常にそう思う", "매우 그렇다",
        "とてもあてはまる", "非常にあてはまる", "よくあてはまる", "とても当てはまる", "instämmer helt",
      ]
    ),
  ])

  /// Satisfaction, likelihood and importance.
  static let contentment = whole([
    (
      -4,
      [
        "zdecydowanie nie", "zupełnie nieważne", "całkowicie nieważne", "bardzo niezadowolony",
        "bardzo niezadowolona", "velmi nespokojen",
        "rozhodně ne", "kesinlikle hayır", "hiç memnun değilim", "çok memnunsuz", "совсем нет",
        "точно нет", "sangat tidak puas", "sangat buruk", "非常不满意", "很不满意", "とても不満",
        "非常に不満", "매우 불만족", "hiç önemli değil", "совсем не важно", "sangat tidak penting",
      ]
    ),
    (
      -2,
      [
        "raczej nie", "raczej nieważne", "niezadowolony", "niezadowolona", "nespokojen", "spíše ne",
        "memnun değilim",
        "hayır", "скорее нет", "не доволен", "tidak puas", "buruk", "不满意", "不満", "불만족",
        "önemli değil", "не важно", "tidak penting",
      ]
    ),
    (-1, ["kurang puas", "やや不満", "kurang baik", "kurang penting"]),
    (
      0,
      [
        "ani tak, ani nie", "kararsızım", "belki",
        "netral", "biasa saja", "cukup", "一般", "普通",
        "どちらともいえない", "보통",
      ]
    ),
    (
      2,
      [
        "raczej tak", "raczej ważne", "zadowolony", "zadowolona", "spokojen", "spíše ano",
        "memnunum", "evet",
        "скорее да", "доволен", "puas", "baik", "满意", "満足", "만족", "önemli", "важно", "penting",
      ]
    ),
    (1, ["やや満足", "cukup puas", "cukup baik", "cukup penting"]),
    (
      4,
      [
        "zdecydowanie tak", "bardzo ważne", "bardzo zadowolony", "bardzo zadowolona",
        "velmi spokojen",
        "rozhodně ano", "kesinlikle evet", "çok memnunum", "точно да", "очень доволен",
        "sangat puas", "sangat baik", "非常满意", "很满意", "とても満足", "非常に満足", "매우 만족",
        "çok önemli", "очень важно", "sangat penting",
      ]
    ),
  ])

  /// How often, about as many times a year.
  static let often = whole([
    (
      0,
      [
        "nigdy", "nikdy", "soha", "hiçbir zaman", "asla", "hiç", "никогда", "tidak pernah", "从不",
        "从来没有", "全くない", "まったくない", "전혀 없다",
      ]
    ),
    (0.6, ["rzadziej", "méně často", "ritkábban", "daha seyrek", "реже", "lebih jarang"]),
    (
      1.2,
      ["rzadko", "zřídka", "ritkán", "nadiren", "редко", "jarang", "很少", "めったにない", "あまりない"]
    ),
    (
      6,
      [
        "czasami", "czasem", "někdy", "občas", "néha", "bazen", "ara sıra", "иногда",
        "kadang-kadang", "kadang kadang", "kadang", "有时", "有时候", "時々", "ときどき", "가끔",
      ]
    ),
    (
      60,
      [
        "często", "často", "gyakran", "sık sık", "genellikle", "часто", "sering", "经常", "よくある",
        "しばしば", "자주",
      ]
    ),
    (
      100,
      ["bardzo często", "velmi často", "nagyon gyakran", "çok sık", "очень часто", "sangat sering"]
    ),
    (4, ["kilka razy w roku"]), (8, ["rzadziej niż raz w miesiącu"]),
    (60, ["raz w tygodniu lub częściej"]),
    (
      12,
      ["raz w miesiącu", "jednou měsíčně", "havonta", "ayda bir", "раз в месяц", "sebulan sekali"]
    ),
    (
      30,
      ["kilka razy w miesiącu", "několikrát měsíčně", "ayda birkaç kez", "несколько раз в месяц"]
    ),
    (
      52,
      [
        "raz w tygodniu", "jednou týdně", "hetente", "haftada bir", "раз в неделю",
        "seminggu sekali",
      ]
    ),
    (
      150,
      [
        "kilka razy w tygodniu", "několikrát týdně", "hetente többször", "haftada birkaç kez",
        "несколько раз в неделю", "beberapa kali seminggu",
      ]
    ),
    (
      365, ["codziennie", "denně", "naponta", "her gün", "каждый день", "ежедневно", "setiap hari"]
    ),
    (
      9000,
      ["zawsze", "vždy", "mindig", "her zaman", "daima", "всегда", "selalu", "总是", "いつも", "항상"]
    ),
  ])

  /// Schooling.
  static let schooling = whole([
    (2, ["podstawowe", "gimnazjalne", "základní", "ilköğretim", "ilkokul", "начальное", "sd"]),
    (3, ["zasadnicze zawodowe", "zawodowe", "vyučen", "ortaokul", "smp", "неполное среднее"]),
    (4, ["średnie", "střední", "lise", "среднее", "sma", "smk", "sma/smk", "高中"]),
    (
      5,
      [
        "policealne", "vyšší odborné", "önlisans", "ön lisans", "среднее специальное", "diploma",
        "d3",
      ]
    ),
    (7, ["licencjat", "wyższe", "vysokoškolské", "lisans", "üniversite", "высшее", "s1", "本科"]),
    (8, ["magister", "yüksek lisans", "s2", "硕士"]), (9, ["doktorat", "doktora", "s3", "博士"]),
  ])
}

/// Years of study: "Freshman" to "Senior", "1st year" to "4th year", "9th grade".
extension AnswerOrder {
  private static let stages: Set<String> = [
    "year", "grade", "class", "form", "level", "semester", "term", "klasse", "jahr", "schuljahr",
    "stufe", "annee", "ano", "curso", "semestre", "anno", "sinif", "rok", "klasa", "arskurs",
  ]
  private static let ordinals = table([
    (1, ["first", "erstes", "premiere", "primer", "primero", "primo"]),
    (2, ["second", "zweites", "deuxieme", "segundo", "secondo"]),
    (3, ["third", "drittes", "troisieme", "tercer", "tercero", "terzo"]),
    (4, ["fourth", "viertes", "quatrieme", "cuarto", "quarto"]),
    (5, ["fifth", "cinquieme", "quinto"]), (6, ["sixth", "sexto", "sesto"]),
  ])
  private static let students = table([
    (1, ["freshman", "freshmen", "freshers", "fresher"]), (2, ["sophomore", "sophomores"]),
    (3, ["junior", "juniors"]), (4, ["senior", "seniors"]), (5, ["fifth year senior"]),
    (6, ["graduate", "graduate student", "grad student", "postgraduate"]),
  ])

  /// Whether an answer is a number in order alone, which may count anything.
  static func isOrdinal(_ text: String) -> Bool { ordinals[text] != nil }

  static func study(_ text: String) -> Double? {
    if let rank = students[text] ?? ordinals[text] { return rank }
    let words = PlainText.line(text).split(separator: " ").map(String.init)
    guard (2...3).contains(words.count), words.contains(where: { stages.contains(stem($0)) }) else {
      return nil
    }
    for word in words {
      if let rank = ordinals[word] { return rank }
      let digits = word.prefix(while: \.isNumber)
      if let number = Double(digits), digits.count <= 2, word.count <= digits.count + 2 {
        return number
      }
    }
    return nil
  }

  /// "years" as "year".
  private static func stem(_ word: String) -> String {
    word.hasSuffix("s") && word != "class" ? String(word.dropLast()) : word
  }
}
