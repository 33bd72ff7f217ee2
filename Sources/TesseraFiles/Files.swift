/// Reads and writes survey exports.
enum Files {}
