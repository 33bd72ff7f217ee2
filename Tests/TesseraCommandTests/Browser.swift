import Foundation
import TesseraStudy
import Testing

/// A headless Chromium that a test drives as a reader would, over the DevTools protocol.
///
/// The protocol runs through two named pipes, so that nothing listens on a port.
final class Browser {
  private let process = Process()
  private let folder: URL
  private let input: FileHandle
  private let output: FileHandle
  private var session = ""
  private var number = 0
  private var buffer = Data()
  /// What the page reported without being asked.
  private(set) var events: [JSONValue] = []

  /// Where Chromium is, if it is installed.
  static let program: String? = {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in ["chromium", "chromium-browser", "google-chrome"] {
      for place in places where FileManager.default.isExecutableFile(atPath: "\(place)/\(name)") {
        return "\(place)/\(name)"
      }
    }
    return nil
  }()

  /// Starts a browser with one empty page.
  init(width: Int = 1280, height: Int = 900) throws {
    let program = try #require(Browser.program)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tessera-browser-\(UUID().uuidString)")
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pipes = ["in", "out"].map { folder.appendingPathComponent($0).path }
    let make = try Process.run(
      URL(fileURLWithPath: "/usr/bin/mkfifo"), arguments: pipes)
    make.waitUntilExit()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      "exec \"$0\" --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run "
        + "--window-size=\(width),\(height) --user-data-dir=\"$3\" --remote-debugging-pipe "
        + "3<\"$1\" 4>\"$2\"",
      program, pipes[0], pipes[1], folder.appendingPathComponent("profile").path,
    ]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // Each end waits for the other, in the order in which the shell opens them.
    input = try FileHandle(forWritingTo: URL(fileURLWithPath: pipes[0]))
    output = try FileHandle(forReadingFrom: URL(fileURLWithPath: pipes[1]))
    let target = try call("Target.createTarget", ["url": .string("about:blank")])
    let attached = try call(
      "Target.attachToTarget",
      ["targetId": target["targetId"] ?? .null, "flatten": .bool(true)])
    session = attached["sessionId"]?.string ?? ""
    for domain in ["Page", "Runtime", "Log", "Network"] { _ = try call("\(domain).enable", [:]) }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Calls a method of the protocol and waits for its result.
  @discardableResult
  func call(_ method: String, _ parameters: KeyValuePairs<String, JSONValue>) throws -> JSONValue {
    number += 1
    var members: [(String, JSONValue)] = [
      ("id", .integer(number)), ("method", .string(method)),
      ("params", .object(parameters.map { ($0.key, $0.value) })),
    ]
    if !session.isEmpty { members.append(("sessionId", .string(session))) }
    try input.write(contentsOf: Data(JSONValue.object(members).compactText.utf8) + [0])
    while true {
      let message = try next()
      guard message["id"]?.integer == number else {
        events.append(message)
        continue
      }
      if let error = message["error"] {
        throw BrowserError(text: "\(method): \(error.compactText)")
      }
      return message["result"] ?? .null
    }
  }

  private func next() throws -> JSONValue {
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let message = buffer[buffer.startIndex..<end]
        buffer = Data(buffer[buffer.index(after: end)...])
        return try JSONValue.parse(Data(message))
      }
      let more = output.availableData
      guard !more.isEmpty else { throw BrowserError(text: "the browser has gone") }
      buffer.append(more)
    }
  }

  /// Opens a page and waits until it is there.
  func open(_ address: String) throws {
    events.removeAll { $0["method"]?.string == "Page.loadEventFired" }
    try call("Page.navigate", ["url": .string(address)])
    while !events.contains(where: { $0["method"]?.string == "Page.loadEventFired" }) {
      events.append(try next())
    }
  }

  /// What an expression gives in the page.
  func value(_ expression: String) throws -> JSONValue {
    let result = try call(
      "Runtime.evaluate",
      [
        "expression": .string(expression), "returnByValue": .bool(true),
        "awaitPromise": .bool(true),
      ])
    if let fault = result["exceptionDetails"] { throw BrowserError(text: fault.compactText) }
    return result["result"]?["value"] ?? .null
  }

  /// Whether an expression gives a number, now or within a few seconds.
  func comes(_ expression: String, to number: Double) throws -> Bool {
    for _ in 0..<50 {
      if try value(expression).number == number { return true }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return false
  }

  /// Presses a key on what has the focus.
  func press(_ key: String, code: Int, times: Int = 1) throws {
    for _ in 0..<times {
      for type in ["rawKeyDown", "keyUp"] {
        try call(
          "Input.dispatchKeyEvent",
          [
            "type": .string(type), "key": .string(key), "code": .string(key),
            "windowsVirtualKeyCode": .integer(code),
          ])
      }
    }
  }

  /// Clicks in the middle of an element, once.
  ///
  /// On a busy machine the mouse may see the page as it was before it scrolled; a click that did not
  /// arrive at the element is made again.
  func click(_ selector: String) throws {
    for _ in 0..<5 {
      let place = try value(
        // Two frames later the page has scrolled for the mouse too.
        "(async () => { const e = document.querySelector('\(selector)'); window.clicked = 0; "
          + "e.addEventListener('click', () => { window.clicked = 1; }, {once: true, capture: true}); "
          + "e.scrollIntoView({block: 'center', behavior: 'instant'}); "
          + "await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))); "
          + "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()"
      )
      for type in ["mouseMoved", "mousePressed", "mouseReleased"] {
        try call(
          "Input.dispatchMouseEvent",
          [
            "type": .string(type), "x": place.array?.first ?? .null,
            "y": place.array?.last ?? .null,
            "button": .string(type == "mouseMoved" ? "none" : "left"),
            "clickCount": .integer(type == "mouseMoved" ? 0 : 1),
          ])
      }
      for _ in 0..<10 {
        if try value("window.clicked").number == 1 { return }
        Thread.sleep(forTimeInterval: 0.1)
      }
    }
    throw BrowserError(text: "no click arrived at \(selector)")
  }

  /// Chooses an entry of a menu.
  func choose(_ selector: String, _ place: Int) throws {
    _ = try value(
      "(() => { const m = document.querySelector('\(selector)'); m.selectedIndex = \(place); "
        + "m.dispatchEvent(new Event('change', {bubbles: true})); })()")
  }

  /// Takes a picture of the page's beginning and leaves it in `.build/pictures` for people to look at.
  ///
  /// - Parameters:
  ///   - name: Name of the file, without extension.
  ///   - height: Pixels of the page, from its top.
  /// - Returns: The picture, as PNG.
  /// - Throws: What the browser or the disk complains of.
  @discardableResult
  func picture(_ name: String, height: Int) throws -> Data {
    let width = try value("window.innerWidth").integer ?? 0
    let result = try call(
      "Page.captureScreenshot",
      [
        "format": .string("png"), "captureBeyondViewport": .bool(true),
        "clip": .object([
          ("x", .integer(0)), ("y", .integer(0)), ("width", .integer(width)),
          ("height", .integer(height)), ("scale", .integer(1)),
        ]),
      ])
    let folder = Command.checkout.appendingPathComponent(".build/pictures")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let picture = try #require(Data(base64Encoded: result["data"]?.string ?? ""))
    try picture.write(to: folder.appendingPathComponent(name + ".png"))
    return picture
  }

  /// Addresses the page asked for, its own left out.
  func requests(besides own: String) -> [String] {
    events.filter { $0["method"]?.string == "Network.requestWillBeSent" }
      .compactMap { $0["params"]?["request"]?["url"]?.string }
      .filter { !$0.hasPrefix(own) }
  }

  /// Errors of scripts and everything written to the console.
  var complaints: [String] {
    events.filter {
      ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"]
        .contains($0["method"]?.string ?? "")
    }.map(\.compactText)
  }
}

/// What went wrong in the browser.
struct BrowserError: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}
