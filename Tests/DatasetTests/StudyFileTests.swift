import TesseraFiles
import TesseraStudy
import Testing
import simulate_needs

/// The study files that come with the data.
struct StudyFileTests {
  @Test(arguments: ["family-cars", "coupe-or-suv", "hobbies"])
  func `the study file is read without an error`(folder: String) throws {
    let path = "\(folder)/study.yaml"
    let study = try StudyFile.parse(Repository.text(path), file: path)
    #expect(!study.title.isEmpty)
  }

  @Test func `every column that the family-car study names is in its respondents`() throws {
    let study = try StudyFile.parse(
      Repository.text("family-cars/study.yaml"), file: "family-cars/study.yaml")
    let columns = try Set(Repository.table("family-cars/respondents.csv").header)
    #expect(study.needs.count == 9)
    // Said once, in the title; each label carries the sign.
    #expect(study.title.contains("† are simulated"))
    for need in study.needs {
      #expect(columns.contains(need.weight.columns[0]))
      #expect(need.label.hasSuffix(" †"))
    }
    for name in study.channels + study.values { #expect(columns.contains(name), "\(name)") }
  }

  @Test func `the features of the study are the columns of its products and relations`() throws {
    let study = try StudyFile.parse(
      Repository.text("family-cars/study.yaml"), file: "family-cars/study.yaml")
    let features = study.features.map(\.name)
    let products = try Repository.table("family-cars/products.csv")
    let relations = try Repository.table("family-cars/relations.csv")
    #expect(products.header == ["product", "label"] + features)
    #expect(relations.header == ["need"] + features)
    #expect(try relations.texts(of: "need") == study.needs.map(\.name))
  }
}
