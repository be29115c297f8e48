import Foundation

extension LearningCore {
  public func programme() throws(CoreError) -> Programme? {
    try ask { try $0.programme() }
  }

  public func modules() throws(CoreError) -> [ModuleSummary] {
    try ask { try $0.modules() }
  }

  public func module(_ key: String) throws(CoreError) -> ModuleView {
    try ask { try $0.module(key: key) }
  }

  public func page(_ key: String) throws(CoreError) -> PageView {
    try ask { try $0.page(key: key) }
  }

  public func templates() throws(CoreError) -> [Template] {
    try ask { try $0.templates() }
  }

  public func startActivity(_ key: String) throws(CoreError) {
    try ask { try $0.startActivity(key: key) }
  }

  public func completeActivity(_ key: String) throws(CoreError) {
    try ask { try $0.completeActivity(key: key) }
  }

  @discardableResult
  public func addSession(_ session: NewSession) throws(CoreError) -> ItemId {
    try ask { try $0.addSession(session: session) }
  }

  public func removeSession(_ id: ItemId) throws(CoreError) {
    try ask { try $0.removeSession(id: id) }
  }

  public func learningLog() throws(CoreError) -> LearningLog {
    try ask { try $0.learningLog() }
  }

  public func packs() throws(CoreError) -> [PackState] {
    try ask { try $0.packs() }
  }

  public func media(_ resource: String) throws(CoreError) -> MediaView {
    try ask { try $0.media(resource: resource) }
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
