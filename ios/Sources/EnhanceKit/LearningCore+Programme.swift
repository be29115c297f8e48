import Foundation

extension LearningCore {
  public func programme() throws -> Programme? {
    try ask { try $0.programme() }
  }

  public func modules() throws -> [ModuleSummary] {
    try ask { try $0.modules() }
  }

  public func module(_ key: String) throws -> ModuleView {
    try ask { try $0.module(key: key) }
  }

  public func page(_ key: String) throws -> PageView {
    try ask { try $0.page(key: key) }
  }

  public func templates() throws -> [Template] {
    try ask { try $0.templates() }
  }

  public func startActivity(_ key: String) throws {
    try ask { try $0.startActivity(key: key) }
  }

  public func completeActivity(_ key: String) throws {
    try ask { try $0.completeActivity(key: key) }
  }

  @discardableResult
  public func addSession(_ session: NewSession) throws -> ItemId {
    try ask { try $0.addSession(session: session) }
  }

  public func removeSession(_ id: ItemId) throws {
    try ask { try $0.removeSession(id: id) }
  }

  public func learningLog() throws -> LearningLog {
    try ask { try $0.learningLog() }
  }

  public func packs() throws -> [PackState] {
    try ask { try $0.packs() }
  }

  public func media(_ resource: String) throws -> MediaView {
    try ask { try $0.media(resource: resource) }
  }

  public func mediaBytes(_ resource: String) throws -> Data? {
    try ask { try $0.mediaBytes(resource: resource) }
  }

  @discardableResult
  public func updatePack(
    _ key: String, onProgress: @escaping OnProgress
  ) async throws -> PackUpdate {
    try await cancellable {
      try await $0.updatePack(key: key, cancellation: $1, listener: Listener(onProgress))
    }
  }

  public func fetchMedia(
    _ resource: String, onProgress: @escaping OnProgress
  ) async throws -> URL {
    let path = try await cancellable {
      try await $0.fetchMedia(
        resource: resource, cancellation: $1, listener: Listener(onProgress))
    }
    return URL(filePath: path)
  }
}
