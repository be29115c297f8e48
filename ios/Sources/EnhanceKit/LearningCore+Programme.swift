import Foundation

/// The programme and this person's way through it.
extension LearningCore {
  /// The programme; none before a content pack is here.
  public func programme() throws -> Programme? {
    try ask { try $0.programme() }
  }

  /// The modules with this person's progress, in the programme's order.
  public func modules() throws -> [ModuleSummary] {
    try ask { try $0.modules() }
  }

  /// A module with its page, its outcomes and its activities.
  public func module(_ key: String) throws -> ModuleView {
    try ask { try $0.module(key: key) }
  }

  /// A page of the handbook, a module or an activity.
  public func page(_ key: String) throws -> PageView {
    try ask { try $0.page(key: key) }
  }

  /// The ways to reflect, in the programme's order.
  public func templates() throws -> [Template] {
    try ask { try $0.templates() }
  }

  /// Notes that an activity was begun. The first time stands.
  public func startActivity(_ key: String) throws {
    try ask { try $0.startActivity(key: key) }
  }

  /// Notes that an activity was completed. The first time stands.
  public func completeActivity(_ key: String) throws {
    try ask { try $0.completeActivity(key: key) }
  }

  /// Notes time spent learning.
  public func addSession(_ session: NewSession) throws -> ItemId {
    try ask { try $0.addSession(session: session) }
  }

  /// Takes a session out of the learning log again.
  public func removeSession(_ id: ItemId) throws {
    try ask { try $0.removeSession(id: id) }
  }

  /// The learning log.
  public func learningLog() throws -> LearningLog {
    try ask { try $0.learningLog() }
  }

  /// The content packs that are here or that the server offers.
  public func packs() throws -> [PackState] {
    try ask { try $0.packs() }
  }

  /// Something an activity uses: how large it is, and where, if it is here.
  public func media(_ resource: String) throws -> MediaView {
    try ask { try $0.media(resource: resource) }
  }

  /// Fetches the newest version of a content pack and puts it to use. Goes on where an earlier
  /// attempt stopped; the version in use stays until the new one is here, whole and checked.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  public func updatePack(
    _ key: String, onProgress: @escaping OnProgress = { _ in }
  ) async throws -> PackUpdate {
    try await cancellable {
      try await $0.updatePack(key: key, cancellation: $1, listener: Listener(onProgress))
    }
  }

  /// Fetches the file of something an activity uses, and says where it is then.
  ///
  /// - Parameter onProgress: Hears how far it has come, on a thread of the core.
  public func fetchMedia(
    _ resource: String, onProgress: @escaping OnProgress = { _ in }
  ) async throws -> URL {
    let path = try await cancellable {
      try await $0.fetchMedia(
        resource: resource, cancellation: $1, listener: Listener(onProgress))
    }
    return URL(filePath: path)
  }
}
