import TesseraProductFit
public import TesseraStudy

/// What to open a conversation with, for each person: the product that fits best, why, and what
/// would have to be cleared first.
public enum FitAdvice {
  /// Below which probability of the segment nothing is said.
  public static let sure = 0.7
  /// A barrier that fewer of the segment meet is not named.
  private static let common = 0.1

  /// Makes the columns `best_product`, `best_product_probability`, `reason` and `barrier`.
  ///
  /// The product is that of the highest fit over the doubt in the segment, its probability the chance
  /// that it ranks first, over this doubt and the fit's own uncertainty. Reason and barrier are those
  /// of people of the likeliest segment.
  ///
  /// - Parameters:
  ///   - fit: The document `fit.json`.
  ///   - file: Its path, for messages.
  ///   - segments: The segments of the model, in its order.
  /// - Returns: The columns.
  /// - Throws: `StudyError` E0612 where the document is not a fit, or of other segments.
  public static func columns(
    _ fit: JSONValue, file: String, segments: [Segment]
  ) throws(StudyError) -> AssignmentAdvice {
    let result = try FitResult.read(fit, file: file)
    let ids = segments.map(\.id)
    guard result.segments.map(\.id).sorted() == ids.sorted(), !result.products.isEmpty else {
      throw StudyError(
        code: "E0612",
        message: result.products.isEmpty
          ? "the run has no products" : "the fit is of other segments than the model", file: file,
        hint: "name the folder of the run that the model is from")
    }
    let weights = fit["need_weights"]?.array ?? []
    let table = ids.map { id in
      result.products.map { product in
        Cell(result, weights, segment: id, product: product.name)
      }
    }
    // Where resamples say nothing, the highest fit is the first.
    let firsts = table.map { row -> [Double] in
      if row.allSatisfy({ $0.first != nil }) { return row.map { $0.first ?? 0 } }
      let best = row.indices.max { (row[$0].fit ?? -1, -$0) < (row[$1].fit ?? -1, -$1) }
      return row.indices.map { $0 == best ? 1 : 0 }
    }
    let labels = result.products.map(\.label)
    return AssignmentAdvice(
      names: ["best_product", "best_product_probability", "reason", "barrier"]
    ) { posterior in
      let chances = Array(posterior)
      let likeliest = chances.indices.max { (chances[$0], -$0) < (chances[$1], -$1) } ?? 0
      guard chances[likeliest] > sure else { return [.empty, .empty, .empty, .empty] }
      let scores = labels.indices.map { product -> Double in
        var (sum, mass) = (0.0, 0.0)
        for (segment, chance) in chances.enumerated() {
          guard let fit = table[segment][product].fit else { continue }
          sum += chance * fit
          mass += chance
        }
        return mass > 0 ? sum / mass : -1
      }
      guard let best = scores.indices.max(by: { (scores[$0], -$0) < (scores[$1], -$1) }),
        scores[best] >= 0
      else { return [.empty, .empty, .empty, .empty] }
      let probability = chances.indices.reduce(0.0) { $0 + chances[$1] * firsts[$1][best] }
      let cell = table[likeliest][best]
      return [
        .text(labels[best]), .number((probability * 1000).rounded() / 1000),
        cell.reason.map { .text($0) } ?? .empty, cell.barrier.map { .text($0) } ?? .empty,
      ]
    }
  }

  /// What is said of a product to people of a segment.
  private struct Cell: Sendable {
    let fit: Double?
    let first: Double?
    let reason: String?
    let barrier: String?

    init(_ result: FitResult, _ weights: [JSONValue], segment: String, product: String) {
      let cell = result.cell(segment: segment, product: product)
      fit = cell?.fit
      first = cell?.firstProbability
      // Points that a need brings: its weight less what is lost.
      let gains = (cell?.ledger?.needs ?? []).compactMap { loss -> (String, Double)? in
        let weight = weights.first {
          $0["segment"]?.string == segment && $0["need"]?.string == loss.need
        }?["weight"]?.number
        return weight.map { (loss.need, 100 * $0 - loss.loss) }
      }
      let strongest = gains.max { $0.1 < $1.1 }
      reason = strongest.flatMap { need, points in
        points > 0 ? result.needs.first { $0.name == need }?.label : nil
      }
      let hardest = (cell?.ledger?.barriers ?? [])
        .filter { ($0.shareAffected ?? 0) >= common && $0.loss > 0 }
        .max { $0.loss < $1.loss }
      barrier = hardest.flatMap { one in
        guard let label = result.barriers.first(where: { $0.name == one.barrier })?.label else {
          return nil
        }
        let share = Int((100 * (one.shareAffected ?? 0)).rounded())
        return "\(label) (\(share)% of people like this)"
      }
    }
  }
}
