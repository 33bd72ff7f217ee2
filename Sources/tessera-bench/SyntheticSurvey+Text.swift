import Foundation
import TesseraFiles

extension SyntheticSurvey {
  private static var header: [String] {
    ["id"] + numberNames + ["education", "occupation", "marital", "gender", "region"]
      + (1...12).map { "sm_\($0)" } + (1...12).map { "pain_\($0)" }
  }

  /// The survey as comma-separated text; an empty cell is a gap, boxes are 0 and 1.
  func text() -> String {
    var lines = Self.header.joined(separator: ",") + "\n"
    for row in 0..<count {
      var cells = ["\(row + 1)"]
      cells += numbers.map { $0[row].isNaN ? "" : "\(Int($0[row]))" }
      cells.append(education[row] == 0 ? "" : "\(education[row])")
      cells += choices.map { $0.codes[row] == 0 ? "" : $0.answers[Int($0.codes[row]) - 1] }
      cells += boxes.map { $0[row] == 0 ? "" : "\($0[row] - 1)" }
      cells += scales.map { $0[row] == 0 ? "" : "\($0[row])" }
      lines += cells.joined(separator: ",") + "\n"
    }
    return lines
  }

  /// Reads a survey of the same columns, among others.
  init(file: String) throws {
    self.init()
    let table = try TableReader.read(file)
    let places = try Self.header.map { name in
      guard let place = table.column(name) else {
        throw BenchError(message: "\(file) has no column \(name)")
      }
      return place
    }
    for row in table.rows {
      let cells = places.map { row.cells[$0] }
      for column in 0..<3 {
        numbers[column].append(Double(cells[1 + column]) ?? .nan)
      }
      education.append(UInt8(cells[4]) ?? 0)
      for question in choices.indices {
        let found = choices[question].answers.firstIndex(of: cells[5 + question])
        choices[question].codes.append(found.map { UInt8($0 + 1) } ?? 0)
      }
      for box in 0..<12 {
        boxes[box].append(UInt8(cells[9 + box]).map { $0 + 1 } ?? 0)
        scales[box].append(UInt8(cells[21 + box]) ?? 0)
      }
    }
  }
}

/// What went wrong, in words.
struct BenchError: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
