/// Change projects: plans that several people write.
extension LearningCore {
  /// Begins a plan.
  ///
  /// - Parameters:
  ///   - topic: The key of its domain; may be empty.
  ///   - setting: Where it takes place; may be empty.
  public func createProject(
    title: String, topic: String = "", setting: String = ""
  ) throws -> DocumentId {
    try ask { try $0.createProject(title: title, topic: topic, setting: setting) }
  }

  /// The plans this person takes part in, changed last first.
  public func projects(offset: Int = 0, limit: Int = 50) throws -> [DocumentSummary] {
    try ask { try $0.projects(offset: offset, limit: limit) }
  }

  /// A plan, with what was typed here and is not settled.
  public func project(_ id: DocumentId) throws -> ProjectView {
    try ask { try $0.project(id: id) }
  }

  /// Edits a plan, and says on which version a screen goes on that keeps showing its text.
  ///
  /// - Parameter base: The version the screen showed; none means as it stands.
  @discardableResult
  public func editProject(
    _ id: DocumentId, base: Version?, edits: [ProjectEdit]
  ) throws -> Version {
    try ask { try $0.editProject(id: id, base: base, edits: edits) }
  }

  /// A fresh id, for an item that is about to be added to a plan.
  public func newItemId() throws -> ItemId {
    try ask { $0.newItemId() }
  }

  /// Says something about a plan.
  ///
  /// - Parameter anchor: A section's name or an item's id; empty for the whole plan.
  @discardableResult
  public func comment(
    _ project: DocumentId, body: String, anchor: String = ""
  ) throws -> ItemId {
    try ask { try $0.comment(project: project, body: body, anchor: anchor) }
  }

  /// Changes this person's own comments on a plan.
  public func editComments(_ project: DocumentId, edits: [CommentEdit]) throws {
    try ask { try $0.editComments(project: project, edits: edits) }
  }

  /// Lets somebody take part in a plan.
  public func addMember(_ project: DocumentId, person: PersonId, right: Right) throws {
    try ask { try $0.addMember(project: project, person: person, right: right) }
  }

  /// Ends somebody's part in a plan.
  public func removeMember(_ project: DocumentId, person: PersonId) throws {
    try ask { try $0.removeMember(project: project, person: person) }
  }

  /// Every change of a plan, oldest first.
  public func history(_ id: DocumentId) throws -> [HistoryView] {
    try ask { try $0.history(id: id) }
  }

  /// A plan as it was at an earlier version.
  public func projectAt(_ id: DocumentId, version: Version) throws -> ChangeProject {
    try ask { try $0.projectAt(id: id, version: version) }
  }

  /// Who wrote which part of a text. The parts together are the text.
  public func textAuthors(_ id: DocumentId, field: TextField) throws -> [TextPart] {
    try ask { try $0.textAuthors(id: id, field: field) }
  }

  /// Who wrote each field last, by its path such as `aim/direction`.
  public func fieldAuthors(_ id: DocumentId) throws -> [String: Person?] {
    try ask { try $0.fieldAuthors(id: id) }
  }
}
