// Starts processes, which an iPhone does not.
#if os(Linux) || os(macOS)
  import Foundation

  /// A program that runs beside a story.
  public final class Program: Sendable {
    private let process: Process
    private let said: Lines
    private let ended: AsyncStream<Int32>

    /// Starts it. What it says on its standard error goes to a file, or is shown.
    public init(_ program: URL, _ arguments: [String], log: URL? = nil) throws {
      process = Process()
      process.executableURL = program
      process.arguments = arguments
      process.standardInput = FileHandle.nullDevice
      let output = Pipe()
      process.standardOutput = output
      if let log {
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
      }
      said = Lines(output.fileHandleForReading)
      let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
      self.ended = ended
      // `waitUntilExit` on a thread of its own may wait for ever on Linux.
      process.terminationHandler = { process in
        continuation.yield(process.terminationStatus)
        continuation.finish()
      }
      try process.run()
    }

    /// Runs one to its end and returns what it said.
    public static func run(_ program: URL, _ arguments: [String]) async throws -> [String] {
      let running = try Program(program, arguments)
      let lines = await running.rest()
      let status = await running.end()
      guard status == 0 else {
        throw Failed(program: program, arguments: arguments, status: status)
      }
      return lines
    }

    /// The next line it says; none when it has ended.
    public func line() async -> String? {
      await said.next()
    }

    /// Every line it says from now on.
    public func rest() async -> [String] {
      var lines: [String] = []
      while let line = await line() { lines.append(line) }
      return lines
    }

    /// Waits until it has ended.
    @discardableResult
    public func end() async -> Int32 {
      for await status in ended { return status }
      return process.terminationStatus
    }

    /// Sends it a signal.
    public func signal(_ signal: Int32) {
      if process.isRunning { kill(process.processIdentifier, signal) }
    }

    /// A program that was run to its end did not do what it should.
    public struct Failed: Error {
      public let program: URL
      public let arguments: [String]
      public let status: Int32
    }
  }

  /// The lines that are written to a pipe.
  private actor Lines {
    private let lines: AsyncStream<String>

    init(_ pipe: FileHandle) {
      let (lines, continuation) = AsyncStream.makeStream(of: String.self)
      self.lines = lines
      Thread.detachNewThread {
        var begun = Data()
        while case let more = pipe.availableData, !more.isEmpty {
          begun += more
          while let end = begun.firstIndex(of: UInt8(ascii: "\n")) {
            continuation.yield(String(decoding: begun[..<end], as: UTF8.self))
            begun = begun[begun.index(after: end)...]
          }
        }
        // A line that was cut is a thing that was not said.
        continuation.finish()
      }
    }

    func next() async -> String? {
      await lines.first { _ in true }
    }
  }
#endif
