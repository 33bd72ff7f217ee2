/// What two columns share if they divide respondents in the same way, whatever the codes.
struct AnswerFingerprint: Hashable {
  // Categories renumbered by first appearance, or the bits of numbers.
  private let values: [UInt64]

  init(_ answers: EncodedAnswers) {
    switch answers {
    case .numbers(let numbers):
      values = numbers.map { $0.isNaN ? UInt64.max : ($0 == 0 ? 0 : $0.bitPattern) }
    case .codes(let codes):
      var order = [UInt64](repeating: 0, count: Int(codes.max() ?? 0) + 1)
      var next: UInt64 = 1
      values = codes.map { code in
        guard code > 0 else { return 0 }
        if order[Int(code)] == 0 {
          order[Int(code)] = next
          next += 1
        }
        return order[Int(code)]
      }
    }
  }
}
