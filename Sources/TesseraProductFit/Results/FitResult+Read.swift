public import TesseraStudy

extension FitResult {
  /// Reads back what `fit.json` tells of products, segments, cells, ranks and mismatches.
  ///
  /// What only a new computation can tell (improvements, opportunities, channels, funnel) is left
  /// empty.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - file: The file's name, for messages.
  /// - Returns: The result.
  /// - Throws: `StudyError` E0612 if the document is not a fit of this version.
  public static func read(_ json: JSONValue, file: String) throws(StudyError) -> FitResult {
    guard json["schema"]?.string == "tessera-fit-1", let cells = json["cells"]?.array else {
      throw StudyError(
        code: "E0612", message: "this is not a fit.json of this version", file: file,
        hint: "run the study again with tessera run")
    }
    let features = named(json["features"]) {
      FeatureSummary(
        name: $0, label: $1, unit: $2["unit"]?.string ?? "",
        isMoney: $2["is_money"]?.bool ?? false, isPrice: $2["is_price"]?.bool ?? false)
    }
    var result = FitResult(
      products: named(json["products"]) { name, label, product in
        ProductSummary(
          name: name, label: label,
          levels: features.map { product["levels"]?[$0.name]?.string })
      },
      segments: (json["segments"]?.array ?? []).compactMap { segment in
        guard let id = segment["id"]?.string else { return nil }
        return Segment(
          id: id, name: segment["name"]?.string ?? id, share: segment["share"]?.number ?? 0,
          respondents: segment["base"]?.number ?? 0)
      },
      needs: named(json["needs"]) { name, label, _ in NeedSummary(name: name, label: label) },
      features: features,
      barriers: named(json["barriers"]) { name, label, barrier in
        BarrierSummary(name: name, label: label, strength: barrier["strength"]?.number ?? 1)
      },
      cells: cells.compactMap(cell),
      ranks: (json["ranks"]?.array ?? []).compactMap { rank in
        guard let segment = rank["segment"]?.string, let product = rank["product"]?.string,
          let best = rank["best"]?.number, let worst = rank["worst"]?.number
        else { return nil }
        return RankSet(segment: segment, product: product, best: Int(best), worst: Int(worst))
      },
      mismatches: (json["mismatches"]?.array ?? []).compactMap(mismatch),
      notes: (json["notes"]?.array ?? []).compactMap(\.string),
      warnings: (json["warnings"]?.array ?? []).compactMap(\.string))
    result.shortfalls = (json["shortfalls"]?.array ?? []).compactMap(mismatch)
    return result
  }

  private static func named<Value>(
    _ list: JSONValue?, _ make: (String, String, JSONValue) -> Value
  ) -> [Value] {
    (list?.array ?? []).compactMap { one in
      one["name"]?.string.map { make($0, one["label"]?.string ?? $0, one) }
    }
  }

  private static func cell(_ json: JSONValue) -> FitCell? {
    guard let segment = json["segment"]?.string, let product = json["product"]?.string else {
      return nil
    }
    return FitCell(
      segment: segment, product: product, fit: json["fit"]?.number,
      fitMin: json["fit_min"]?.number, fitMax: json["fit_max"]?.number,
      fitRho: json["fit_rho"]?.number, se: json["se"]?.number,
      seLinearised: json["se_linearised"]?.number, low: json["low"]?.number,
      high: json["high"]?.number, acceptance: json["acceptance"]?.number,
      quality: json["quality"]?.number, ledger: json["ledger"].flatMap(ledger),
      firstProbability: json["first_probability"]?.number, base: 0)
  }

  private static func ledger(_ json: JSONValue) -> Ledger? {
    guard let needs = json["needs"]?.array, let barriers = json["barriers"]?.array else {
      return nil
    }
    return Ledger(
      needs: needs.map { need in
        Ledger.NeedLoss(
          need: need["need"]?.string ?? "", loss: need["loss"]?.number ?? 0,
          features: (need["features"]?.array ?? []).map {
            Ledger.FeatureLoss(
              feature: $0["feature"]?.string ?? "", loss: $0["loss"]?.number ?? 0)
          })
      },
      barriers: barriers.map {
        Ledger.BarrierLoss(
          barrier: $0["barrier"]?.string ?? "", loss: $0["loss"]?.number ?? 0,
          shareAffected: $0["share_affected"]?.number,
          shareLeast: $0["share_least"]?.number, shareMost: $0["share_most"]?.number)
      })
  }

  private static func mismatch(_ json: JSONValue) -> Mismatch? {
    guard let segment = json["segment"]?.string, let product = json["product"]?.string,
      let cause = json["cause"]?.string, let sentence = json["sentence"]?.string
    else { return nil }
    let name = String(cause.drop { $0 != ":" }.dropFirst())
    return Mismatch(
      segment: segment, product: product,
      cause: cause.hasPrefix("barrier:") ? .barrier(name) : .need(name),
      feature: json["feature"]?.string ?? "", level: json["level"]?.string ?? "",
      needed: json["needed"]?.string ?? "", shareAffected: json["share_affected"]?.number,
      points: json["points"]?.number ?? 0, pAdjusted: json["p_adjusted"]?.number ?? 1,
      sentence: sentence)
  }
}
