/// Numbers, sizes and parts of a whole that stand in words.
extension AnswerOrder {
  /// "1st decile", "lowest quintile", "Q3 quartile": a part of the population by its number.
  static func quantile(_ text: String) -> Double? {
    let words = PlainText.line(text).split(separator: " ").map(String.init)
    let parts = [
      "decil", "quintil", "quartil", "tercil", "percentil", "dezil", "cuartil", "tertil",
    ]
    guard words.contains(where: { word in parts.contains { word.hasPrefix($0) } }) else {
      return nil
    }
    for word in words {
      if let rank = ordinals[word] { return rank }
      let digits = word.filter(\.isNumber)
      if let number = Double(digits), digits.count <= 3 { return number }
    }
    return nil
  }

  private static let ordinals = table([
    (0, ["lowest", "bottom", "poorest", "unterstes"]),
    (1, ["first", "erstes", "primer", "premier"]),
    (2, ["second", "poorer", "zweites", "segundo", "deuxieme"]),
    (3, ["third", "middle", "drittes", "tercer", "troisieme"]),
    (4, ["fourth", "richer", "viertes", "cuarto", "quatrieme"]),
    (5, ["fifth", "funftes", "quinto"]),
    (1000, ["highest", "top", "richest", "oberstes"]),
  ])

  /// Numbers that words say by their size: "dozens", "tens of thousands", "under ten".
  static func count(_ text: String) -> Double? {
    var words = text.split { !$0.isLetter }.map(String.init)
    let isBelow = ["under", "fewer", "less", "below", "up"].contains(words.first ?? "")
    words.removeAll {
      [
        "a", "of", "the", "few", "under", "fewer", "less", "than", "below", "up", "to",
        "several", "many", "hundred's", "single", "over", "more",
      ].contains($0)
    }
    if words == ["zero"] || words == ["none"] || words == ["no", "one"] { return 0 }
    guard !words.isEmpty else { return nil }
    var product = 1.0
    for word in words {
      guard let size = sizes[word] else { return nil }
      product *= size
    }
    return isBelow ? product / 2 : product
  }

  private static let sizes = table([
    (5, ["handful", "digits"]), (10, ["ten", "tens", "zehner"]),
    (12, ["dozen", "dozens", "dutzend"]),
    (100, ["hundred", "hundreds", "hunderte", "centaines", "cientos", "centenas"]),
    (1000, ["thousand", "thousands", "tausende", "milliers", "miles", "milhares"]),
    (1e6, ["million", "millions", "millionen", "millones", "milhoes"]),
    (1e9, ["billion", "billions", "milliarden", "milliards"]),
  ])

  static let spans = table([
    (0, ["seconds", "sekunden", "secondes", "segundos"]), (1, ["minutes", "minuten", "minutos"]),
    (2, ["hours", "stunden", "heures", "horas"]), (3, ["days", "tage", "jours", "dias"]),
    (4, ["weeks", "wochen", "semaines", "semanas"]), (5, ["months", "monate", "mois", "meses"]),
    (6, ["years", "jahre", "annees", "ans", "anos"]), (7, ["decades", "jahrzehnte", "decennies"]),
  ])

  static let bytes = table([
    (0, ["bytes"]), (1, ["kb", "kbs", "kilobytes"]), (2, ["mb", "mbs", "megabytes"]),
    (3, ["gb", "gbs", "gigabytes"]), (4, ["tb", "tbs", "terabytes"]),
    (5, ["pb", "pbs", "petabytes"]),
  ])
}
