import Foundation

/// The same with what an app mostly says.
extension LearningCoreProtocol {
  public func createReflection(
    template: String, title: String = ""
  ) throws -> DocumentId {
    try createReflection(template: template, title: title, promptedBy: nil)
  }

  public func reflections(limit: Int = 50) throws -> Portion<DocumentSummary> {
    try reflections(after: nil, limit: limit)
  }

  public func createProject(title: String, topic: String = "") throws -> DocumentId {
    try createProject(title: title, topic: topic, setting: "")
  }

  public func createProjectFrom(
    _ recipe: RecipeSource, title: String = ""
  ) throws -> DocumentId {
    try createProjectFrom(recipe, title: title, setting: "")
  }

  public func chart(_ id: DocumentId, measure: ItemId) throws -> ChartView {
    try chart(id, measure: measure, width: 320)
  }

  public func sittings(_ id: DocumentId, limit: Int = 50) throws -> Portion<SittingView> {
    try sittings(id, before: nil, limit: limit)
  }

  public func projects(limit: Int = 50) throws -> Portion<DocumentSummary> {
    try projects(after: nil, limit: limit)
  }

  @discardableResult
  public func comment(_ project: DocumentId, body: String) throws -> ItemId {
    try comment(project, body: body, anchor: "")
  }

  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version
  ) -> Typing {
    typing(id, field: field, base: base, pause: nil)
  }

  public func search(
    _ query: String, limit: Int = 50, order: SearchOrder = .best
  ) throws -> Portion<Hit> {
    try search(query, offset: 0, limit: limit, order: order)
  }

  @discardableResult
  public func updatePack(_ key: String) async throws -> PackUpdate {
    try await updatePack(key) { _ in }
  }

  public func fetchMedia(_ resource: String) async throws -> URL {
    try await fetchMedia(resource) { _ in }
  }

  @discardableResult
  public func sync(budget: Budget = Budget()) async throws -> SyncReport {
    try await sync(budget: budget) { _ in }
  }

  @discardableResult
  public func sync(onProgress: @escaping OnProgress) async throws -> SyncReport {
    try await sync(budget: Budget(), onProgress: onProgress)
  }
}
