public import TesseraStudy

/// A number in a scenario, and how it differs from today.
public struct ScenarioNumber: Sendable, Equatable {
  /// In the scenario; `nil` if suppressed or not known.
  public var value: Double?
  /// The least that levels which nobody knows allow; `nil` where all is known.
  public var least: Double?
  /// The most that they allow.
  public var most: Double?
  /// What it is more than today.
  public var change: Double?
  /// Standard error of the change, with the segmentation's own error where it was resampled.
  public var se: Double?
  /// Low end of the 95% interval of the change.
  public var low: Double?
  /// High end of it.
  public var high: Double?

  /// As `fit.json` and `scenario --json` hold it.
  var json: JSONValue {
    [
      "value": value, "min": least, "max": most, "change": change, "se": se, "low": low,
      "high": high,
    ]
  }
}

/// A product in a scenario, for an audience.
public struct ScenarioCell: Sendable, Equatable {
  /// The scenario's name; `nil` for today.
  public var scenario: String?
  /// The segment's id; `nil` for everybody.
  public var segment: String?
  /// The product's name; `nil` for all own products together.
  public var product: String?
  /// Whether it is a product of one's own.
  public var isOwn: Bool
  /// Share who take it by first choice.
  public var first = ScenarioNumber()
  /// Share of preference, tuned to known shares where there are any.
  public var preference = ScenarioNumber()
  /// Share by randomised first choice.
  public var randomised = ScenarioNumber()
  /// Mean fit; of a single product.
  public var fit = ScenarioNumber()
  /// Share who would accept it; of a single product.
  public var acceptance = ScenarioNumber()
  /// People who take it, of all in the market.
  public var people = ScenarioNumber()
  /// People times price.
  public var revenue = ScenarioNumber()
  /// People times price less cost.
  public var profit = ScenarioNumber()

  /// As `fit.json` holds it.
  public var json: JSONValue {
    [
      "scenario": scenario, "segment": segment, "product": product, "is_own": isOwn,
      "first_choice": first.json, "share_of_preference": preference.json,
      "randomised_first_choice": randomised.json, "fit": fit.json,
      "acceptance": acceptance.json, "people": people.json, "revenue": revenue.json,
      "profit": profit.json,
    ]
  }
}

/// Scenarios beside the market of today.
public struct ScenarioResult: Sendable, Equatable {
  /// Names and labels, in the order of the study.
  public var scenarios: [Name]
  /// The share that people, revenue and profit are counted with: `first_choice`, or
  /// `share_of_preference` where it is tuned to known shares.
  public var countedBy: String
  /// People that are counted: the population, or 1,000 where the study names none.
  public var peopleInMarket: Double
  /// Today's market first, then the scenarios: each with everybody, then the segments; each with all
  /// own products together, then the products on the market.
  public var cells: [ScenarioCell]
  /// How the numbers were made, in sentences.
  public var notes: [String]

  /// A scenario's name.
  public struct Name: Sendable, Equatable {
    /// As the study writes it.
    public var name: String
    /// What a reader sees.
    public var label: String
  }

  /// As `fit.json` and `scenario --json` hold it.
  public var json: JSONValue {
    [
      "schema": "tessera.scenarios/1",
      "scenarios": JSONValue.list(scenarios) { ["name": $0.name, "label": $0.label] },
      "counted_by": countedBy, "people_in_market": peopleInMarket,
      "cells": cells.map(\.json), "notes": notes,
    ]
  }

  /// The cells of a scenario for an audience.
  ///
  /// - Parameters:
  ///   - scenario: The scenario's name; `nil` for today.
  ///   - segment: The segment's id; `nil` for everybody.
  /// - Returns: All own products together, then the products.
  public func cells(scenario: String?, segment: String?) -> [ScenarioCell] {
    cells.filter { $0.scenario == scenario && $0.segment == segment }
  }
}
