import TesseraProductFit
import TesseraReport
import TesseraStudy

/// What a change sets, in the words of the study: "mileage 22 mpg".
struct SettingWords {
  private let features: [FeatureDeclaration]
  private let products: ProductTable?
  private let numbers = NumberStyle.english

  init(_ study: Study) {
    features = study.file.features
    products = study.products
  }

  /// A product as a reader sees it.
  func product(_ name: String) -> String {
    guard let products, let place = products.names.firstIndex(of: name) else { return name }
    return products.labels[place]
  }

  /// All that a change sets.
  func text(_ set: [FeatureSetting]) -> String {
    set.map { setting in
      guard let feature = features.first(where: { $0.name == setting.feature }) else {
        return "\(setting.feature) \(setting.level)"
      }
      let isNumber = Double(setting.level) != nil
      return "\(feature.label) \(isNumber ? numbers.level(setting.level) : setting.level)"
        + (isNumber && !feature.unit.isEmpty ? " \(feature.unit)" : "")
    }.joined(separator: ", ")
  }
}
