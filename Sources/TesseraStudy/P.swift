/// Segments.
enum Placeholder {}
