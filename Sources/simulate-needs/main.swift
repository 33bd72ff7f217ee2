import Foundation

/// Writes the respondents of the family-car study from the survey in `datasets/gss2018`.
///
/// Run from the top of the repository:
/// `swift run simulate-needs datasets/gss2018/gss2018.csv datasets/family-cars/respondents.csv`.
func simulateNeeds(_ arguments: [String]) -> Int32 {
  guard arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: simulate-needs GSS2018.csv OUTPUT.csv\n".utf8))
    return 64
  }
  let input: String
  do {
    input = try String(contentsOfFile: arguments[1], encoding: .utf8)
  } catch {
    FileHandle.standardError.write(Data("\(arguments[1]): cannot be read as UTF-8 text\n".utf8))
    return 66
  }
  let text: String
  do {
    text = try FamilyCarSurvey(gss: CommaSeparatedTable(input)).text
  } catch {
    FileHandle.standardError.write(Data("\(arguments[1]): \(error)\n".utf8))
    return 65
  }
  do {
    try Data(text.utf8).write(to: URL(fileURLWithPath: arguments[2]), options: .atomic)
  } catch {
    FileHandle.standardError.write(Data("\(arguments[2]): cannot be written\n".utf8))
    return 73
  }
  return 0
}

exit(simulateNeeds(CommandLine.arguments))
