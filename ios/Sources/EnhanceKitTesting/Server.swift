// Starts processes, which an iPhone does not.
#if os(Linux) || os(macOS)
  import EnhanceKit
  import Foundation

  /// The server as a real process with a data folder of its own.
  public actor Server {
    /// Where phones find it.
    public nonisolated let address: String
    private let folder: URL
    private var process: Program?

    /// Starts one that keeps everything in this folder.
    public init(in folder: URL) async throws {
      self.folder = folder
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // As shipped, except that no client is told to wait.
      let settings = Data("[limits]\nrequests_per_minute = 1000000\n".utf8)
      try settings.write(to: folder.appending(path: "settings.toml"))
      let process = try Self.serve(folder, on: "127.0.0.1:0")
      let ready = "enhance-server ready at "
      guard let line = await process.line(), line.hasPrefix(ready) else {
        process.signal(SIGKILL)
        throw NotReady()
      }
      self.process = process
      address = String(line.dropFirst(ready.count))
    }

    deinit {
      process?.signal(SIGKILL)
    }

    private static func serve(_ folder: URL, on address: String) throws -> Program {
      try Program(
        program,
        [
          "serve", "--data", folder.appending(path: "data").path, "--listen", address,
          "--config", folder.appending(path: "settings.toml").path,
        ], log: folder.appending(path: "server.log"))
    }

    /// Ends it, so that calls are refused. Not gently: what Swift's threads start cannot hear that.
    public func stop() async {
      process?.signal(SIGKILL)
      await process?.end()
      process = nil
    }

    /// Starts it again at the same address.
    public func startAgain() async throws {
      let address = address.replacing("http://", with: "")
      let process = try Self.serve(folder, on: address)
      guard await process.line() != nil else { throw NotReady() }
      self.process = process
    }

    /// From now on it takes calls and never answers.
    public func stall() {
      process?.signal(SIGSTOP)
    }

    /// Ends what ``stall()`` began.
    public func goOn() {
      process?.signal(SIGCONT)
    }

    /// Invites a person and returns the code.
    public func invite(_ role: String, _ name: String) async throws -> String {
      let said = try await command("invite", "--role", role, "--name", name, "--json")
      let json = Data(said.joined().utf8)
      return try JSONDecoder().decode(Invitation.self, from: json).invitation
    }

    private struct Invitation: Decodable {
      let invitation: String
    }

    /// Says goodbye to a person: their roles end, and their devices are signed out.
    public func leaver(_ person: PersonId) async throws {
      let exported = folder.appending(path: "leaver-\(person)").path
      _ = try await command("leaver", person.rawValue, "--yes", "--export-to", exported)
    }

    /// Publishes the Enhance programme.
    public func publishProgramme() async throws {
      _ = try await command("publish", Project.content.path)
    }

    private func command(_ verb: String, _ rest: String...) async throws -> [String] {
      let data = folder.appending(path: "data").path
      return try await Program.run(Self.program, [verb, "--data", data] + rest)
    }

    private static var program: URL {
      let path = ProcessInfo.processInfo.environment["ENHANCE_SERVER"]
      return path.map { URL(filePath: $0) }
        ?? Project.root.appending(path: "target/debug/enhance-server")
    }

    struct NotReady: Error {}
  }

  /// Where things of the project are.
  public enum Project {
    /// The folder that a clone of it makes.
    public static let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()

    /// The Enhance programme as educators edit it.
    public static var content: URL {
      let path = ProcessInfo.processInfo.environment["ENHANCE_CONTENT"]
      return path.map { URL(filePath: $0) } ?? root.appending(path: "content/enhance")
    }
  }
#endif
