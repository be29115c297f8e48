// Starts processes, which an iPhone does not.
#if os(Linux) || os(macOS)
  import EnhanceKit
  import Foundation

  /// Where a story takes place: one server, and people's phones. Gone when the story ends.
  public final class World: Sendable {
    public let folder: URL
    public let server: Server

    public init() async throws {
      folder = try temporaryFolder()
      server = try await Server(in: folder.appending(path: "server"))
    }

    deinit {
      try? FileManager.default.removeItem(at: folder)
    }

    /// A phone that is not enrolled.
    public func phone() async throws -> Phone {
      try await Phone(in: folder.appending(path: "phone-\(UUID())"))
    }

    /// A person who joins with a phone.
    public func person(_ role: String, _ name: String) async throws -> Phone {
      try await enrol(try await phone(), with: try await server.invite(role, name))
    }

    /// Dr Ana Ruiz, a doctor in training.
    public func trainee() async throws -> Phone {
      try await person("trainee", "Dr Ana Ruiz")
    }

    /// Dr Ben Okoro, her supervisor.
    public func supervisor() async throws -> Phone {
      try await person("supervisor", "Dr Ben Okoro")
    }

    /// Enrols a person on a phone.
    public func enrol(_ phone: Phone, with invitation: String) async throws -> Phone {
      let enrolled = try await phone.core.enrol(
        server: server.address, invitation: invitation, deviceName: "a phone")
      return phone.of(enrolled)
    }
  }

  /// A phone: a folder, a place for the key, and the app's core.
  public struct Phone: Sendable {
    public let folder: URL
    public let keys: FileKeys
    public let core: LearningCore
    /// Of the person it was enrolled for first.
    public private(set) var recoveryKey: String?
    public private(set) var person = PersonId(rawValue: "")

    public init(in folder: URL) async throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      keys = FileKeys(folder.appending(path: "key"))
      self.folder = folder.appending(path: "account")
      core = try await LearningCore.open(self.folder, keys: keys)
    }

    fileprivate func of(_ enrolled: Enrolment) -> Self {
      var phone = self
      phone.person = enrolled.account.person.id
      phone.recoveryKey = enrolled.recoveryKey
      return phone
    }

    /// Opens the folder once more, as the app does when it is started again.
    public func openAgain() async throws -> LearningCore {
      await core.close()
      return try await LearningCore.open(folder, keys: keys)
    }
  }

  /// A folder of its own.
  public func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "enhance-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
#endif
