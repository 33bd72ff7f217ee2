import Foundation
import TesseraFiles

/// A presentation that slides are put into: its layouts, fonts and colours, without its own slides.
struct DeckTemplate {
  /// The package.
  var package: OfficePackage
  /// The layout of new slides, such as `ppt/slideLayouts/slideLayout6.xml`.
  let layout: String
  /// Size of a slide in points.
  let size: (width: Double, height: Double)
  /// Where titles stand, in points.
  let title: DeckFrame
  /// Size of a title's letters in points.
  let titleSize: Double

  /// The room below the title.
  var body: DeckFrame {
    let top = title.y + title.height + size.height * 0.015
    return DeckFrame(
      x: title.x, y: top, width: title.width, height: max(100, size.height * 0.93 - top))
  }

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - package: A presentation.
  ///   - file: The file, as the user named it.
  /// - Throws: ``SurveyFileError`` if it is no presentation with a layout that has a title.
  init(_ package: OfficePackage, file: String) throws(SurveyFileError) {
    guard let text = package.text("ppt/presentation.xml") else {
      throw .wrongKind(file: file, found: "no PowerPoint presentation (.pptx)")
    }
    let presentation = try XMLTree(text, member: "ppt/presentation.xml", file: file)
    let extent = presentation.find("p:sldSz")
    func points(_ text: String?, _ other: Double) -> Double {
      text.flatMap(Double.init).map { $0 / DeckShapeXML.unit } ?? other
    }
    size = (points(extent?["cx"], 960), points(extent?["cy"], 540))
    let names = package.parts.map(\.name).filter {
      $0.hasPrefix("ppt/slideLayouts/") && $0.hasSuffix(".xml")
    }.sorted { ($0.count, $0) < ($1.count, $1) }
    var found: (name: String, tree: XMLTree, title: XMLTree, rank: Int)?
    for name in names {
      let tree = try XMLTree(package.text(name) ?? "", member: name, file: file)
      guard let title = Self.title(tree) else { continue }
      let kind = tree["type"] ?? ""
      let rank = kind == "titleOnly" ? 0 : kind == "obj" ? 2 : kind == "title" ? 4 : 3
      if rank < found?.rank ?? 9 { found = (name, tree, title, rank) }
    }
    guard let found else {
      throw .saveAnew(
        file: file, found: "a presentation without a layout that has a title",
        remedy: "add the layout \"Title Only\" to it")
    }
    layout = found.name
    var place = found.title.find("a:xfrm")
    var letters = found.title.find("a:defRPr")?["sz"]
    // What a layout leaves open its master says.
    if let master = try Self.master(of: found.name, package, file) {
      place = place ?? Self.title(master)?.find("a:xfrm")
      letters = letters ?? master.find("p:titleStyle")?.find("a:defRPr")?["sz"]
    }
    title = DeckFrame(
      x: points(place?.find("a:off")?["x"], size.width * 0.05),
      y: points(place?.find("a:off")?["y"], size.height * 0.05),
      width: points(place?.find("a:ext")?["cx"], size.width * 0.9),
      height: points(place?.find("a:ext")?["cy"], size.height * 0.14))
    titleSize = (letters.flatMap(Double.init) ?? 2800) / 100
    self.package = package
  }

  private static func title(_ tree: XMLTree) -> XMLTree? {
    tree.all("p:sp").first {
      let kind = $0.find("p:ph")?["type"]
      return kind == "title" || kind == "ctrTitle"
    }
  }

  private static func master(
    of layout: String, _ package: OfficePackage, _ file: String
  ) throws(SurveyFileError) -> XMLTree? {
    guard
      let target = try DeckRelations(of: layout, in: package, file: file)
        .first(kind: "slideMaster")?.part, let text = package.text(target)
    else { return nil }
    return try XMLTree(text, member: target, file: file)
  }

  /// Takes the slides out, with their charts and notes, and what refers to them.
  mutating func removeSlides(file: String) throws(SurveyFileError) {
    let own = [
      "ppt/slides/", "ppt/notesSlides/", "ppt/charts/", "ppt/embeddings/", "ppt/comments/",
    ]
    let gone = package.parts.map(\.name).filter { name in own.contains { name.hasPrefix($0) } }
    for name in gone { package[name] = nil }
    var relations = try DeckRelations(of: "ppt/presentation.xml", in: package, file: file)
    relations.all.removeAll { $0.kind.hasSuffix("/slide") }
    relations.write(to: &package)
    if var tree = try package.text("ppt/presentation.xml").map({ (text) throws(SurveyFileError) in
      try XMLTree(text, member: "ppt/presentation.xml", file: file)
    }) {
      tree.children.removeAll {
        if case .element(let one) = $0 {
          ["p:sldIdLst", "p:custShowLst", "p:extLst"].contains(one.name)
        } else {
          false
        }
      }
      package.set("ppt/presentation.xml", tree.text)
    }
    try removeTypes(Set(gone), file: file)
  }

  private mutating func removeTypes(_ gone: Set<String>, file: String) throws(SurveyFileError) {
    let name = "[Content_Types].xml"
    guard let text = package.text(name) else { return }
    var tree = try XMLTree(text, member: name, file: file)
    tree.children.removeAll {
      if case .element(let one) = $0, let part = one["PartName"] {
        gone.contains(String(part.dropFirst()))
      } else {
        false
      }
    }
    package.set(name, tree.text)
  }
}

/// The parts that a part refers to.
struct DeckRelations {
  /// A reference to a part.
  struct Relation {
    let id: String
    let kind: String
    let target: String
    /// Whatever else is said, such as that the target is outside.
    let isOutside: Bool
    /// The name of the part.
    let part: String
  }

  /// The references.
  var all: [Relation] = []
  private let name: String
  private let owner: String

  /// Reads the references of a part; none if it has no file of them.
  init(of part: String, in package: OfficePackage, file: String) throws(SurveyFileError) {
    owner = part
    var pieces = part.split(separator: "/").map(String.init)
    let last = pieces.removeLast()
    name = (pieces + ["_rels", last + ".rels"]).joined(separator: "/")
    guard let text = package.text(name) else { return }
    for one in try XMLTree(text, member: name, file: file).all("Relationship") {
      let target = one["Target"] ?? ""
      all.append(
        Relation(
          id: one["Id"] ?? "", kind: one["Type"] ?? "", target: target,
          isOutside: one["TargetMode"] == "External", part: Self.resolved(target, from: part)))
    }
  }

  /// The first reference of a kind.
  func first(kind: String) -> Relation? { all.first { $0.kind.hasSuffix("/" + kind) } }

  /// Adds a reference, under an id that is free.
  mutating func add(kind: String, target: String) -> String {
    var number = all.count + 1
    while all.contains(where: { $0.id == "rId\(number)" }) { number += 1 }
    all.append(
      Relation(
        id: "rId\(number)",
        kind: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind,
        target: target, isOutside: false, part: Self.resolved(target, from: owner)))
    return "rId\(number)"
  }

  /// Writes the references.
  func write(to package: inout OfficePackage) {
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
      + "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    for one in all {
      text += "<Relationship Id=\"\(one.id)\" Type=\"\(one.kind)\" Target=\"\(one.target)\""
      text += one.isOutside ? " TargetMode=\"External\"/>" : "/>"
    }
    package.set(name, text + "</Relationships>")
  }

  private static func resolved(_ target: String, from part: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var pieces = part.split(separator: "/").map(String.init).dropLast()
    for piece in target.split(separator: "/") {
      if piece == ".." { pieces = pieces.dropLast() } else { pieces.append(String(piece)) }
    }
    return pieces.joined(separator: "/")
  }
}
