import Foundation
import Synchronization
import TesseraStudy
import TesseraSurvey
import Testing

/// A folder without disk and a shell without processes.
final class FakeWorkspace: Sendable {
  let files = Mutex<[String: [UInt8]]>([:])
  let beside = Mutex<[String: [UInt8]]>([:])
  let outputs: [String: NotebookRunner.Output]
  let ran = Mutex<[String]>([])

  init(_ outputs: [String: NotebookRunner.Output]) { self.outputs = outputs }

  convenience init(text outputs: [String: String]) {
    self.init(outputs.mapValues { NotebookRunner.Output(status: 0, text: $0) })
  }

  var runner: NotebookRunner {
    NotebookRunner(
      NotebookRunner.Workspace(
        write: { path, text in self.files.withLock { $0[path] = Array(text.utf8) } },
        run: { command, _ in
          self.ran.withLock { $0.append(command) }
          return self.outputs[command]
            ?? NotebookRunner.Output(status: 127, text: "\(command): not found\n")
        },
        read: { path in self.files.withLock { $0[path] } },
        readBeside: { path in self.beside.withLock { $0[path] } }, has: { $0 == "duckdb" }))
  }
}

/// A notebook of one console block.
private func console(_ inside: String, info: String = "console") -> String {
  "# Title\n\n```\(info)\n\(inside)\n```\n\nProse.\n"
}

private func check(
  _ inside: String, _ outputs: [String: String], info: String = "console"
) throws -> NotebookReport {
  let notebook = try Notebook.parse(console(inside, info: info), file: "n.md")
  return try FakeWorkspace(text: outputs).runner.run(notebook)
}

private func fault(_ text: String) -> ErrorReport? {
  do {
    _ = try Notebook.parse(text, file: "n.md")
    Issue.record("the notebook was accepted")
    return nil
  } catch {
    return error.report
  }
}

@Suite struct NotebookTests {
  @Test func `front matter, files, commands, quotes and figures are read with their lines`() throws
  {
    let text = """
      ---
      title: Coupe or SUV
      data: cars.csv
      sha256: ABC
      seed: 7
      needs: [duckdb]
      timeout: 5
      ---

      Text with ![a map](figures/map.svg) and ![a photo](p.png) and [a link](x.svg).

      ```file study.yaml
      survey: cars.csv
      ```

      ````console [tol=1e-6]
      $ tessera run study.yaml \\
      > --quiet
      ? 1
      ```
      out
      $ echo done
      done

      ````

      ```swift snippet=Snippets/Fit.swift
      let a = 1
      ```

      ```sh
      $ this is prose
      ```
      """
    let notebook = try Notebook.parse(text, file: "n.md")
    #expect(notebook.title == "Coupe or SUV")
    #expect(notebook.data.map(\.path) == ["cars.csv"])
    #expect(notebook.data[0].sha256 == "ABC")
    #expect(notebook.seed == 7)
    #expect(notebook.needs == ["duckdb"])
    #expect(notebook.timeout == 5)
    #expect(notebook.blocks.count == 4)
    #expect(notebook.blocks[0] == .figure(path: "figures/map.svg", line: 10))
    #expect(
      notebook.blocks[1] == .file(name: "study.yaml", text: "survey: cars.csv\n", line: 12))
    guard case .console(let console) = notebook.blocks[2] else {
      Issue.record("the third block holds commands")
      return
    }
    #expect(console.tolerance == 1e-6)
    #expect(console.commands.map(\.text) == ["tessera run study.yaml \\\n--quiet", "echo done"])
    #expect(console.commands.map(\.status) == [1, 0])
    #expect(console.commands[0].expected == ["```", "out"])
    #expect(console.commands[0].line == 17)
    #expect(console.commands[0].expectedLine == 20)
    #expect(
      notebook.blocks[3]
        == .snippet(name: "Snippets/Fit.swift", text: "let a = 1\n", line: 27))
  }

  @Test(arguments: [
    ("---\ntitle: A\n", "E0801", 1), ("a\n```console\n$ x\n", "E0802", 2),
    ("```file\nx\n```\n", "E0803", 1), ("```file ../x\n```\n", "E0804", 1),
    ("```file /etc/x\n```\n", "E0804", 1), ("```console tol=x\n$ a\n```\n", "E0805", 1),
    ("```console fast\n$ a\n```\n", "E0805", 1), ("```console\nout\n$ a\n```\n", "E0806", 2),
    ("---\ntitel: A\n---\n", "E0306", 2), ("---\nseed: x\n---\n", "E0307", 2),
    ("---\nseed: 1\ntimeout: -1\n---\n", "E0309", 3),
  ])
  func `faults are told with their line`(text: String, code: String, line: Int) {
    let report = fault(text)
    #expect(report?.code == code)
    #expect(report?.row == line)
  }

  @Test func `an output that came as shown is no difference`() throws {
    let report = try check(
      "$ a\none\n  two  \n\n$ b\n$ c\nthree", ["a": "one\n  two\n", "b": "", "c": "three\n"])
    #expect(report.isClean)
    #expect(report.commands == 3)
    #expect(report.updated == console("$ a\none\n  two  \n\n$ b\n$ c\nthree"))
  }

  @Test func `a changed line is told with its place and rewritten`() throws {
    let report = try check("$ a\none\n2 a.csv\nthree", ["a": "one\n3 a.csv\nthree\n"])
    #expect(report.differences.count == 1)
    #expect(report.differences[0].line == 6)
    #expect(report.differences[0].changes == ["  one", "- 2 a.csv", "+ 3 a.csv", "  three"])
    #expect(report.differences[0].description.hasPrefix("n.md:6: the output differs"))
    #expect(report.updated == console("$ a\none\n3 a.csv\nthree"))
  }

  @Test func `any lines and any text are covered, and stay in an update`() throws {
    let outputs = ["a": "start\nx\ny\nwrote /tmp/q8/out.csv in 12 ms\nend\n"]
    #expect(try check("$ a\nstart\n...\nwrote [..]out.csv in [..] ms\nend", outputs).isClean)
    #expect(try check("$ a\n...", outputs).isClean)
    #expect(try check("$ a\n...\nend\n...", outputs).isClean)
    #expect(try !check("$ a\n...\nwrote [..]out.tsv[..]\nend", outputs).isClean)
    #expect(try !check("$ a\nstart\n...\ny", outputs).isClean)
    let report = try check("$ a\nstart\n...\nwrote [..]out.csv in [..] ms\nfinish", outputs)
    #expect(
      report.updated == console("$ a\nstart\n...\nwrote [..]out.csv in [..] ms\nend"))
  }

  @Test func `numbers may differ within the tolerance and are left alone by an update`() throws {
    let shown = "$ a\nfit  84.753100  (S1) p=9.1e-4\nold"
    let came = ["a": "fit 84.7531004 (S1) p=0.00091\nnew\n"]
    let report = try check(shown, came, info: "console tol=1e-6")
    #expect(report.differences.count == 1)
    #expect(report.differences[0].line == 6)
    #expect(
      report.updated
        == console("$ a\nfit  84.753100  (S1) p=9.1e-4\nnew", info: "console tol=1e-6"))
    #expect(try !check("$ a\nfit 84.7541", ["a": "fit 84.7531"], info: "console tol=1e-6").isClean)
    #expect(try check("$ a\nfit 84.7541", ["a": "fit 84.7531"], info: "console tol=1e-4").isClean)
    // The 1 in a name is no number, and without a tolerance no number is.
    #expect(try !check("$ a\nS1", ["a": "S1.0000001"], info: "console tol=1e-3").isClean)
    #expect(try !check("$ a\n0.5", ["a": "0.50"]).isClean)
    #expect(try check("$ a\n-0.5 to +3", ["a": "−0.50 to 3"], info: "console tol=0").isClean)
  }

  @Test func `an exit status that was not expected is told and written`() throws {
    let notebook = try Notebook.parse(console("$ a\n? 66\nno such file\n$ b\nok"), file: "n.md")
    let clean = FakeWorkspace([
      "a": NotebookRunner.Output(status: 66, text: "no such file\n"),
      "b": NotebookRunner.Output(status: 0, text: "ok\n"),
    ])
    #expect(try clean.runner.run(notebook).isClean)
    let other = FakeWorkspace([
      "a": NotebookRunner.Output(status: 0, text: "no such file\n"),
      "b": NotebookRunner.Output(status: 65, text: "ok\n"),
    ])
    let report = try other.runner.run(notebook)
    #expect(report.differences.map(\.line) == [4, 7])
    #expect(report.differences[0].message == "exit status 0, expected 66")
    #expect(report.updated == console("$ a\nno such file\n$ b\n? 65\nok"))
  }

  @Test func `a command that takes too long is told`() throws {
    let notebook = try Notebook.parse(console("$ a"), file: "n.md")
    let slow = FakeWorkspace([
      "a": NotebookRunner.Output(status: 137, text: "", timedOut: true)
    ])
    let report = try slow.runner.run(notebook)
    #expect(report.differences.first?.message.contains("longer than 600 seconds") == true)
  }

  @Test func `an output that holds fences gets longer fences`() throws {
    let report = try check("$ a", ["a": "```sh\nx\n```\n"])
    #expect(report.updated == "# Title\n\n````console\n$ a\n```sh\nx\n```\n````\n\nProse.\n")
    let again = try Notebook.parse(report.updated, file: "n.md")
    #expect(try FakeWorkspace(text: ["a": "```sh\nx\n```\n"]).runner.run(again).isClean)
  }

  @Test func `an update brings a notebook that is clean the next time`() throws {
    let outputs = ["a": "1\n2\n\n4\n", "b": "", "c": "x  y\n"]
    let report = try check("$ a\n9\n2\n...\n\n$ b\nold\n$ c", outputs)
    #expect(!report.isClean)
    let again = try Notebook.parse(report.updated, file: "n.md")
    let second = try FakeWorkspace(text: outputs).runner.run(again)
    #expect(second.isClean)
    #expect(second.updated == report.updated)
  }

  @Test func `files are written before later commands, quotes and figures are compared`() throws {
    let text = """
      ```file in.txt
      hello
      ```
      ```swift snippet=S.swift
      let a = 1
      ```
      ```console
      $ a
      ```
      ![map](map.svg)
      """
    let notebook = try Notebook.parse(text, file: "n.md")
    let workspace = FakeWorkspace(text: ["a": ""])
    workspace.beside.withLock {
      $0 = ["S.swift": Array("let a = 2\n".utf8), "map.svg": Array("old".utf8)]
    }
    workspace.files.withLock { $0["map.svg"] = Array("new".utf8) }
    let report = try workspace.runner.run(notebook)
    #expect(workspace.files.withLock { $0["in.txt"] } == Array("hello\n".utf8))
    #expect(report.differences.map(\.subject) == ["S.swift", "map.svg"])
    #expect(report.differences[0].changes.contains("- let a = 1"))
    #expect(report.figures == ["map.svg"])
  }

  @Test func `a notebook is skipped without what it needs, and data must be the right ones`() throws
  {
    let skipped = try Notebook.parse("---\nneeds: spark\n---\n" + console("$ a"), file: "n.md")
    let workspace = FakeWorkspace(text: ["a": ""])
    let report = try workspace.runner.run(skipped)
    #expect(report.skippedFor == "spark")
    #expect(workspace.ran.withLock { $0.isEmpty })
    let stale = try Notebook.parse("---\ndata: { d.csv: 00ff }\nneeds: duckdb\n---\n", file: "n.md")
    workspace.files.withLock { $0["d.csv"] = [1] }
    #expect(try workspace.runner.run(stale).differences.first?.subject == "d.csv")
    let absent = try Notebook.parse("---\ndata: e.csv\n---\n", file: "n.md")
    #expect(
      try workspace.runner.run(absent).differences.first?.message == "the data are not there")
  }
}
