import Foundation
import TesseraFiles

/// Writes the respondents of the family-car study from the survey in `datasets/gss2018`.
///
/// Run from the top of the repository:
/// `swift run simulate-needs datasets/gss2018/gss2018.csv datasets/family-cars/respondents.csv`.
func simulateNeeds(_ arguments: [String]) -> Int32 {
  func say(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  guard arguments.count == 3 else {
    say("usage: simulate-needs GSS2018.csv OUTPUT.csv")
    return 64
  }
  guard FileManager.default.isReadableFile(atPath: arguments[1]) else {
    say("\(arguments[1]): cannot be opened")
    return 66
  }
  let text: String
  do {
    text = try FamilyCarSurvey(gss: TableReader.read(arguments[1])).text
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
