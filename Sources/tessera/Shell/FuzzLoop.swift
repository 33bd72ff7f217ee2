#if TESSERA_FUZZ
  import ArgumentParser
  import Foundation
  import Glibc
  import TesseraStudy

  /// Runs many commands in one process, for `make fuzz`: starting a process takes longer than most
  /// damaged inputs do.
  ///
  /// A line of standard input is `{"folder": F, "commands": [[...], ...]}`; for each line one line with
  /// the exit statuses of its commands goes to descriptor 3. What commands print is thrown away. Compiled
  /// only into a build of its own (`-DTESSERA_FUZZ`).
  enum FuzzLoop {
    /// Reads lines until there are no more.
    static func run() -> Never {
      if let nowhere = FileHandle(forWritingAtPath: "/dev/null") {
        dup2(nowhere.fileDescriptor, 1)
        dup2(nowhere.fileDescriptor, 2)
      }
      let answers = FileHandle(fileDescriptor: 3)
      while let line = readLine() {
        guard let task = try? JSONValue.parse(Data(line.utf8)), let folder = task["folder"]?.string,
          FileManager.default.changeCurrentDirectoryPath(folder)
        else { Foundation.exit(64) }
        let statuses = (task["commands"]?.array ?? []).map { command in
          status(of: (command.array ?? []).compactMap(\.string))
        }
        let text = statuses.map(String.init).joined(separator: " ") + "\n"
        guard (try? answers.write(contentsOf: Data(text.utf8))) != nil else { break }
      }
      Foundation.exit(0)
    }

    private static func status(of arguments: [String]) -> Int32 {
      do {
        var command = try TesseraCommand.parseAsRoot(arguments)
        try command.run()
        try Console.flush()
        return 0
      } catch {
        return Failure.tell(error, json: false)
      }
    }
  }
#endif
