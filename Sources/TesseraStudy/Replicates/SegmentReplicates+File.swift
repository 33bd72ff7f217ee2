public import Foundation
import TesseraMath

/// The form in which a run keeps its replicates, for questions asked later.
///
/// Little-endian doubles: schema, segments, numbers of a replicate, replicates; then for each
/// replicate its seed and its numbers.
extension SegmentReplicates {
  /// The form of the file; another form is refused.
  public static let schema = 1.0
  private static let header = 4

  /// The file.
  ///
  /// - Parameter segments: Number of segments.
  /// - Returns: Its bytes.
  public func bytes(segments: Int) -> [UInt8] {
    // Packed memberships may differ in length; what is behind them says nothing.
    let width = replicates.map(\.numbers.count).max() ?? 0
    var doubles = [Self.schema, Double(segments), Double(width), Double(count)]
    doubles.reserveCapacity(Self.header + count * (width + 1))
    for replicate in replicates {
      doubles.append(Double(replicate.seed))
      doubles += replicate.numbers
      doubles += [Double](repeating: 0, count: width - replicate.numbers.count)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * doubles.count)
    for double in doubles {
      let bits = double.bitPattern
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * place))) }
    }
    return bytes
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: Its bytes.
  ///   - file: Its path, for messages.
  ///   - segments: Number of segments that it must have.
  ///   - source: How memberships follow from the numbers; `nil` for given segments.
  /// - Throws: ``StudyError`` E0713 if it is not such a file, or of other segments.
  public init(
    bytes: Data, file: String, segments: Int, source: (any MembershipSource)?
  ) throws(StudyError) {
    func fault(_ message: String) -> StudyError {
      StudyError(
        code: "E0713", message: message, file: file,
        hint: "run the study again with tessera run: it writes the file anew")
    }
    let bytes = [UInt8](bytes)
    func double(_ place: Int) -> Double {
      var bits: UInt64 = 0
      for offset in 0..<8 { bits |= UInt64(bytes[8 * place + offset]) << UInt64(8 * offset) }
      return Double(bitPattern: bits)
    }
    guard bytes.count >= 8 * Self.header, double(0) == Self.schema else {
      throw fault("this is not a file of replicates that this version of tessera can read")
    }
    guard let width = Int(exactly: double(2)), let count = Int(exactly: double(3)),
      (0...1 << 32).contains(width), (0...1 << 24).contains(count),
      bytes.count == 8 * (Self.header + count * (width + 1))
    else { throw fault("the file of replicates is cut off or damaged") }
    guard double(1) == Double(segments) else {
      throw fault("the replicates are of another number of segments than the model")
    }
    var replicates: [Replicate] = []
    replicates.reserveCapacity(count)
    for index in 0..<count {
      let first = Self.header + index * (width + 1)
      guard let seed = UInt64(exactly: double(first)) else {
        throw fault("the file of replicates is cut off or damaged")
      }
      replicates.append(
        Replicate(
          seed: seed, numbers: (0..<width).map { double(first + 1 + $0) }, isAligned: true,
          freshStart: .none, estimates: []))
    }
    self.init(replicates: replicates, source: source)
  }

  /// Makes sure that the replicates are of these respondents and segments.
  ///
  /// - Parameters:
  ///   - segmented: The respondents.
  ///   - file: Where the replicates stood, for messages.
  /// - Throws: ``StudyError`` E0713 if memberships do not follow from their numbers.
  public func check(_ segmented: SegmentedSurvey, file: String) throws(StudyError) {
    guard let source, let first = replicates.first else { return }
    let posterior = source.posterior(of: first.numbers)
    guard posterior.rows == segmented.posterior.rows,
      posterior.columns == segmented.posterior.columns
    else {
      throw StudyError(
        code: "E0713", message: "the replicates are of other respondents or another model",
        file: file, hint: "run the study again with tessera run: it writes the file anew")
    }
  }
}
