package import TesseraSegmentation

extension IndicatorResult {
  /// What segments answer, as a model's item says.
  package init(_ encoding: IndicatorEncoding, item: ItemModel) {
    self.init(encoding, bySegment: item.rowsBySegment)
  }
}
