import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey
import Testing

/// A folder of small files that goes away with the value.
final class StudyFolder {
  let path: String

  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "tessera-study-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func load() throws -> Study { try Study.load(path: "\(path)/study.yaml") }

  /// The report of what goes wrong; fails if nothing does.
  func fault(location: SourceLocation = #_sourceLocation) -> ErrorReport? {
    do {
      _ = try Study.load(path: "\(path)/study.yaml")
      Issue.record("the study was accepted", sourceLocation: location)
      return nil
    } catch {
      return error.report
    }
  }
}

/// The hand-worked case of the method: seven respondents, two products, four needs.
enum HandCase {
  static let study = """
    title: Coupe or SUV
    survey:
      file: respondents.csv
      id: id
      weight: weight
    segments:
      given: segment
    need_scale: [1, 5]
    needs:
      carry_toddler: { importance: imp_carry_toddler, satisfaction: sat_carry_toddler }
      affordable: { importance: imp_affordable }
    features:
      child_seat_fit: { levels: { none: 0, tight: 0.5, comfortable: 1 } }
      seats: { value: { linear: [2, 5] } }
      price: { value: { burden: { income: income_k, full_at: 0.4, zero_at: 1.0 } } }
    products: products.csv
    relations: relations.csv
    barriers:
      over_budget: { violated_when: "price > max_price_k" }
    edits:
      roomy: { product: coupe, set: { child_seat_fit: comfortable, seats: 4 } }
    """
  static let respondents = """
    id,segment,weight,income_k,imp_carry_toddler,imp_affordable,sat_carry_toddler,max_price_k
    f1,family,2,80,5,4,2,45
    f2,family,1,100,5,4,3,60
    s1,single,1,400,1,1,3,200
    """
  static let products = "product,child_seat_fit,seats,price\ncoupe,none,2,150\nsuv,Comfortable,5,\n"
  static let relations =
    "need,child_seat_fit,seats,price\ncarry_toddler,9,○,\naffordable,,,strong\n"

  static func folder(_ changes: [String: String] = [:]) throws -> StudyFolder {
    var files = [
      "study.yaml": study, "respondents.csv": respondents, "products.csv": products,
      "relations.csv": relations,
    ]
    for (name, text) in changes { files[name] = text }
    return try StudyFolder(files)
  }
}

/// A survey as a file would have given it; lines are counted from 2.
func surveyFile(
  _ variables: [Variable], sets: [MultipleResponseSet] = [], weight: String? = nil
) throws -> SurveyFile {
  // SurveyFile has no public initialiser: a file is read and its survey put in its place.
  let rows = variables.first?.answers.count ?? 0
  let folder = try StudyFolder([
    "answers.csv": "row\n" + (0..<rows).map { "\($0)\n" }.joined()
  ])
  var file = try SurveyReader.read(["\(folder.path)/answers.csv"])
  file.survey = Survey(variables: variables, sets: sets, weightVariable: weight)
  return file
}

/// A column of numbers.
func numbers(_ name: String, _ values: [Double]) -> Variable {
  Variable(name: name, level: .numeric, answers: .numbers(values))
}

/// A column of texts; an empty text is no answer.
func texts(_ name: String, _ values: [String]) -> Variable {
  let distinct = Set(values.filter { !$0.isEmpty }).sorted()
  return Variable(
    name: name, level: .nominal, categories: distinct.map { Category(code: .text($0)) },
    answers: AnswerColumn(
      positions: values.map { (distinct.firstIndex(of: $0) ?? -1) + 1 },
      categoryCount: distinct.count))
}

/// The report of what goes wrong when a survey is bound.
func bindingFault(
  _ file: SurveyFile, location: SourceLocation = #_sourceLocation,
  _ declare: (inout SurveyDeclaration) -> Void
) -> ErrorReport? {
  var declaration = SurveyDeclaration(files: [])
  declare(&declaration)
  do {
    _ = try StudyData.make(from: file, declaration: declaration)
    Issue.record("the survey was accepted", sourceLocation: location)
    return nil
  } catch {
    return error.report
  }
}

/// The respondents bound to what is declared of them.
func bound(_ file: SurveyFile, _ declare: (inout SurveyDeclaration) -> Void) throws -> StudyData {
  var declaration = SurveyDeclaration(files: [])
  declare(&declaration)
  return try StudyData.make(from: file, declaration: declaration)
}
