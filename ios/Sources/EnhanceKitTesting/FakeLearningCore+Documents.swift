import EnhanceKit
import Foundation

// MARK: Reflections

extension FakeLearningCore {
  public func createReflection(
    template: String, title: String, promptedBy: String?
  ) throws -> DocumentId {
    try ask { shelf throws(CoreError) in
      try shelf.createReflection(template: template, title: title, promptedBy: promptedBy)
    }
  }

  public func reflections(after: ListPosition?, limit: Int) throws -> Portion<DocumentSummary> {
    try ask { shelf throws(CoreError) in
      try shelf.portion(shelf.summaries(.reflection), after: after, limit: limit)
    }
  }

  public func reflection(_ id: DocumentId) throws -> ReflectionView {
    try ask { shelf throws(CoreError) in try shelf.reflection(id) }
  }

  @discardableResult
  public func editReflection(
    _ id: DocumentId, base: Version?, edits: [ReflectionEdit]
  ) throws -> Version {
    try ask { shelf throws(CoreError) in try shelf.editReflection(id, edits) }
  }

  @discardableResult
  public func shareReflection(
    _ id: DocumentId, with person: PersonId
  ) throws -> DocumentId {
    try typings.settle(id)
    return try ask { shelf throws(CoreError) in try shelf.share(id, with: person) }
  }

  /// The fake looks for NHS numbers, names with a title, e-mail addresses and this person's places
  /// of work, and for nothing else.
  public func checkBeforeSharing(_ id: DocumentId) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.check(id) }
  }

  @discardableResult
  public func shareReflectionAcknowledged(
    _ id: DocumentId, with person: PersonId, acknowledged: Sha256
  ) throws -> DocumentId {
    try typings.settle(id)
    return try ask { shelf throws(CoreError) in
      try shelf.share(id, with: person, acknowledged: acknowledged)
    }
  }

  public func checkBeforeSharingWithFiles(
    _ id: DocumentId, files: [ItemId]
  ) throws -> SharingCheck {
    try ask { shelf throws(CoreError) in try shelf.check(id, with: files) }
  }

  @discardableResult
  public func shareReflectionWithFiles(
    _ id: DocumentId, with person: PersonId, files: [ItemId], acknowledged: Sha256
  ) throws -> DocumentId {
    try typings.settle(id)
    return try ask { shelf throws(CoreError) in
      try shelf.share(id, with: person, files, acknowledged)
    }
  }

  public func sharedWithMe() throws -> [DocumentSummary] {
    try ask { shelf throws(CoreError) in
      let me = try shelf.me().id
      return shelf.summaries(.sharedReflection).filter { $0.owner?.id != me }
    }
  }

  public func sharedByMe() throws -> [DocumentSummary] {
    try ask { shelf throws(CoreError) in
      let me = try shelf.me().id
      return shelf.summaries(.sharedReflection).filter { $0.owner?.id == me }
    }
  }

  public func sharedReflection(_ id: DocumentId) throws -> SharedView {
    try ask { shelf throws(CoreError) in try shelf.sharedReflection(id) }
  }
}

// MARK: Change projects

extension FakeLearningCore {
  public func createProject(
    title: String, topic: String, setting: String
  ) throws -> DocumentId {
    try ask { shelf throws(CoreError) in
      try shelf.createProject(title: title, topic: topic, setting: setting)
    }
  }

  public func createProjectFrom(
    _ recipe: RecipeSource, title: String, setting: String
  ) throws -> DocumentId {
    try ask { shelf throws(CoreError) in
      try shelf.createProject(from: recipe, title: title, setting: setting)
    }
  }

  /// There is no pack with recipes in memory: this is always empty.
  public func recipes() throws -> [RecipeSummary] {
    try ask { _ in [] }
  }

  public func recipe(_ id: DocumentId) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.recipe(id) }
  }

  /// The values alone: without lines, rules or a picture.
  public func chart(_ id: DocumentId, measure: ItemId, width: Int) throws -> ChartView {
    try ask { shelf throws(CoreError) in try shelf.chart(id, measure) }
  }

  public func projectPage(_ id: DocumentId) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.page(of: id) }
  }

  public func projectPageAcknowledged(_ id: DocumentId, acknowledged: Sha256) throws -> String {
    try ask { shelf throws(CoreError) in try shelf.page(of: id, acknowledged) }
  }

  public func verifyPage(_ html: String) throws -> PageVerdict {
    try ask { shelf throws(CoreError) in try shelf.verify(html) }
  }

  public func planChecks(_ id: DocumentId) throws -> [PlanCheck] {
    try ask { shelf throws(CoreError) in try shelf.planChecks(id) }
  }

  public func findings(of project: DocumentId) throws -> [Finding] {
    try ask { shelf throws(CoreError) in try shelf.findings(of: project) }
  }

  public func projects(after: ListPosition?, limit: Int) throws -> Portion<DocumentSummary> {
    try ask { shelf throws(CoreError) in
      try shelf.portion(shelf.summaries(.changeProject), after: after, limit: limit)
    }
  }

  public func project(_ id: DocumentId) throws -> ProjectView {
    try ask { shelf throws(CoreError) in try shelf.project(id) }
  }

  @discardableResult
  public func editProject(
    _ id: DocumentId, base: Version?, edits: [ProjectEdit]
  ) throws -> Version {
    try ask { shelf throws(CoreError) in try shelf.editProject(id, edits) }
  }

  @discardableResult
  public func tick(
    _ project: DocumentId, tally: ItemId, numerator: Int, denominator: Int
  ) throws -> ObservedValue {
    try ask { shelf throws(CoreError) in
      try shelf.tick(project, tally, numerator, denominator)
    }
  }

  public func newItemId() throws -> ItemId {
    try ask { shelf throws(CoreError) in ItemId(rawValue: shelf.memory.fresh("item")) }
  }

  @discardableResult
  public func comment(
    _ project: DocumentId, body: String, anchor: String
  ) throws -> ItemId {
    try ask { shelf throws(CoreError) in
      try shelf.comment(project, part: anchor, body: body, range: nil)
    }
  }

  public func editComments(_ project: DocumentId, edits: [CommentEdit]) throws {
    try ask { shelf throws(CoreError) in try shelf.change(project, edits) }
  }

  public func history(_ id: DocumentId) throws -> [HistoryView] {
    try ask { shelf throws(CoreError) in
      try shelf.document(id, .changeProject).past.map(\.view)
    }
  }

  public func sittings(
    _ id: DocumentId, before: Version?, limit: Int
  ) throws -> Portion<SittingView> {
    try ask { shelf throws(CoreError) in
      try shelf.sittings(id, before: before, limit: limit)
    }
  }

  public func projectAt(_ id: DocumentId, version: Version) throws -> ChangeProject {
    try ask { shelf throws(CoreError) in try shelf.project(id, at: version) }
  }

  public func textAuthors(_ id: DocumentId, field: TextField) throws -> [TextPart] {
    try ask { shelf throws(CoreError) in try shelf.textAuthors(id, field) }
  }

  public func fieldAuthors(_ id: DocumentId) throws -> [String: Person?] {
    try ask { shelf throws(CoreError) in try shelf.fieldAuthors(id) }
  }
}

// MARK: Every kind of document

extension FakeLearningCore {
  public func autosave(
    _ id: DocumentId, field: DraftField, base: Version, text: String
  ) throws {
    try ask { shelf throws(CoreError) in
      try shelf.autosave(id, field, base: base, text: text)
    }
  }

  @discardableResult
  public func settle(_ id: DocumentId) throws -> Version {
    try typings.settle(id)
    return try ask { shelf throws(CoreError) in try shelf.settle(id) }
  }

  public func unsettled() throws -> [DocumentId] {
    try ask { shelf throws(CoreError) in
      shelf.here.filter { !$0.drafts.isEmpty }
        .sorted { $0.updatedAt < $1.updatedAt }
        .map(\.id)
    }
  }

  public nonisolated func typing(
    _ id: DocumentId, field: DraftField, base: Version, pause: Duration?
  ) -> Typing {
    guard shelf.with({ !$0.isLeft }) else {
      return Typing(nil, id: id, field: field, among: typings)
    }
    let scribe = FakeScribe(self, id, field, base: base, pause: pause ?? .seconds(2))
    return Typing(scribe, id: id, field: field, among: typings)
  }

  public func delete(_ id: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.delete(id) }
  }

  public func status(_ id: DocumentId) throws -> DocumentStatus {
    try ask { shelf throws(CoreError) in shelf.status(of: try shelf.document(id)) }
  }

  /// Nothing is too large for the way in memory.
  public func heldBy(_ id: DocumentId) throws -> Obstacle? {
    try ask { shelf throws(CoreError) in
      _ = try shelf.document(id)
      return nil
    }
  }

  public func readers(_ id: DocumentId) throws -> [Reader] {
    try ask { shelf throws(CoreError) in shelf.readers(of: try shelf.document(id)) }
  }

  public func markSeen(_ id: DocumentId) throws {
    try ask { shelf throws(CoreError) in try shelf.markSeen(id) }
  }

  public func search(
    _ query: String, offset: Int, limit: Int, order: SearchOrder
  ) throws -> Portion<Hit> {
    try ask { shelf throws(CoreError) in
      try shelf.portion(shelf.hits(query), offset: offset, limit: limit)
    }
  }

  public func quarantined() throws -> [QuarantineSummary] {
    try ask { shelf throws(CoreError) in
      shelf.refused.map(\.summary).filter { $0.resolvedAt == nil }.reversed()
    }
  }

  public func quarantinedItem(_ id: QuarantineId) throws -> QuarantineView {
    try ask { shelf throws(CoreError) in try shelf.quarantined(id) }
  }

  @discardableResult
  public func replay(_ id: QuarantineId) throws -> Version {
    try ask { shelf throws(CoreError) in
      let document = try shelf.replay(id)
      return try shelf.document(document).version
    }
  }

  public func dismiss(_ id: QuarantineId) throws {
    try ask { shelf throws(CoreError) in _ = try shelf.resolve(id) }
  }
}

// MARK: The programme

extension FakeLearningCore {
  public func programme() throws -> Programme? {
    try ask { shelf throws(CoreError) in shelf.programme }
  }

  public func modules() throws -> [ModuleSummary] {
    try ask { shelf throws(CoreError) in shelf.modules }
  }

  public func module(_ key: String) throws -> ModuleView {
    try ask { shelf throws(CoreError) in try shelf.module(key) }
  }

  public func page(_ key: String) throws -> PageView {
    try ask { shelf throws(CoreError) in try shelf.page(key) }
  }

  public func templates() throws -> [Template] {
    try ask { shelf throws(CoreError) in shelf.programme?.templates ?? [] }
  }

  public func packs() throws -> [PackState] {
    try ask { shelf throws(CoreError) in shelf.packs }
  }

  @discardableResult
  public func updatePack(
    _ key: String, onProgress: @escaping OnProgress
  ) async throws -> PackUpdate {
    try ask { shelf throws(CoreError) in
      if let failure = shelf.networkFailure { throw failure }
      return try shelf.updatePack(key)
    }
  }

  public func media(_ resource: String) throws -> MediaView {
    try ask { shelf throws(CoreError) in try shelf.media(resource) }
  }

  /// There are no files in memory: the answer is none for everything an activity uses.
  public func mediaBytes(_ resource: String) throws -> Data? {
    try ask { shelf throws(CoreError) in
      _ = try shelf.media(resource)
      return nil
    }
  }

  /// There are no files in memory: this is always answered with `CoreError.notFound`.
  public func fetchMedia(_ resource: String, onProgress: @escaping OnProgress) async throws -> URL {
    try ask { shelf throws(CoreError) in throw .notFound(.file, resource) }
  }
}
