import Foundation
import TesseraFiles

/// Writes the respondents of the family-car study from the survey in `datasets/gss2018`.
///
/// Run from the top of the repository:
/// `swift run simulate-needs datasets/gss2018/gss2018.csv datasets/family-cars/respondents.csv`.
/// With `--customers` first, the dealer's customers beside it (`datasets/family-cars/customers.csv`).
func simulateNeeds(_ arguments: [String]) -> Int32 {
  func say(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  let isCustomers = arguments.dropFirst().first == "--customers"
  let arguments = arguments.filter { $0 != "--customers" }
  guard arguments.count == 3 else {
    say("usage: simulate-needs [--customers] GSS2018.csv OUTPUT.csv")
    return 64
  }
  guard FileManager.default.isReadableFile(atPath: arguments[1]) else {
    say("\(arguments[1]): cannot be opened")
    return 66
  }
  let text: String
  do {
    let table = try TableReader.read(arguments[1])
    text =
      isCustomers ? try CustomerFile(gss: table).text : try FamilyCarSurvey(gss: table).text
  } catch {
    say("\(arguments[1]): \(error)")
    return 65
  }
  do {
    try Data(text.utf8).write(to: URL(fileURLWithPath: arguments[2]), options: .atomic)
  } catch {
    say("\(arguments[2]): cannot be written")
    return 73
  }
  return 0
}

exit(simulateNeeds(CommandLine.arguments))
