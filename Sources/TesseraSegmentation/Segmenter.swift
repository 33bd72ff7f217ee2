public import TesseraMath

/// A way to divide respondents into segments.
///
/// The value holds the settings; the input holds answers and weights together, so that weights
/// cannot be forgotten. Every segmenter keeps these laws, which one suite of tests checks for all:
/// a frequency of 2 is the row twice, a weight of 0 is the row gone, the order of respondents and
/// of variables changes nothing, the same stream gives the same answer on any number of threads.
public protocol Segmenter: Sendable {
  /// Answers with their weights.
  associatedtype Input: Sendable
  /// What comes out.
  associatedtype Fit: Segmentation

  /// Divides the respondents.
  ///
  /// - Parameters:
  ///   - input: Answers with their weights.
  ///   - random: Where all chance comes from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Told how far the work has come.
  /// - Returns: The best segmentation found.
  /// - Throws: ``SegmentationError`` if data or settings allow none.
  func fit(
    _ input: Input, random: RandomStream, workers: Workers, progress: Progress
  ) throws(SegmentationError) -> Fit
}

extension Segmenter {
  /// Divides the respondents on one thread, silently.
  ///
  /// - Parameters:
  ///   - input: Answers with their weights.
  ///   - seed: Starts the stream from which all chance comes.
  /// - Returns: The best segmentation found.
  /// - Throws: ``SegmentationError`` if data or settings allow none.
  public func fit(_ input: Input, seed: UInt64) throws(SegmentationError) -> Fit {
    try fit(input, random: RandomStream(seed: seed), workers: .single, progress: .silent)
  }
}
