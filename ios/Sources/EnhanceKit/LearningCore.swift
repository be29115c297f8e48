@_exported import EnhanceCore
import Foundation

/// One person's account in one folder of this phone: the one object an app holds.
///
/// What a person does is local and quick, and is on the disk when a call returns. It is done off
/// the thread that asks, in the order in which it was asked. It takes milliseconds and is always
/// done to its end: cancelling a task never cuts a save in half. What needs the network ends soon
/// after its task is cancelled.
///
/// Every method can throw ``CoreError``, which has a `reason` in plain words.
public actor LearningCore {
  nonisolated let lane = Lane()
  nonisolated let listeners = Listeners()
  nonisolated let typings = Typings()
  /// Nothing once the core is closed.
  private let held: Locked<CoreHandle?>

  /// The lane everything local is done in.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  private init(_ handle: CoreHandle) {
    held = Locked(handle)
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
    let handle = try await elsewhere {
      try CoreHandle.open(folder: folder.filePath, keys: keys, authorities: authorities)
    }
    return LearningCore(handle)
  }

  /// Moves the database in a folder to a dated folder beside it, whole, and says where. For one
  /// that is damaged or whose key is lost: nothing is ever deleted. After that the folder can be
  /// opened anew and the person enrolled again.
  public static func setAside(_ folder: URL) async throws -> URL {
    URL(filePath: try await elsewhere { try EnhanceCore.setAside(folder: folder.filePath) })
  }

  /// Lets go of the folder before the operating system freezes the app: iOS ends an app that it
  /// finds frozen with a locked file. What is being typed is saved first, and what uses the network
  /// ends. Does not wait for calls that have not begun; those are answered with
  /// `CoreError.Suspended`, as is everything until ``resumeCore()``.
  public nonisolated func suspendCore() async {
    guard let handle = try? handle else { return }
    await elsewhere {
      self.typings.suspendAll()
      handle.suspend()
    }
  }

  /// Opens the folder again after ``suspendCore()``, and shows whoever watches what is there now.
  /// Does nothing if it is open.
  public func resumeCore() throws {
    try handle.resume()
    typings.resumeAll()
    listeners.resumed()
  }

  /// Lets go of the folder for good, once what was asked before is done. What is being typed is
  /// saved first. Everything is answered with `CoreError.Suspended` from now on, and streams end.
  /// Doing it twice is doing it once.
  public func close() {
    typings.closeAll()
    let handle = held.with { held in
      defer { held = nil }
      return held
    }
    handle?.suspend()
    listeners.close()
  }

  /// The generated object.
  nonisolated var handle: CoreHandle {
    get throws {
      guard let handle = held.with({ $0 }) else {
        throw CoreError.Suspended(reason: "the core is closed; open it again")
      }
      return handle
    }
  }
}

extension URL {
  /// The path as the core wants it.
  fileprivate var filePath: String { path(percentEncoded: false) }
}
