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

  /// The lane everything local is done in.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  private init(_ handle: CoreHandle) {
    held = Locked(handle)
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
        })
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
    handle?.suspend()
    listeners.close()
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
  fileprivate var filePath: String { path(percentEncoded: false) }
}
