import Foundation
import TesseraStudy
import Testing

@Suite("Bad tables of choices")
struct ValidateFaultTests {
  /// A wrong table or key, and what is said of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    let code: String
    let words: String
    var choices = "  { file: choices.csv, respondent: id, task: task, product: car, chosen: taken }"
    var change: @Sendable (Int, String) -> String? = { $1 }
    var testDescription: String { "\(code) \(words)" }
  }

  static let faults: [Fault] = [
    Fault(
      code: "E0631", words: "nothing was chosen",
      change: { $0 < 4 ? $1.replacingOccurrences(of: ",1", with: ",0") : $1 }),
    Fault(
      code: "E0631", words: "two alternatives of one menu are marked",
      change: { $0 < 4 && $0 > 0 ? String($1.dropLast()) + "1" : $1 }),
    Fault(
      code: "E0631", words: "must be 1 or 0",
      change: { $0 == 1 ? String($1.dropLast()) + "maybe" : $1 }),
    Fault(
      code: "E0631", words: "if respondents have several menus, say task",
      choices: "  { file: choices.csv, respondent: id, product: car, chosen: taken }"),
    Fault(
      code: "E0632", words: "'smal' is not a product",
      change: { $0 == 4 ? $1.replacingOccurrences(of: "small", with: "smal") : $1 }),
    Fault(code: "E0633", words: "single alternative", change: { [2, 3].contains($0) ? nil : $1 }),
    Fault(
      code: "E0630", words: "none of the choices is of a respondent",
      change: { $0 > 0 ? "x" + $1 : $1 }),
    Fault(
      code: "E0634", words: "did you mean 'taken'",
      choices: "  { file: choices.csv, respondent: id, task: task, product: car, chosen: take }"),
    Fault(
      code: "E0634", words: "did you mean 'price'",
      choices:
        "  { file: choices.csv, respondent: id, task: task, chosen: taken, attributes: [prise] }"
    ),
    Fault(
      code: "E0635", words: "must be a number",
      choices: "  { file: choices.csv, respondent: id, task: task, chosen: taken, "
        + "attributes: { p: price / 10 } }",
      change: { $0 == 5 ? "p1,2,medium,dear,red,0" : $1 }),
    Fault(
      code: "E0636", words: "'again' never differs within a menu, or follows",
      choices: "  { file: choices.csv, respondent: id, task: task, chosen: taken, "
        + "attributes: { price: price, again: price / 10 } }"),
    Fault(
      code: "E0637", words: "'won' tells all choices apart",
      choices: "  { file: choices.csv, respondent: id, task: task, chosen: taken, "
        + "attributes: { won: taken } }"),
    Fault(
      code: "E0306", words: "is not a key of choices",
      choices: "  { file: choices.csv, chosn: taken }"),
    Fault(
      code: "E0313", words: "must say how many",
      choices: "  { file: choices.csv, layout: slots, chosen: taken }"),
    Fault(
      code: "E0101", words: "it is named in study.yaml",
      choices: "  { file: nowhere.csv, chosen: taken }"),
  ]

  @Test(arguments: faults)
  func `a bad table of choices ends in help`(_ fault: Fault) throws {
    let command = try Command()
    defer { command.close() }
    try PlantedChoices.write(in: command, choices: fault.choices, change: fault.change)
    let result = try command.run("validate", "study.yaml")
    #expect(result.status == (fault.code == "E0101" ? 66 : 65))
    #expect(result.errors.contains("error[\(fault.code)]"), "\(result.errors)")
    #expect(result.errors.contains(fault.words), "\(result.errors)")
    #expect(result.errors.contains("hint:"))
    #expect(result.output.isEmpty)
  }
}
