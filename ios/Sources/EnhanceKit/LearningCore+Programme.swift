import Foundation

/// The programme and this person's way through it.
extension LearningCore {
  /// The programme; none before a content pack is here.
  public func programme() throws -> Programme? {
    try handle.programme()
  }

  /// The modules with this person's progress, in the programme's order.
  public func modules() throws -> [ModuleSummary] {
    try handle.modules()
  }

  /// A module with its page, its outcomes and its activities.
  public func module(_ key: String) throws -> ModuleView {
    try handle.module(key: key)
  }

  /// A page of the handbook, a module or an activity.
  public func page(_ key: String) throws -> PageView {
    try handle.page(key: key)
  }

  /// The ways to reflect, in the programme's order.
  public func templates() throws -> [Template] {
    try handle.templates()
  }

  /// Notes that an activity was begun. The first time stands.
  public func startActivity(_ key: String) throws {
    try handle.startActivity(key: key)
  }

  /// Notes that an activity was completed. The first time stands.
  public func completeActivity(_ key: String) throws {
    try handle.completeActivity(key: key)
  }

  /// Notes time spent learning.
  public func addSession(_ session: NewSession) throws -> ItemId {
    try handle.addSession(session: session)
  }

  /// Takes a session out of the learning log again.
  public func removeSession(_ id: ItemId) throws {
    try handle.removeSession(id: id)
  }

  /// The learning log.
  public func learningLog() throws -> LearningLog {
    try handle.learningLog()
  }

  /// The content packs that are here or that the server offers.
  public func packs() throws -> [PackState] {
    try handle.packs()
  }

  /// Something an activity uses: how large it is, and where, if it is here.
  public func media(_ resource: String) throws -> Media {
    try handle.media(resource: resource)
  }

  /// Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
  /// attempt stopped; the version in use stays until the new one is here, whole and checked.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  public func updatePack(
    _ key: String, onProgress: @escaping OnProgress = { _ in }
  ) async throws -> PackUpdate {
    let handle = try handle
    return try await cancellable {
      try await handle.updatePack(key: key, cancellation: $0, listener: Listener(onProgress))
    }
  }

  /// Fetches the file of something an activity uses, and says where it is then.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  public func fetchMedia(
    _ resource: String, onProgress: @escaping OnProgress = { _ in }
  ) async throws -> URL {
    let handle = try handle
    return try await cancellable {
      let listener = Listener(onProgress)
      return URL(
        filePath: try await handle.fetchMedia(
          resource: resource, cancellation: $0, listener: listener))
    }
  }
}
