@_exported import EnhanceCore
import Foundation

/// One person's account in one folder of this phone: the one object an app holds.
///
/// What a person does is local and quick, and is on the disk when a call returns. It is done off
/// the thread that asks, in the order in which it was asked. It takes milliseconds and is always
/// done to its end: cancelling a task never cuts a save in half. What needs the network ends soon
/// after its task is cancelled.
///
/// What it does for an app, ``LearningCoreProtocol`` lists: a view model that takes any of these
/// can be shown and tested without the library.
public actor LearningCore: LearningCoreProtocol {
  nonisolated let lane = Lane()
  package nonisolated let listeners = Listeners()
  nonisolated let typings: Typings
  /// Nothing once the core is closed.
  private let held: Locked<CoreHandle?>
  /// Where this phone keeps the key of the database.
  nonisolated let keys: any KeyStore

  /// The lane everything local is done in.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  private init(_ handle: CoreHandle, _ keys: any KeyStore) {
    held = Locked(handle)
    self.keys = keys
    typings = Typings(lane)
  }

  /// Opens the account in a folder with the key that the phone keeps, and makes both if there is
  /// no database yet. The folder is this core's alone until it is suspended or closed.
  ///
  /// - Parameters:
  ///   - folder: One account, one folder. It is made if it is not there.
  ///   - keys: Where this phone keeps the key of the database.
  ///   - authorities: The certificate authorities to trust, each as DER bytes; without them those
  ///     of the operating system.
  public static func open(
    _ folder: URL, keys: any KeyStore, authorities: [Data]? = nil
  ) async throws -> LearningCore {
    do {
      return LearningCore(
        try await elsewhere {
          try CoreHandle.open(folder: folder.filePath, keys: keys, authorities: authorities)
        }, keys)
    } catch {
      throw CoreError(error)
    }
  }

  /// Moves the database in a folder to a dated folder beside it, whole, and says where. For one
  /// that is damaged or whose key is lost: nothing is ever deleted. After that the folder can be
  /// opened anew and the person enrolled again.
  public static func setAside(_ folder: URL) async throws -> URL {
    do {
      return URL(
        filePath: try await elsewhere { try EnhanceCore.setAside(folder: folder.filePath) })
    } catch {
      throw CoreError(error)
    }
  }

  /// Takes what can be read out of a database that is damaged into a new one, words first, and says
  /// what that was. After that the folder can be opened; the next sync fetches what is missing.
  public static func salvage(_ folder: URL, keys: any KeyStore) async throws -> Salvaged {
    do {
      return try await elsewhere { try EnhanceCore.salvage(folder: folder.filePath, keys: keys) }
    } catch {
      throw CoreError(error)
    }
  }

  public nonisolated func suspendCore() async {
    guard let handle else { return }
    await elsewhere {
      self.typings.suspendAll()
      handle.suspend()
    }
  }

  public func resumeCore() throws {
    try ask { try $0.resume() }
    typings.resumeAll()
    listeners.resumed()
  }

  public func close() {
    typings.closeAll()
    let handle = held.with { held in
      defer { held = nil }
      return held
    }
    // First, since leaving tells those who listen that everything is gone.
    listeners.close()
    handle?.leave()
  }

  /// The generated object; none once the core is closed.
  nonisolated var handle: CoreHandle? { held.with { $0 } }

  /// Asks the core something. What is thrown underneath reaches an app as a `CoreError`.
  nonisolated func ask<Answer>(
    _ question: (CoreHandle) throws -> Answer
  ) throws(CoreError) -> Answer {
    guard let handle else { throw .closed }
    do {
      return try question(handle)
    } catch {
      throw CoreError(error)
    }
  }
}

extension URL {
  /// The path as the core wants it.
  var filePath: String { path(percentEncoded: false) }
}
