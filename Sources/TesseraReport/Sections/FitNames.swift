import TesseraProductFit
import TesseraStudy

/// What segments, products, needs, features and barriers are called in sentences.
struct FitNames {
  private let study: StudyFile
  private let fit: FitResult

  /// Looks names up in a study and its fit.
  init(study: StudyFile, fit: FitResult) {
    self.study = study
    self.fit = fit
  }

  /// The segment's id and name.
  func segment(_ id: String) -> String {
    fit.segments.first { $0.id == id }?.display ?? id
  }

  /// The product's label.
  func product(_ name: String) -> String {
    fit.products.first { $0.name == name }?.label ?? name
  }

  /// The need's label.
  func need(_ name: String) -> String {
    study.needs.first { $0.name == name }?.label ?? name
  }

  /// The feature's label.
  func feature(_ name: String) -> String {
    study.features.first { $0.name == name }?.label ?? name
  }

  /// The barrier's label.
  func barrier(_ name: String) -> String {
    study.barriers.first { $0.name == name }?.label ?? name
  }

  /// What is behind a mismatch.
  func cause(_ cause: Mismatch.Cause) -> String {
    switch cause {
    case .need(let name): need(name)
    case .barrier(let name): barrier(name)
    }
  }
}
