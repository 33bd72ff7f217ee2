import Foundation
import GRDB
import TesseraFiles
import TesseraSurvey

/// What a batch has done, kept in SQLite so that it can go on after any interruption.
///
/// `jobs(key, input, input_sha256, settings_sha256, output, state, reason)` and
/// `attempts(job, started, ended, status, rows)`; states are waiting, running, done and failed.
final class BatchLedger: Sendable {
  /// The file within the batch's folder.
  static let file = "ledger.sqlite"

  /// Where a job stands.
  enum State: String, Sendable {
    case waiting, running, done, failed
  }

  /// A job as the ledger has it.
  struct Row: Sendable {
    let key: String
    let input: String
    let output: String
    let state: State
    let reason: String
    /// Respondents of its last attempt.
    let rows: Int
  }

  /// The identity of a job: what goes in, what is done, where it goes.
  struct Identity: Sendable, Equatable {
    let inputSHA256: String
    let settingsSHA256: String
    let output: String

    var key: String {
      SHA256.hex(of: Array("\(inputSHA256)\n\(settingsSHA256)\n\(output)".utf8))
    }
  }

  private let queue: DatabaseQueue
  private let lock: FolderLock?

  /// Opens or makes a ledger, for one batch at a time.
  ///
  /// - Parameters:
  ///   - folder: The batch's folder, which exists.
  ///   - isReading: Whether it is only looked at, while another batch may be at work.
  /// - Throws: `ReportedError` with status 73 if another batch is at work, or it cannot be written.
  init(_ folder: String, isReading: Bool = false) throws {
    let path = "\(folder)/\(Self.file)"
    if isReading {
      guard FileManager.default.fileExists(atPath: path) else {
        throw BatchError(
          "there is no batch in this folder", file: folder,
          hint: "tessera batch EXPORTS --study STUDY -o \(folder) makes one", status: 66)
      }
      lock = nil
    } else {
      lock = try FolderLock("\(folder)/ledger.lock")
      guard lock != nil else {
        throw BatchError(
          "another batch is at work in this folder", file: folder,
          hint: "wait for it, or name another folder with -o", status: 73)
      }
    }
    do {
      // Waiting for the disk at every step would take longer than small jobs do. A process that is
      // killed loses nothing; where the machine fails, jobs are known by the marks in their folders.
      var configuration = Configuration()
      configuration.journalMode = .wal
      do {
        queue = try DatabaseQueue(path: path, configuration: configuration)
      } catch {
        // Some file systems, of networks above all, cannot keep a journal ahead.
        queue = try DatabaseQueue(path: path)
      }
      try queue.write { database in
        try database.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS jobs(key TEXT PRIMARY KEY, input TEXT NOT NULL, \
            input_sha256 TEXT NOT NULL, settings_sha256 TEXT NOT NULL, output TEXT NOT NULL, \
            state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '');
            CREATE TABLE IF NOT EXISTS attempts(job TEXT NOT NULL REFERENCES jobs(key), \
            started TEXT NOT NULL, ended TEXT, status INTEGER, rows INTEGER);
            CREATE INDEX IF NOT EXISTS jobs_output ON jobs(output);
            CREATE INDEX IF NOT EXISTS attempts_job ON attempts(job);
            CREATE TABLE IF NOT EXISTS settings(name TEXT PRIMARY KEY, value TEXT NOT NULL);
            """)
      }
    } catch {
      throw BatchError(
        "the ledger cannot be read or written", file: path,
        hint: "is the disk full, or the file of another program?", status: 74)
    }
  }

  private func reported<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as any ReportedError {
      throw error
    } catch {
      throw BatchError(
        "the ledger cannot be read or written", file: Self.file,
        hint: "is the disk full, or the file damaged? Without it the batch begins anew", status: 74)
    }
  }

  /// Notes what a batch was asked, so that it can be asked again.
  func remember(_ value: String, as name: String) throws {
    try reported {
      try queue.write {
        try $0.execute(
          sql: "INSERT OR REPLACE INTO settings(name, value) VALUES (?, ?)",
          arguments: [name, value])
      }
    }
  }

  /// What a batch was asked.
  func remembered(_ name: String) throws -> String? {
    try reported {
      try queue.read {
        try String.fetchOne($0, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
      }
    }
  }

  /// Enters a job, in place of an earlier one with the same output and other content.
  ///
  /// - Returns: Where it stands; a job that was running when the batch died is waiting again.
  func enter(_ identity: Identity, input: String) throws -> State {
    try reported {
      try queue.write { database in
        try database.execute(
          sql: """
            DELETE FROM attempts WHERE job IN (SELECT key FROM jobs WHERE output = ? AND key <> ?)
            """, arguments: [identity.output, identity.key])
        try database.execute(
          sql: "DELETE FROM jobs WHERE output = ? AND key <> ?",
          arguments: [identity.output, identity.key])
        try database.execute(
          sql: """
            INSERT OR IGNORE INTO jobs(key, input, input_sha256, settings_sha256, output, state) \
            VALUES (?, ?, ?, ?, ?, 'waiting')
            """,
          arguments: [
            identity.key, input, identity.inputSHA256, identity.settingsSHA256, identity.output,
          ])
        try database.execute(
          sql: "UPDATE jobs SET state = 'waiting' WHERE key = ? AND state = 'running'",
          arguments: [identity.key])
        let state = try String.fetchOne(
          database, sql: "SELECT state FROM jobs WHERE key = ?", arguments: [identity.key])
        return state.flatMap(State.init) ?? .waiting
      }
    }
  }

  /// Drops jobs that were never done and are not asked for any more, their exports being gone.
  ///
  /// - Parameter outputs: The outputs that are asked for.
  /// - Throws: `ReportedError` if the ledger cannot be written.
  func forget(except outputs: [String]) throws {
    try reported {
      try queue.write { database in
        let left = try String.fetchAll(
          database, sql: "SELECT output FROM jobs WHERE state <> 'done'")
        for output in Set(left).subtracting(outputs) {
          try database.execute(
            sql: "DELETE FROM attempts WHERE job IN (SELECT key FROM jobs WHERE output = ?)",
            arguments: [output])
          try database.execute(sql: "DELETE FROM jobs WHERE output = ?", arguments: [output])
        }
      }
    }
  }

  /// Notes that work on a job begins.
  func begin(_ key: String) throws {
    try reported {
      try queue.write { database in
        try database.execute(
          sql: "UPDATE jobs SET state = 'running', reason = '' WHERE key = ?", arguments: [key])
        try database.execute(
          sql: "INSERT INTO attempts(job, started) VALUES (?, ?)",
          arguments: [key, Date().ISO8601Format()])
      }
    }
  }

  /// Notes how work on a job ended.
  func end(_ key: String, _ state: State, reason: String, status: Int32, rows: Int?) throws {
    try reported {
      try queue.write { database in
        try database.execute(
          sql: "UPDATE jobs SET state = ?, reason = ? WHERE key = ?",
          arguments: [state.rawValue, reason, key])
        try database.execute(
          sql: """
            UPDATE attempts SET ended = ?, status = ?, rows = ? WHERE rowid = \
            (SELECT max(rowid) FROM attempts WHERE job = ?)
            """, arguments: [Date().ISO8601Format(), status, rows, key])
      }
    }
  }

  /// A cell that holds a text unless the file is damaged.
  private static func text(_ row: GRDB.Row, _ column: String) throws -> String {
    guard let text = String.fromDatabaseValue(row[column]) else {
      throw BatchError(
        "the ledger is damaged: a job's \(column) is no text", file: file,
        hint: "without the file the batch begins anew", status: 74)
    }
    return text
  }

  /// All jobs, by output.
  func rows() throws -> [Row] {
    try reported {
      try queue.read { database in
        try GRDB.Row.fetchAll(
          database,
          sql: """
            SELECT key, input, output, state, reason, (SELECT rows FROM attempts WHERE job = key \
            ORDER BY rowid DESC LIMIT 1) AS people FROM jobs ORDER BY output
            """
        ).map { row in
          // Cells of a damaged file may hold anything: an error, not a trap.
          Row(
            key: try Self.text(row, "key"),
            input: try Self.text(row, "input"),
            output: try Self.text(row, "output"),
            state: State(rawValue: try Self.text(row, "state")) ?? .waiting,
            reason: try Self.text(row, "reason"),
            rows: Int.fromDatabaseValue(row["people"]) ?? 0)
        }
      }
    }
  }
}

/// What can go wrong with a batch as a whole.
struct BatchError: ReportedError {
  /// What the user is told.
  let report: ErrorReport

  /// Makes an error.
  init(_ message: String, file: String? = nil, hint: String, status: Int32) {
    report = ErrorReport(
      code: "E0702", message: message, file: file, hint: hint, exitStatus: status)
  }
}
