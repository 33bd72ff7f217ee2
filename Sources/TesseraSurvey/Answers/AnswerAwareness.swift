/// Places answers on whether people know and use something: "never heard of it", "know it, but do not use
/// it", "use it", "use it regularly".
enum AnswerAwareness {
  private static let unknown = [
    "never heard", "not heard", "t heard", "not familiar", "unfamiliar", "not aware", "unaware",
    "nie gehort", "kenne ich nicht", "unbekannt", "jamais entendu", "ne connais pas",
    "nunca he oido",
    "no conozco", "no lo conozco", "nao conheco",
  ]
  private static let known = [
    "heard", "familiar", "aware", "know", "seen", "gehort", "kenne", "bekannt", "entendu",
    "connais",
    "oido", "conozco", "conheco",
  ]
  private static let used = [
    "use", "used", "using", "tried", "nutze", "genutzt", "benutze", "utilise", "uso", "utilizo",
  ]
  private static let unused = [
    "not use", "never used", "not used", "t use", "t used", "never tried", "not tried", "t tried",
    "not using", "nutze es nicht", "nicht genutzt", "benutze es nicht", "utilise pas", "no lo uso",
    "no uso", "nao uso",
  ]
  private static let often = [
    "regularly", "often", "currently", "daily", "regelmassig", "regulierement", "regularmente",
  ]
  private static let past = ["in the past", "used to", "no longer", "once", "fruher", "avant"]

  /// How far somebody is from knowing nothing of it; `nil` where an answer says neither.
  static func rank(_ text: String) -> Double? {
    let line = PlainText.line(text)
    func says(_ words: [String]) -> Bool { words.contains { PlainText.line(line, says: $0) } }
    if says(unknown) { return 0 }
    if says(unused) { return says(known) ? 1.5 : nil }
    if says(used) { return says(often) ? 3 : says(past) ? 2 : 2.5 }
    return says(known) ? 1 : nil
  }
}
